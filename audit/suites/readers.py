"""
Other people's readers take every live story out of its page; the newsroom's rows say how well.

A field counts for the readers that offer it: readability-lxml offers headline and text alone,
trafilatura alone both dates. Texts and names are compared word by word (Han and kana sign by
sign) with F1, dates and pictures are right or wrong. What belongs to a story and stands beside
its text (captions, notes, the standfirst) is neither wanted of a reader nor held against it.
"""

import statistics
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import httpx
import regex
from selectolax.lexbor import LexborHTMLParser

from audit.outcomes import Figure, Finding, Outcome
from audit.programs import ask_node, ask_reader
from audit.site import TIMEOUT_S, Site
from bench.measuring import Bar

MEAN = Bar(0.98, is_least=True)
FIELDS = ("headline", "authors", "published", "updated", "picture", "body")
_SHOWN = 240  # characters of what was read wrong
_DATE = len("2026-11-28")
_WORDS = regex.compile(r"[\p{Han}\p{Hiragana}\p{Katakana}]|[\p{L}\p{M}\p{N}]+")
_BLOCKS = "p, li, h1, h2, h3, h4, td, th, figcaption, blockquote, div, time, dt, dd, caption"

Row = Mapping[str, Any]
Read = Mapping[str, Any]


def run(site: Site) -> Outcome:
    """Return each reader's F1 for each field it offers, and the mean of all."""
    stories = [each for each in site.rows["stories"] if each["state"] == "live"]
    with httpx.Client(base_url=site.url, timeout=TIMEOUT_S) as client:
        pages = [
            {
                "url": f"{site.url}{each['address']}",
                "html": client.get(each["address"]).text,
                "language": each["language"],
            }
            for each in stories
        ]
    read = ask_reader("read_stories.py", pages) | ask_node("read_stories.mjs", pages)
    return judged(read, stories, zone=ZoneInfo(site.rows.get("zone", "UTC")))


def judged(
    read: Mapping[str, Sequence[Read]], stories: Sequence[Row], *, zone: ZoneInfo
) -> Outcome:
    """Return the figures of what readers read, and each field of a story that is below the bar."""
    means: list[Figure] = []
    findings: list[Finding] = []
    for reader, all_read in read.items():
        findings += _unread(reader, all_read, stories)
        for field in FIELDS:
            scores = []
            for each, story in zip(all_read, stories, strict=True):
                score = scored(field, each, story, zone=zone)
                if score is not None:
                    scores.append(score)
                    findings += _below(score, f"{reader}: {field}", each, story)
            if scores:
                means.append(Figure(f"{reader}: {field}", statistics.fmean(scores), None))
    of_all = statistics.fmean(each.value for each in means) if means else 0.0
    return Outcome(figures=(Figure("mean F1", of_all, MEAN), *means), findings=tuple(findings))


def _below(score: float, what: str, read: Read, story: Row) -> Iterator[Finding]:
    if score < MEAN.limit:
        field = what.rpartition(" ")[2]
        told = _difference(read, story) if field == "body" else f"read as {read[field]!r}"
        detail = f"{score:.2f}, {told[:_SHOWN]}"
        yield Finding(story["address"], f"{what} is below the bar:", detail=detail)


def _difference(read: Read, story: Row) -> str:
    """Return the words of a story's text that a reader missed, and those it took for text."""
    found, wanted = (Counter(words(each)) for each in (_body_of(read), "\n".join(story["body"])))
    beside = Counter(words("\n".join(story["beside"])))
    missed, surplus = (" ".join(each) for each in (wanted - found, found - wanted - beside))
    return f"surplus: {surplus[: _SHOWN // 2]!r}, missed: {missed!r}"


def _unread(reader: str, read: Sequence[Read], stories: Sequence[Row]) -> Iterator[Finding]:
    """Return the stories a reader has nothing to say of, since it does not know the language."""
    for each, story in zip(read, stories, strict=True):
        if not each:
            says = f"{reader} does not read {story['language']}, as it is installed"
            yield Finding(story["address"], says, is_fault=False)


def scored(field: str, read: Read, story: Row, *, zone: ZoneInfo) -> float | None:
    """Return how right a field is, from 0 to 1; None: not offered, or nothing to find."""
    if field == "body" and ("body" in read or "body_html" in read):
        truth, beside = ("\n".join(story[each]) for each in ("body", "beside"))
        return text_f1(_body_of(read), truth, beside=beside)
    if field not in read:
        return None
    found = read[field]
    match field:
        case "headline":
            return text_f1(found or "", story["headline"])
        case "authors":
            names = found if isinstance(found, list) else [found or ""]
            return text_f1(" ".join(names), " ".join(story["authors"]))
        case "published" | "updated":
            truth = story["published_at" if field == "published" else "changed_at"]
            return float(is_date(found or "", truth, zone=zone))
        case _:
            return float(f"/media/{story['lead']}/" in str(found)) if story["lead"] else None


def text_f1(found: str, truth: str, *, beside: str = "") -> float:
    """Return the F1 of a text's words; those of beside are neither missed nor held against it."""
    read, wanted = Counter(words(found)), Counter(words(truth))
    right = (read & wanted).total()
    surplus = (read - wanted - Counter(words(beside))).total()
    missed = (wanted - read).total()
    return 2 * right / (2 * right + surplus + missed) if right else 0.0


def words(text: str) -> list[str]:
    """Return the words of a text in any script."""
    return [each.casefold() for each in _WORDS.findall(text)]


def is_date(found: str, truth: str, *, zone: ZoneInfo) -> bool:
    """Return whether a date is right: to the minute if it has a time, or the day in the zone."""
    wanted = datetime.fromisoformat(truth).astimezone(zone)
    if len(found) == _DATE:
        return found == wanted.date().isoformat()
    try:
        read = datetime.fromisoformat(found)
    except ValueError:
        return False
    read = read if read.tzinfo else read.replace(tzinfo=zone)
    return abs((read - wanted).total_seconds()) < 60  # noqa: PLR2004  # a minute


def _body_of(read: Read) -> str:
    """Return a text as a reader read it, whether it answers with text or with HTML."""
    return str(read.get("body") or "") or _text_of(str(read.get("body_html") or ""))


def _text_of(html: str) -> str:
    """Return the text of some HTML, blocks apart from each other."""
    document = LexborHTMLParser(html)
    for block in document.css(_BLOCKS):
        block.insert_before("\n")
    return document.text() if html else ""
