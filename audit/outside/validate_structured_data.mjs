// Holds items of JSON-LD to schema.org, and to what Google wants for rich results, with
// @adobe/structured-data-validator. The question and the answer are JSON.
//
// The validator wants schema.org's vocabulary as JSON-LD. It is read here out of the types of
// schema-dts, which are generated from it, so that nothing is fetched.
import { readFile } from "node:fs/promises";
import { text } from "node:stream/consumers";
import { pathToFileURL } from "node:url";

const npm = process.env.NODE_PATH;
const types = await readFile(`${npm}/schema-dts/dist/schema.d.ts`, "utf-8");
const vocabulary = { "@graph": [...classesAndProperties(types)] };
const entry = pathToFileURL(`${npm}/@adobe/structured-data-validator/src/index.js`);
const { default: Validator } = await import(entry);

const pages = JSON.parse(await text(process.stdin));
const said = {};
for (const [kind, items] of Object.entries(pages)) {
  const jsonld = {};
  for (const item of items) {
    const type = [item["@type"]].flat()[0];
    (jsonld[type] ??= []).push(item);
  }
  const issues = await new Validator(vocabulary).validate({ jsonld, microdata: {}, rdfa: {} });
  said[kind] = issues.map(({ issueMessage, severity, path, rootType }) => ({
    says: issueMessage,
    severity,
    path: [rootType, ...(path ?? []).map((part) => part.property).filter(Boolean)].join("."),
  }));
}
process.stdout.write(JSON.stringify(said));

// "interface XBase extends YBase, ZBase { "property"?: ..." and "interface XLeaf extends YBase".
function* classesAndProperties(types) {
  const parents = {};
  const domains = {};
  for (const [, name, ends, extended, body] of types.matchAll(
    /^(?:export )?interface (\w+?)(Base|Leaf)(?:<[^{]*?>)? extends ([^{]+)\{$(.*?)^\}$/gms,
  )) {
    const above = [...extended.matchAll(/(\w+)Base\b/g)].map((found) => found[1]);
    parents[name] = [...(parents[name] ?? []), ...above.filter((each) => each !== name)];
    if (ends === "Leaf") continue;
    for (const [, property] of body.matchAll(/^    "(\w+)"\?:/gm)) {
      (domains[property] ??= []).push(name);
    }
  }
  const named = (name) => ({ "@id": `schema:${name}` });
  for (const [name, above] of Object.entries(parents)) {
    yield { ...named(name), "@type": "rdfs:Class", "rdfs:subClassOf": above.map(named) };
  }
  for (const [property, classes] of Object.entries(domains)) {
    const domain = classes.map(named);
    yield { ...named(property), "@type": "rdf:Property", "schema:domainIncludes": domain };
  }
}
