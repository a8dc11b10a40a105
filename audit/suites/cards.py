"""
What a link to a page shows elsewhere: unfurl.js and open-graph-scraper read it.

A story's card has everything, and says what the newsroom wrote; of other pages a title, their
address, the paper's name and a type are wanted, but nothing of those that no one shares: what a
reader searched for. Source: https://ogp.me, read 2026-11-28.
"""

from collections.abc import Iterator, Mapping
from typing import Any
from zoneinfo import ZoneInfo

import httpx

from audit.outcomes import Figure, Finding, Outcome
from audit.page_kinds import UNINDEXED
from audit.programs import ask_node
from audit.site import Shown, Site
from audit.suites.readers import is_date

_LEAST_WIDTH_PX = 1200  # the widest that networks show

Card = Mapping[str, Any]


def run(site: Site) -> Outcome:
    """Return the fields that are missing or wrong."""
    pages = {
        page.url: page
        for page in site.pages
        if page.status == httpx.codes.OK and page.kind not in UNINDEXED
    }
    stories = {page.url: story for page, story in site.stories()}
    zone = ZoneInfo(site.rows.get("zone", "UTC"))
    read: Mapping[str, Mapping[str, Card]] = ask_node("read_cards.mjs", list(pages))
    found = tuple(
        finding
        for reader, cards in read.items()
        for url, card in cards.items()
        for finding in _found(reader, pages[url], card, stories.get(url), zone)
    )
    return Outcome(
        figures=(
            Figure("fields missing or wrong", len(found)),
            Figure("cards read", sum(map(len, read.values())), None),
        ),
        findings=found,
    )


def _found(
    reader: str, page: Shown, card: Card, story: Mapping[str, Any] | None, zone: ZoneInfo
) -> Iterator[Finding]:
    wanted = {**_of_any(page, card), **(_of_story(card, story, zone) if story else {})}
    for field, is_right in wanted.items():
        if not is_right:
            detail = f"but {str(card.get(field))!r}"
            yield Finding(page.kind, f"{reader} finds no right {field},", detail=detail)


def _of_any(page: Shown, card: Card) -> Mapping[str, object]:
    return {
        "title": card.get("title"),
        "url": card.get("url") == page.url,
        "site_name": card.get("site_name"),
        "type": card.get("type"),
    }


def _of_story(card: Card, story: Mapping[str, Any], zone: ZoneInfo) -> dict[str, object]:
    """Return, by its name, whether each field of a story's card is there and right."""
    fields: dict[str, object] = {
        "title": card.get("title") == story["headline"],
        "description": card.get("description") and (card["description"] == story["standfirst"]),
        "type": card.get("type") == "article",
        "published": is_date(str(card.get("published")), story["published_at"], zone=zone),
        "author": card.get("author"),
    }
    if not story["standfirst"]:
        fields["description"] = card.get("description")
    if story["lead"]:
        width = str(card.get("image_width") or "")
        fields |= {
            "image": f"/media/{story['lead']}/" in str(card.get("image")),
            "image_alt": card.get("image_alt"),
            "image_width": width.isdigit() and int(width) >= _LEAST_WIDTH_PX,
            "image_height": str(card.get("image_height") or "").isdigit(),
        }
    return fields
