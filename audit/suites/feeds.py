"""
Feeds and sitemaps: found as a reader finds them, read by feedparser, held to schemas.

The JSON Feed's schema and the sitemaps' XSDs are other people's files, in BROADSHEET_INPUTS;
where they are missing, the suite says that it could not run.
"""

import calendar
import os
from collections.abc import Collection, Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import feedparser
import httpx
from selectolax.lexbor import LexborHTMLParser

from audit.outcomes import Figure, Finding, Outcome
from audit.site import REPOSITORY, TIMEOUT_S, Shown, Site
from audit.suites import json_feeds, media_rss, sitemaps
from audit.suites.entries import MOST, has_note, has_text, told_of

TYPES = {
    "RSS": "application/rss+xml",
    "Atom": "application/atom+xml",
    "JSON Feed": "application/feed+json",
}
HOME = "home"
KINDS = (HOME, "section", "author", "topic", "corrections")  # of page, that have feeds

Row = Mapping[str, Any]


def run(site: Site) -> Outcome:
    """Return what is wrong with feeds and sitemaps."""
    schemas = REPOSITORY / os.environ.get("BROADSHEET_INPUTS", "../shared/inputs") / "conformance"
    if not (schemas / "feeds").is_dir() or not (schemas / "sitemaps").is_dir():
        return Outcome(not_run=f"there are no schemas in {schemas}; set BROADSHEET_INPUTS")
    with httpx.Client(timeout=TIMEOUT_S) as reader:
        announced = [(page, announced_by(page)) for page in site.of_kind(*KINDS)]
        papers = {url for page, feeds in announced if page.kind == HOME for url in feeds.values()}
        undiscovered = [
            each for page, feeds in announced for each in _undiscovered(page, feeds, papers)
        ]
        urls = {url: name for _, feeds in announced for name, url in feeds.items()}
        answers = {url: reader.get(url) for url in urls}
        found = list(_found(site, urls, answers, schemas / "feeds"))
        of_sitemaps = list(sitemaps.found(site.url, reader, schemas / "sitemaps"))
    return Outcome(
        figures=(
            Figure("feeds not announced", len(undiscovered)),
            Figure("faults in feeds", len(found)),
            Figure("faults in sitemaps", len(of_sitemaps)),
            Figure("feeds read", len(urls), None),
        ),
        findings=(*undiscovered, *found, *of_sitemaps),
    )


def announced_by(page: Shown) -> Mapping[str, str]:
    """Return the feeds a page announces, by format; the first of each is the page's own."""
    names = {media_type: name for name, media_type in TYPES.items()}
    links = LexborHTMLParser(page.html).css("link[rel~=alternate][type][href]")
    feeds: dict[str, str] = {}
    for link in reversed(links):
        name = names.get(str(link.attributes["type"]))
        if name:
            feeds[name] = str(httpx.URL(page.url).join(str(link.attributes["href"])))
    return feeds


def _undiscovered(
    page: Shown, feeds: Mapping[str, str], papers: Collection[str]
) -> Iterator[Finding]:
    """Return the formats in which a page announces no feed of its own."""
    for name in TYPES:
        if name not in feeds or (page.kind != HOME and feeds[name] in papers):
            yield Finding(page.kind, f"announces no {name} of its own")


def _found(
    site: Site,
    urls: Mapping[str, str],
    answers: Mapping[str, httpx.Response],
    schemas: Path,
) -> Iterator[Finding]:
    rows = {f"{site.url}{each['address']}": each for each in site.rows["stories"]}
    for url, answer in answers.items():
        served_as = answer.headers.get("content-type", "").partition(";")[0]
        if answer.status_code != httpx.codes.OK or served_as != TYPES[urls[url]]:
            yield Finding(url, f"answers {answer.status_code} with {served_as}")
        elif urls[url] != "JSON Feed":
            yield from _of_feed(url, answer, rows, hub=site.rows.get("hub", ""))
    json_answers = {url: answers[url] for url, name in urls.items() if name == "JSON Feed"}
    yield from json_feeds.found(json_answers, rows, schemas)


def _of_feed(
    url: str, answer: httpx.Response, rows: Mapping[str, Row], *, hub: str
) -> Iterator[Finding]:
    feed = feedparser.parse(
        answer.content, response_headers={**answer.headers, "content-location": url}
    )
    if feed.bozo:
        yield Finding(url, f"is not well formed: {feed.get('bozo_exception')}")
    rels = {link["rel"]: link["href"] for link in feed.feed.get("links", [])}
    if rels.get("self") != url:
        yield Finding(url, "does not name itself by rel=self")
    if rels.get("hub", "") != hub:
        yield Finding(url, "does not name the paper's WebSub hub (rel=hub)")
    if not 0 < len(feed.entries) <= MOST:
        yield Finding(url, f"has {len(feed.entries)} entries")
    for entry in feed.entries:
        address, is_note = told_of(entry.get("link", ""))
        missing_of = _missing_of_note if is_note else _missing
        for missing in missing_of(entry, rows.get(address)):
            yield Finding(url, missing)
    for missing in media_rss.missing(answer.content, rows):
        yield Finding(url, missing)


def _missing(entry: Any, story: Row | None) -> Iterator[str]:
    """Return what an entry lacks of what its story has."""
    if story is None:
        yield f"the entry {entry.get('link')!r} is no story of the newsroom's"
        return
    for field in ("id", "title", "published_parsed"):
        if not entry.get(field):
            yield f"an entry has no {field}"
    if story["state"] != "live":
        return  # its notice stands there
    if entry.get("title") != story["headline"]:
        yield "an entry has another headline"
    if [author.get("name") for author in entry.get("authors", [])] != story["authors"]:
        yield "an entry has not every author"
    if not has_text(_content_of(entry), story):
        yield "an entry has not the full text"
    dates = {_second(story[each]) for each in ("published_at", "updated_at")}
    told = [entry[each] for each in ("published_parsed", "updated_parsed") if each in entry]
    if not {_at(each) for each in told if each} <= dates:
        yield "an entry has another date than its story"


def _missing_of_note(entry: Any, story: Row | None) -> Iterator[str]:
    """Return what an entry lacks that tells of a correction."""
    if story is None:
        yield f"the entry {entry.get('link')!r} is about no story of the newsroom's"
        return
    for field in ("id", "title", "published_parsed"):
        if not entry.get(field):
            yield f"an entry has no {field}"
    if not has_note(_content_of(entry), story):
        yield "an entry has not the text of the correction it is about"


def _content_of(entry: Any) -> str:
    return " ".join(each["value"] for each in entry.get("content", []))


def _at(read: Any) -> datetime:
    return datetime.fromtimestamp(calendar.timegm(read), UTC)


def _second(moment: str) -> datetime:
    """Return a time without its part of a second, which RSS cannot say."""
    return datetime.fromisoformat(moment).replace(microsecond=0)
