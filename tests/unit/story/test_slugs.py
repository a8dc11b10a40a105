"""Address parts made from words."""

import unicodedata
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
import regex
from hypothesis import given, settings
from hypothesis import strategies as st

from broadsheet.story.slugs import (
    RESERVED_SEGMENTS,
    SLUG_LIMIT_BYTES,
    address_for,
    free_segment,
    is_reserved,
    slug_from,
)


@pytest.mark.parametrize(
    ("headline", "slug"),
    [
        ("Council approves the new tram line", "council-approves-the-new-tram-line"),
        ("Mayor’s plan: “No” — for now", "mayors-plan-no-for-now"),
        ("Straße gesperrt", "straße-gesperrt"),
        ("Cafe\u0301 reopens", "caf\u00e9-reopens"),
        ("مجلس المدينة يوافق على الخط", "مجلس-المدينة-يوافق-على-الخط"),
        ("நகர சபை ஒப்புதல்", "நகர-சபை-ஒப்புதல்"),
        ("शहर परिषद की मंज़ूरी", "शहर-परिषद-की-मंज़ूरी"),
        ("می‌خواهم بدانم", "میخواهم-بدانم"),
        ("市议会批准新线", "市议会批准新线"),
        ("2026: a year in 12 charts", "2026-a-year-in-12-charts"),
        ("🚋❤️🎉", "story"),
        ("", "story"),
    ],
)
def test_slug_keeps_letters_and_digits_of_every_script(headline: str, slug: str) -> None:
    """A slug is the headline's words in its own script, lower-case where there is case."""
    assert slug == slug_from(headline)


@settings(deadline=None)
@given(st.text())
def test_slug_is_a_stable_short_path_segment(headline: str) -> None:
    """Any headline gives a slug of 1 to 200 bytes, in NFC, whose own slug is itself."""
    slug = slug_from(headline)

    assert 1 <= len(slug.encode()) <= SLUG_LIMIT_BYTES
    assert slug == unicodedata.normalize("NFC", slug) == slug_from(slug)
    assert not regex.search(r"[\s/?#%.:\\]|^-|-$|--", slug)


def test_long_slug_is_cut_between_graphemes() -> None:
    """The cut keeps whole characters as readers see them, never a letter without its sign."""
    headline = "trams" + "கொ" * 100  # the letter of the 33rd would just fit, its sign would not

    slug = slug_from(headline)

    assert "trams" + "கொ" * 32 == slug


def test_clash_gets_the_next_number() -> None:
    """The second story of that name on that day is -2, the third -3."""
    taken: set[str] = set()
    for _ in range(3):
        address = address_for(
            "Strike", published_at=NIGHT, zone=BERLIN, is_taken=lambda given: given in taken
        )
        taken.add(address)

    expected = {"/2026/11/23/strike/", "/2026/11/23/strike-2/", "/2026/11/23/strike-3/"}
    assert expected == taken


NIGHT = datetime(2026, 11, 22, 23, 30, tzinfo=UTC)
BERLIN = ZoneInfo("Europe/Berlin")


def test_address_has_the_day_of_the_papers_zone() -> None:
    """A story of half past eleven in UTC is tomorrow's in Berlin and today's in New York."""
    addresses = [
        address_for("Strike", published_at=NIGHT, zone=ZoneInfo(zone), is_taken=lambda _: False)
        for zone in ("Europe/Berlin", "America/New_York")
    ]

    assert ["/2026/11/23/strike/", "/2026/11/22/strike/"] == addresses


def test_number_leaves_room_for_itself() -> None:
    """A slug at the limit is shortened, not lengthened, by its number."""
    taken = {"a" * 200}

    assert "a" * 198 + "-2" == free_segment("a" * 300, is_taken=taken.__contains__)


@pytest.mark.parametrize("segment", [*sorted(RESERVED_SEGMENTS), "_internal", "2026"])
def test_reserved_segments_are_never_given(segment: str) -> None:
    """A section may not take a path the site itself needs."""
    given_segment = free_segment(segment, is_taken=lambda _: False)

    assert is_reserved(segment)
    assert not is_reserved(given_segment)
