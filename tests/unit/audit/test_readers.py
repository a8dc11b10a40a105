"""What readers took out of a page is compared with what the newsroom published."""

from zoneinfo import ZoneInfo

import pytest

from audit.suites.readers import is_date, judged, scored, text_f1, words

LAGOS = ZoneInfo("Africa/Lagos")
A_STORY = {
    "address": "/ferry/",
    "language": "en",
    "headline": "Ferry returns",
    "authors": ["Amara Okoye", "Tobi Lawal"],
    "published_at": "2026-11-28T23:30:15+00:00",
    "changed_at": "2026-11-29T08:00:00+00:00",
    "lead": "a-picture",
    "body": ["The first boat left on time."],
    "beside": ["Goats, too."],
}


@pytest.mark.parametrize(
    ("found", "f1"),
    [
        ("The first boat left on time.", 1.0),
        ("THE FIRST BOAT left on time", 1.0),
        ("The first boat left on time. Goats, too.", 1.0),
        ("The first boat", 2 / 3),
        ("The first boat left on time. Read our six best", 3 / 4),
        ("", 0.0),
    ],
)
def test_a_text_is_compared_by_its_words(found, f1):
    """Missed words and surplus ones cost alike; a caption costs nothing."""
    assert f1 == pytest.approx(text_f1(found, A_STORY["body"][0], beside=A_STORY["beside"][0]))


def test_words_are_words_in_any_script():
    """Tamil keeps its vowel signs, and Chinese is compared sign by sign."""
    assert ["படம்", "2026", "渔", "港"] == words("படம், 2026: 渔港")


@pytest.mark.parametrize(
    ("found", "is_right"),
    [
        ("2026-11-29", True),
        ("2026-11-28", False),
        ("2026-11-29T00:30:15+01:00", True),
        ("2026-11-28T23:30:00Z", True),
        ("2026-11-29T00:30:00+00:00", False),
        ("last Sunday", False),
        ("", False),
    ],
)
def test_a_date_is_right_to_the_minute_or_the_day(found, is_right):
    """A day is the paper's own day: half past midnight in Lagos is tomorrow in London."""
    assert is_right == is_date(found, A_STORY["published_at"], zone=LAGOS)


@pytest.mark.parametrize(
    ("field", "read", "score"),
    [
        ("authors", {"authors": ["Tobi Lawal", "Amara Okoye"]}, 1.0),
        ("authors", {"authors": "By Amara Okoye, Tobi Lawal"}, 8 / 9),
        ("authors", {"authors": None}, 0.0),
        ("picture", {"picture": "http://a/media/a-picture/12-800.jpg"}, 1.0),
        ("picture", {"picture": "http://a/media/another/12-800.jpg"}, 0.0),
        ("updated", {"headline": "Ferry returns"}, None),
        ("body", {"body_html": "<p>The first boat<p>left on time."}, 1.0),
        ("body", {}, None),
    ],
)
def test_a_field_counts_for_readers_that_offer_it(field, read, score):
    """One that is offered and was not found is wrong; one that is not offered is nothing."""
    assert score == pytest.approx(scored(field, read, A_STORY, zone=LAGOS))


def test_the_mean_is_over_readers_and_fields():
    """One wrong byline among four right fields misses the bar, and is named."""
    right = {"headline": "Ferry returns", "authors": A_STORY["authors"]}
    wrong = right | {"authors": ["Kavitha Selvan"]}

    outcome = judged({"a": [right], "b": [wrong]}, [A_STORY], zone=LAGOS)

    assert 0.75 == outcome.figures[0].value
    assert not outcome.has_passed
    assert ["b: authors is below the bar:"] == [each.says for each in outcome.findings]
