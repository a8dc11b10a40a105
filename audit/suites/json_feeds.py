"""Holds JSON Feeds to their schema, and to what the newsroom has published; part of `feeds`."""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import httpx

from audit.outcomes import Finding
from audit.programs import ask_reader
from audit.suites.entries import MOST, has_note, has_text, told_of

VERSION = "https://jsonfeed.org/version/1.1"


def found(
    answers: Mapping[str, httpx.Response], rows: Mapping[str, Any], schemas: Path
) -> Iterator[Finding]:
    """Return what is wrong with the JSON Feeds at some addresses."""
    read: dict[str, Any] = {}
    for url, answer in answers.items():
        try:
            read[url] = answer.json()
        except ValueError as error:
            yield Finding(url, f"is not JSON: {error}")
    files = {name: json.loads((schemas / f"{name}.json").read_text("utf-8")) for name in _SCHEMAS}
    for url, errors in ask_reader("hold_to_schema.py", {"schemas": files, "values": read}).items():
        for each in errors:
            yield Finding(url, f"against the schema: {each}")
    for url, feed in read.items():
        yield from _of_feed(url, feed, rows)


_SCHEMAS = ("feed", "feed-1")  # the first is held to, and refers to the second


def _of_feed(url: str, feed: Any, rows: Mapping[str, Any]) -> Iterator[Finding]:
    if feed.get("version") != VERSION:
        yield Finding(url, f"says it is {feed.get('version')}")
    if feed.get("feed_url") != url:
        yield Finding(url, "does not name itself by feed_url")
    items = feed.get("items", [])
    if not 0 < len(items) <= MOST:
        yield Finding(url, f"has {len(items)} items")
    for item in items:
        address, is_note = told_of(item.get("url", ""))
        missing_of = _missing_of_note if is_note else _missing
        for missing in missing_of(item, rows.get(address)):
            yield Finding(url, missing)


def _missing(item: Mapping[str, Any], story: Mapping[str, Any] | None) -> Iterator[str]:
    if story is None:
        yield f"the item {item.get('url')!r} is no story of the newsroom's"
        return
    if story["state"] != "live":
        return  # its notice stands there
    if item.get("title") != story["headline"]:
        yield "an item has another headline"
    if [author.get("name") for author in item.get("authors", [])] != story["authors"]:
        yield "an item has not every author"
    if not has_text(str(item.get("content_html", "")), story):
        yield "an item has not the full text"
    if story["lead"] and not item.get("image"):
        yield "an item of a story with a lead picture has no image"
    for date in ("date_published", "date_modified"):
        if not item.get(date):
            yield f"an item has no {date}"


def _missing_of_note(item: Mapping[str, Any], story: Mapping[str, Any] | None) -> Iterator[str]:
    if story is None:
        yield f"the item {item.get('url')!r} is about no story of the newsroom's"
    elif not has_note(str(item.get("content_html", "")), story):
        yield "an item has not the text of the correction it is about"
