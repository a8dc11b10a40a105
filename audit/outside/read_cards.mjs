// Reads what a link to a page would show elsewhere, with unfurl.js and open-graph-scraper, under
// the same names; the question and the answer are JSON.
import { createRequire } from "node:module";
import { text } from "node:stream/consumers";

const require = createRequire(`${process.env.NODE_PATH}/`);
const { unfurl } = require("unfurl.js");
const openGraph = require("open-graph-scraper");

const readers = {
  "unfurl.js": async (url) => {
    const read = await unfurl(url);
    const card = read.open_graph ?? {};
    const [article = {}] = card.articles ?? [];
    const [image = {}] = card.images ?? [];
    return {
      title: card.title,
      description: card.description,
      url: card.url,
      site_name: card.site_name,
      type: card.type,
      published: article.published_time,
      author: article.author ?? read.author,
      image: image.url,
      image_alt: image.alt,
      image_width: image.width,
      image_height: image.height,
    };
  },
  "open-graph-scraper": async (url) => {
    const { result } = await openGraph({ url });
    const [image = {}] = result.ogImage ?? [];
    return {
      title: result.ogTitle,
      description: result.ogDescription,
      url: result.ogUrl,
      site_name: result.ogSiteName,
      type: result.ogType,
      published: result.articlePublishedTime,
      author: result.articleAuthor ?? result.author,
      image: image.url,
      image_alt: image.alt,
      image_width: image.width,
      image_height: image.height,
    };
  },
};

const urls = JSON.parse(await text(process.stdin));
const all = {};
for (const [name, reader] of Object.entries(readers)) {
  all[name] = {};
  for (const url of urls) {
    all[name][url] = await reader(url);
  }
}
process.stdout.write(JSON.stringify(all));
