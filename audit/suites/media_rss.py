"""
Looks for the lead pictures in RSS and Atom feeds, with their words; part of `feeds`.

feedparser takes a picture's description for its entry's, so the elements are read as they
stand. Source: https://www.rssboard.org/media-rss, read 2026-11-28.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from lxml import etree

_ATOM = "{http://www.w3.org/2005/Atom}"
_MEDIA = "{http://search.yahoo.com/mrss/}"
_SAID = ("url", "type", "width", "height")  # attributes of a picture


def missing(content: bytes, rows: Mapping[str, Mapping[str, Any]]) -> Iterator[str]:
    """Return what entries lack of their stories' lead pictures; rows by their addresses."""
    try:
        feed = etree.fromstring(content)
    except etree.XMLSyntaxError:
        return  # which is told already
    for entry in (*feed.iter("item"), *feed.iter(f"{_ATOM}entry")):
        story = rows.get(_link_of(entry))
        if story and story["state"] == "live" and story["lead"]:
            yield from _of_picture(entry, story)


def _of_picture(entry: etree._Element, story: Mapping[str, Any]) -> Iterator[str]:
    pictures = list(entry.iter(f"{_MEDIA}content"))
    leads = [each for each in pictures if f"/media/{story['lead']}/" in each.get("url", "")]
    if not leads:
        yield "an entry has no media:content for its lead picture"
        return
    for name in _SAID:
        if not leads[0].get(name):
            yield f"a media:content has no {name}"
    for name in ("credit", "description"):
        if not any(each.text for each in leads[0].iter(f"{_MEDIA}{name}")):
            yield f"a media:content has no media:{name}"
    if story["lead_text"] and story["lead_text"] not in " ".join(_texts(entry)):
        yield "an entry has not the alternative text of its lead picture"


def _texts(entry: etree._Element) -> Iterator[str]:
    """Return every text and attribute of an entry; a body of HTML is text here."""
    for each in entry.iter():
        yield each.text or ""
        yield from map(str, each.attrib.values())


def _link_of(entry: etree._Element) -> str:
    for each in entry.iter(f"{_ATOM}link"):
        if each.get("rel", "alternate") == "alternate":
            return str(each.get("href"))
    return str(entry.findtext("link") or "").strip()
