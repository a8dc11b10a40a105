"""Reads feeds back by parsers that wrote none of them: feedparser, expat, and a browser's."""

import json
from collections.abc import Iterable, Mapping

import feedparser
from selectolax.lexbor import LexborHTMLParser

from broadsheet.projections.theme.loading import Theme
from broadsheet.story.records import Record
from tests.factories.site import bytes_at, xml_at

ATOM = "{http://www.w3.org/2005/Atom}"
CONTENT = "{http://purl.org/rss/1.0/modules/content/}"
DC = "{http://purl.org/dc/elements/1.1/}"
MEDIA = "{http://search.yahoo.com/mrss/}"
FORMATS = ("rss", "atom", "json")


def parsed(key: str, log: Iterable[Record]) -> feedparser.FeedParserDict:
    """Return a feed of RSS or Atom as feedparser reads it, which finds no fault with it."""
    feed = feedparser.parse(bytes_at(key, log))
    assert not feed.bozo, feed.get("bozo_exception")
    return feed


def json_at(key: str, log: Iterable[Record]) -> dict[str, object]:
    """Return a JSON feed."""
    return json.loads(bytes_at(key, log))


def contents_at(stem: str, log: Iterable[Record]) -> Mapping[str, str]:
    """Return the full text of the newest entry of a feed, as each of the formats has it."""
    log = tuple(log)
    return {
        "rss": xml_at(f"{stem}.rss", log).findtext(f"channel/item/{CONTENT}encoded"),
        "atom": xml_at(f"{stem}.atom", log).findtext(f"{ATOM}entry/{ATOM}content"),
        "json": json_at(f"{stem}.json", log)["items"][0]["content_html"],
    }


def text_of_newest(
    log: Iterable[Record], *, stem: str = "/feeds/site", theme: Theme | None = None
) -> LexborHTMLParser:
    """Return the full text of a feed's newest entry as a browser's parser reads it."""
    items = json.loads(bytes_at(f"{stem}.json", log, theme=theme))["items"]
    return LexborHTMLParser(items[0]["content_html"])
