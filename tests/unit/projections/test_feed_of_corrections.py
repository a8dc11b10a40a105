"""The feed of corrections has an entry for each note, and for each retraction."""

from datetime import timedelta

import pytest

from broadsheet.story.records import Retraction, StoryState
from tests.factories.feeds import json_at, parsed, text_of_newest
from tests.factories.site import a_paper, hrefs_at
from tests.factories.story import NOON, a_content, a_correction, a_story, an_id

BOTH = pytest.mark.parametrize("suffix", ["rss", "atom"])
PAGE = "https://paper.example/2026/11/22/story-100/"
DAY = timedelta(days=1)


def noted(number, *days, **changes):
    """Return a story with a note for each of some days after it was published."""
    notes = tuple(a_correction(number + day, at=NOON + day * DAY) for day in days)
    return a_story(number, content=a_content(corrections=notes), **changes)


@BOTH
def test_note_has_an_entry_that_leads_to_it(suffix):
    """An entry says what kind of note it is, of which story, and leads to the note itself."""
    feed = parsed(f"/feeds/corrections.{suffix}", a_paper(noted(100, 1)))

    entry = feed.entries[0]
    assert f"{PAGE}#note-note-101" == entry.link
    assert f"Correction: {a_content().headline}" == entry.title
    assert "It was 101." == entry.summary
    assert (NOON + DAY).timetuple()[:6] == entry.published_parsed[:6]
    assert ("The Daily Test: Corrections", "https://paper.example/corrections/") == (
        feed.feed.title,
        feed.feed.link,
    )


def test_text_of_a_note_leads_to_its_story():
    """The full text is the note, and a link to the story, to the place of the note."""
    text = text_of_newest(a_paper(noted(100, 1)), stem="/feeds/corrections")

    assert ["It was 101.", a_content().headline] == [p.text() for p in text.css("p")][1:]
    assert [f"{PAGE}#note-note-101"] == hrefs_at(text)


@BOTH
def test_notes_stand_in_their_own_order(suffix):
    """Notes of several stories are in the order of their own times, newest first."""
    log = a_paper(noted(100, 1, 5), noted(200, 3))

    entries = parsed(f"/feeds/corrections.{suffix}", log).entries

    assert ["It was 105.", "It was 203.", "It was 101."] == [entry.summary for entry in entries]


def test_each_note_has_an_id_for_ever():
    """Notes have ids of their own, which a later change of story and note does not touch."""
    both = (a_correction(1), a_correction(2))
    reworded = (a_correction(1, text="It was one."), a_correction(2))

    before, after = (
        [
            item["id"]
            for item in json_at(
                "/feeds/corrections.json",
                a_paper(a_story(content=a_content(corrections=notes))),
            )["items"]
        ]
        for notes in (both, reworded)
    )

    assert before == after
    assert 2 == len({*before, f"urn:uuid:{an_id(100)}"} - {f"urn:uuid:{an_id(100)}"})


@BOTH
def test_retraction_is_an_entry(suffix):
    """A retracted story has one entry, its retraction, by its own time and with its reason."""
    retraction = Retraction(reason="It was not so.", at=NOON + 2 * DAY)
    log = a_paper(noted(100, 1, state=StoryState.RETRACTED, retraction=retraction))

    entries = parsed(f"/feeds/corrections.{suffix}", log).entries

    assert [("Retracted: " + a_content().headline, "It was not so.", PAGE)] == [
        (entry.title, entry.summary, entry.link) for entry in entries
    ]


@pytest.mark.parametrize("notes_each", [1, 3])
def test_feed_shows_the_newest_twenty(notes_each):
    """Twenty notes stand in the feed, however many came out together."""
    times = [NOON + n * DAY for n in range(25) for _ in range(notes_each)]
    notes = tuple(a_correction(n, at=at) for n, at in enumerate(times))
    log = a_paper(a_story(content=a_content(corrections=notes)))

    assert 20 == len(json_at("/feeds/corrections.json", log)["items"])


@BOTH
def test_paper_that_never_erred_has_an_empty_feed(suffix):
    """The feed is there before the first correction."""
    assert [] == parsed(f"/feeds/corrections.{suffix}", a_paper(a_story())).entries


def test_story_taken_down_takes_its_notes_along():
    """What no reader can see stands in no feed."""
    log = a_paper(noted(100, 1), noted(100, 1, state=StoryState.UNPUBLISHED))

    assert [] == json_at("/feeds/corrections.json", log)["items"]
