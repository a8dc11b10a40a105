// Follows the links of a site with linkinator; the question and the answer are JSON.
import { createRequire } from "node:module";
import { text } from "node:stream/consumers";
import { pathToFileURL } from "node:url";

const found = createRequire(`${process.env.NODE_PATH}/`).resolve("linkinator");
const { LinkChecker } = await import(pathToFileURL(found));
const { url, skip } = JSON.parse(await text(process.stdin));
const result = await new LinkChecker().check({
  path: url,
  recurse: true,
  concurrency: 8,
  timeout: 30000,
  linksToSkip: skip,
});
const said = result.links.map(({ url, status, state, parent }) => ({ url, status, state, parent }));
process.stdout.write(JSON.stringify(said));
