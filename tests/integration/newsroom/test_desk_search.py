"""The desk finds what was written a moment ago, and no longer what was erased."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.rich_text import RichText
from wagtail.test.utils.form_data import rich_text, streamfield

from broadsheet.newsroom import acts, wordings
from broadsheet.newsroom.adapter import WagtailNewsroom
from broadsheet.newsroom.models import Chore, Picture, Story, Wording
from tests.factories import rows

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]


def let_the_press_idle() -> None:
    """Do what the press does when all is quiet, until there is nothing to do."""
    newsroom = WagtailNewsroom()
    while newsroom.do_chores(is_stopping=lambda: False):
        pass


def found(desk: Client, query: str, *, at: str = "/desk/stories/results/") -> str:
    """Return the list the desk answers a search with."""
    return desk.get(at, {"q": query}).content.decode()


@pytest.fixture
def draft(desk: Client, form: Any) -> Story:
    """Return a story as it was first saved, and saved again at the desk a moment ago."""
    story = rows.a_draft(title="Ferry timetable")
    changes = {
        "title": "Tram to the Hafencity, at last",
        "standfirst": "Crème brûlée for the first passengers",
        "body": streamfield([("text", rich_text("<p>The <b>switch</b>board hums.</p>"))]),
    }
    desk.post(reverse("wagtailadmin_pages:edit", args=[story.pk]), form(story, **changes))
    return story


@pytest.mark.parametrize(
    "query", ["tram", "TRAM", "hafen city tram", "brûlée", "BRULEE", "switchboard", "«last,»"]
)
def test_a_draft_saved_a_moment_ago_is_found(desk: Client, draft: Story, query: str):
    """Words of headline, standfirst and body find it, in any case, with accents or without."""
    let_the_press_idle()

    answer = found(desk, query)

    assert f"/desk/pages/{draft.pk}/edit/" in answer


def test_every_word_asked_for_must_be_there(desk: Client, draft: Story):
    """A word that is in no part of the story excludes it."""
    let_the_press_idle()

    assert f"/desk/pages/{draft.pk}/edit/" not in found(desk, "tram zeppelin")


@pytest.mark.parametrize(
    ("title", "query"),
    [
        ("المجلس يوافق على خط الترام", "الترام"),
        ("புதிய டிராம் பாதைக்கு ஒப்புதல்", "டிராம்"),
        ("市议会批准新电车线路", "电车"),
    ],
)
def test_words_of_any_script_are_found(desk: Client, title: str, query: str):
    """Arabic, Tamil and Chinese stories are found by their words."""
    story = rows.a_draft(title="A", body=[("text", RichText(f"<p>{title}</p>"))])
    let_the_press_idle()

    assert f"/desk/pages/{story.pk}/edit/" in found(desk, query)


def test_a_story_is_found_by_its_author(desk: Client):
    """A name of the byline finds it, the new one as soon as the author is renamed."""
    author = rows.an_author_row("Rosa Quill")
    story = rows.with_byline(rows.a_draft(), author)
    story.save_revision()
    let_the_press_idle()
    before = found(desk, "quill tram")
    author.name = "Rosa Inkwell"
    author.save()

    after = found(desk, "inkwell tram")

    edit = f"/desk/pages/{story.pk}/edit/"
    assert (True, True) == (edit in before, edit in after)


def test_a_live_story_is_found_by_its_words_and_by_those_of_its_draft(desk: Client, form: Any):
    """What readers have and what was saved since both find it."""
    story = rows.a_live_story(title="Harbor ferry")
    edit = reverse("wagtailadmin_pages:edit", args=[story.pk])
    desk.post(edit, form(story, title="Night bus"))
    let_the_press_idle()

    assert [True, True] == [edit in found(desk, query) for query in ("harbor", "night")]


def test_newest_change_stands_first(desk: Client):
    """Of several stories with the word the one changed last is listed first."""
    older, newer = rows.a_draft(title="Tram one"), rows.a_draft(title="Tram two")
    older.save_revision()
    let_the_press_idle()

    answer = found(desk, "tram")

    older_at, newer_at = (answer.index(f"/pages/{story.pk}/edit/") for story in (older, newer))
    assert older_at < newer_at


@pytest.mark.parametrize(
    "at",
    ["/desk/pages/search/", "/desk/choose-page/search/", "/desk/stories/"],
)
def test_all_searches_of_pages_find_it(desk: Client, draft: Story, at: str):
    """The desk's own search, the chooser of pages and the list of stories find a draft."""
    let_the_press_idle()

    assert "Hafencity" in found(desk, "hafencity", at=at)
    del draft


@pytest.mark.parametrize(
    "at", ["/desk/snippets/newsroom/author/", "/desk/snippets/choose/newsroom/author/results/"]
)
def test_authors_are_found(desk: Client, at: str):
    """The list and the chooser of authors search by name, and list nobody else."""
    rows.an_author_row("Émile Quill")
    rows.an_author_row("Ada Reporter")

    answer = found(desk, "émile", at=at)

    assert (True, False) == ("Émile Quill" in answer, "Ada Reporter" in answer)


@pytest.mark.parametrize("at", ["/desk/images/", "/desk/images/chooser/results/"])
def test_pictures_are_found(desk: Client, at: str):
    """The list and the chooser of pictures search by the desk's name and by the texts."""
    Picture.waiting_for_file("Depot", caption="A tram in the rain").save()
    Picture.waiting_for_file("Harbor").save()

    answer = found(desk, "TRAM", at=at)

    assert (True, False) == ("Depot" in answer, "Harbor" in answer)


def test_what_was_there_before_is_found(desk: Client):
    """Stories that no chore tells of are read a few at a time, each once."""
    stories = [rows.a_draft(title=f"Tram {number}") for number in range(wordings.AT_ONCE + 2)]
    Chore.objects.all().delete()
    newsroom = WagtailNewsroom()

    read = newsroom.do_chores(is_stopping=lambda: False)
    let_the_press_idle()

    assert wordings.AT_ONCE == read
    answer = found(desk, "tram")
    assert all(f"/desk/pages/{story.pk}/edit/" in answer for story in stories)
    assert 0 == WagtailNewsroom().do_chores(is_stopping=lambda: False)


def test_a_lost_chore_is_made_up_for(desk: Client):
    """A draft whose chore was lost is found after the next sweep."""
    newsroom = WagtailNewsroom()
    story = rows.a_draft()
    let_the_press_idle()
    while newsroom.do_chores(is_stopping=lambda: False):
        pass
    story.title = "Zeppelin over the harbor"
    story.save_revision()
    Chore.objects.all().delete()

    list(newsroom.edges(limit=1))
    while newsroom.do_chores(is_stopping=lambda: False):
        pass

    assert f"/desk/pages/{story.pk}/edit/" in found(desk, "zeppelin")


def test_an_erased_story_is_not_found_by_its_words(desk: Client):
    """From the act on nothing of its words finds it, nor once the press has been idle."""
    story = rows.a_live_story(title="A secret kept")
    let_the_press_idle()
    edit = f"/desk/pages/{story.pk}/edit/"
    before = edit in found(desk, "secret")

    acts.erase(story, reason="By order of the court.")

    at_once = edit in found(desk, "secret")
    let_the_press_idle()
    later = edit in found(desk, "secret")
    assert (True, False, False) == (before, at_once, later)
    assert edit in found(desk, "(erased)")


def test_the_act_itself_reads_no_words(desk: Client, form: Any):
    """Publishing leaves it to the press to read what can be searched."""
    story = rows.a_draft()
    data = form(story) | {"action-publish": "1"}

    desk.post(reverse("wagtailadmin_pages:edit", args=[story.pk]), data)

    assert 0 == Wording.objects.filter(page_id=story.pk).count()


def test_a_scheduled_story_is_found_at_the_desk_only(desk: Client):
    """Who is not signed in finds nothing: the search leads to the sign-in."""
    rows.a_draft(title="Embargoed tram", embargo_until=datetime.now(UTC) + timedelta(days=1))
    let_the_press_idle()

    stranger = Client().get("/desk/stories/results/", {"q": "embargoed"})

    assert 302 == stranger.status_code
    assert "Embargoed tram" in found(desk, "embargoed")
