// Reads stories' pages with Mozilla's Readability, the reader view of Firefox; the question and
// the answer are JSON.
import { createRequire } from "node:module";
import { text } from "node:stream/consumers";

const require = createRequire(`${process.env.NODE_PATH}/`);
const { Readability } = require("@mozilla/readability");
const { parseHTML } = require("linkedom");

const pages = JSON.parse(await text(process.stdin));
const read = pages.map(({ html }) => {
  const { document } = parseHTML(html);
  const { title, byline, publishedTime, content } = new Readability(document).parse() ?? {};
  return {
    headline: title ?? null,
    authors: byline ?? null,
    published: publishedTime ?? null,
    body_html: content ?? null,
  };
});
process.stdout.write(JSON.stringify({ Readability: read }));
