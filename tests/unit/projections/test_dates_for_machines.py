"""Machines are told the dates that readers see."""

from datetime import timedelta

import pytest
from selectolax.lexbor import LexborHTMLParser

from tests.factories.site import a_paper, bytes_at, page_at
from tests.factories.story import (
    NOON,
    a_content,
    a_correction,
    a_story,
    paper_settings,
)
from tests.factories.structured import (
    STORY,
    an_update,
    node_in,
)

HOUR = timedelta(hours=1)


class DatesDisagree(AssertionError):
    """A page tells machines other dates than readers."""


def dates_agree(page: LexborHTMLParser) -> None:
    """Compare the dates in a story's data and tags with those of its visible elements."""
    told = node_in(page, *STORY)
    seen = {found: _iso(page, f"time.{found}") for found in ("published", "updated")}
    said = {
        "published": (told["datePublished"], _tag(page, "article:published_time")),
        "updated": (told["dateModified"], _tag(page, "article:modified_time")),
    }
    seen_notes = [each.attributes["datetime"] for each in page.css(".correction time")]
    said_notes = [each["datePublished"] for each in told.get("correction", ())]
    seen_updates = [each.attributes["datetime"] for each in page.css(".update time")]
    said_updates = [each["datePublished"] for each in told.get("liveBlogUpdate", ())]
    if (
        said["published"] != (seen["published"],) * 2
        or said["updated"] != (seen["updated"] or seen["published"], seen["updated"])
        or (seen_notes, seen_updates) != (said_notes, said_updates)
    ):
        raise DatesDisagree(said)


def _iso(page: LexborHTMLParser, selector: str) -> str | None:
    found = page.css_first(selector)
    return found.attributes["datetime"] if found else None


def _tag(page: LexborHTMLParser, name: str) -> str | None:
    found = page.css_first(f"meta[property='{name}']")
    return found.attributes["content"] if found else None


CORRECTED = a_story(
    content=a_content(
        body=(an_update(1), an_update(2)),
        corrections=(a_correction(1, at=NOON + HOUR), a_correction(2, at=NOON + 2 * HOUR)),
    ),
    updated_at=NOON + 2 * HOUR + timedelta(microseconds=999_999),
)


@pytest.mark.parametrize("story", [a_story(), CORRECTED], ids=["fresh", "corrected and live"])
@pytest.mark.parametrize("zone", ["Europe/Berlin", "Asia/Colombo", "UTC"])
def test_machines_are_told_the_dates_that_readers_see(story, zone):
    """Publication, update, notes and live updates have one time each, in the paper's zone."""
    dates_agree(page_at(story.address, a_paper(paper_settings(time_zone=zone), story)))


@pytest.mark.parametrize("name", ["datePublished", "dateModified"])
def test_another_date_for_machines_is_caught(name):
    """A page whose data names another instant, or the same in another zone, disagrees."""
    data = bytes_at(CORRECTED.address, a_paper(CORRECTED))
    told = node_in(LexborHTMLParser(data), *STORY)[name]
    planted = data.replace(
        f'"{name}":"{told}"'.encode(), f'"{name}":"2026-11-22T12:00:00Z"'.encode(), 1
    )

    with pytest.raises(DatesDisagree):
        dates_agree(LexborHTMLParser(planted))
