"""The corrections pages list every note on a live story, and every retraction, newest first."""

from datetime import timedelta

from broadsheet.projections.objects import Absent
from broadsheet.story.records import PolicyPurpose, Retraction, StoryState
from tests.factories.site import a_paper, answer, hrefs_at, page_at, texts_at
from tests.factories.story import NOON, a_content, a_correction, a_policy, a_story

DAY = timedelta(days=1)


def noted(number, *days, **changes):
    """Return a story with a note for each of some days after it was published."""
    notes = tuple(a_correction(number + day, at=NOON + day * DAY) for day in days)
    return a_story(number, content=a_content(corrections=notes), **changes)


def test_notes_of_all_stories_stand_in_their_order():
    """Notes of several stories are listed by their own times, newest first."""
    log = a_paper(noted(100, 1, 5), noted(200, 3))

    page = page_at("/corrections/", log)

    assert ["It was 105.", "It was 203.", "It was 101."] == texts_at(page, ".note-text")
    assert "/2026/11/22/story-100/#note-note-105" in hrefs_at(page, "article a")


def test_notes_of_one_minute_stand_together():
    """Two notes that came out with one act are both listed, once."""
    both = (a_correction(1), a_correction(2))

    page = page_at("/corrections/", a_paper(a_story(content=a_content(corrections=both))))

    assert ["It was 1.", "It was 2."] == texts_at(page, ".note-text")


def test_a_retraction_takes_the_place_of_the_notes():
    """A retracted story is listed with its reason, by the time it was withdrawn."""
    retraction = Retraction(reason="It was not so.", at=NOON + 2 * DAY)
    log = a_paper(noted(100, 1, state=StoryState.RETRACTED, retraction=retraction), noted(200, 1))

    page = page_at("/corrections/", log)

    assert ["It was not so.", "It was 201."] == texts_at(page, ".note-text")


def test_a_story_taken_down_takes_its_notes_along():
    """What no reader can see is not listed, nor is its month."""
    log = a_paper(noted(100, 1), noted(100, 1, state=StoryState.UNPUBLISHED))

    assert [] == texts_at(page_at("/corrections/", log), ".note-text")
    assert Absent() == answer("/corrections/2026/11/", log)


def test_months_hold_their_own():
    """Each month's page has the notes of that month, whenever the story was published."""
    log = a_paper(noted(100, 1, 20))

    page = page_at("/corrections/2026/12/", log)

    assert ["It was 120."] == texts_at(page, ".note-text")
    assert "/corrections/2026/11/" in hrefs_at(page)


def test_an_empty_list_says_so():
    """A paper without corrections has the page, and says what it is for."""
    assert [] != texts_at(page_at("/corrections/", a_paper()), ".empty")


def test_a_policy_is_a_page_that_every_page_names():
    """A policy with a text has its page, and each page of the paper leads there."""
    log = a_paper(a_story(), a_policy())

    assert ["How we correct ourselves"] == texts_at(page_at("/about/corrections/", log), "h1")
    assert "/about/corrections/" in hrefs_at(page_at(a_story().address, log), "footer a")
    assert "/about/corrections/" in hrefs_at(page_at("/corrections/", log), "main a")


def test_a_policy_without_text_is_nowhere():
    """A policy whose text was taken away has no page, and nothing leads to it."""
    log = a_paper(a_policy(PolicyPurpose.ETHICS), a_policy(PolicyPurpose.ETHICS, body=()))

    assert Absent() == answer("/about/ethics/", log)
    assert "/about/ethics/" not in hrefs_at(page_at("/", log))
