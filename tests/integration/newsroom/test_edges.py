"""The minute sweep finds what a queryset or a stranger changed, and mends it once."""

from datetime import timedelta

import pytest
from django.db.models import ProtectedError
from django.utils import timezone
from wagtail.models import Page

from broadsheet.newsroom.adapter import WagtailNewsroom
from broadsheet.newsroom.models import Author, LiveMark, PaperSettings, SectionPage, Story
from broadsheet.press.models import Schedule
from broadsheet.story.records import StoryState
from tests.factories import rows
from tests.factories.logged import acts_of, version_of

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]


def mend() -> list[str]:
    """Sweep once, and return what was found, by kind."""
    newsroom = WagtailNewsroom()
    found = list(newsroom.edges(limit=100))
    for mismatch in found:
        newsroom.repair(mismatch, now=timezone.now())
    return [mismatch.kind for mismatch in found]


def test_nothing_lost_is_nothing_found():
    """Rows that went through their own save differ from nothing."""
    story = rows.a_live_story()
    rows.with_byline(story, rows.an_author_row()).save_revision().publish()
    rows.a_draft(go_live_at=timezone.now() + timedelta(days=1)).get_latest_revision().publish()

    assert [] == mend()


def test_words_changed_by_a_queryset_are_found():
    """A headline updated in the database becomes a version."""
    story = rows.a_live_story()
    Page.objects.filter(pk=story.pk).update(title="Changed behind our back")

    assert ["story"] == mend()
    assert "Changed behind our back" == version_of(story).content.headline
    assert [] == mend()


def test_a_story_hidden_by_a_queryset_is_taken_down():
    """live=False in the database becomes an unpublication."""
    story = rows.a_live_story()
    Page.objects.filter(pk=story.pk).update(live=False)

    assert ["story"] == mend()
    assert StoryState.UNPUBLISHED is version_of(story).state
    assert [] == mend()


def test_a_story_shown_by_a_queryset_is_published():
    """live=True in the database becomes a publication."""
    story = rows.a_draft()
    Page.objects.filter(pk=story.pk).update(live=True)

    assert ["story"] == mend()
    assert ["publish"] == acts_of(story)


def test_a_plain_page_unpublished_is_found():
    """Wagtail unpublishing the base page, where no save of ours runs, is found."""
    story = rows.a_live_story()
    Page.objects.get(pk=story.pk).unpublish()

    assert ["story"] == mend()
    assert StoryState.UNPUBLISHED is version_of(story).state


def test_a_section_and_an_author_changed_by_queryset_are_found():
    """Names updated in the database become versions."""
    rows.a_section_row()
    rows.an_author_row()
    Page.objects.filter(pk=SectionPage.objects.get().pk).update(title="The World")
    Author.objects.update(name="Ada R. Reporter")

    assert ["section", "author"] == mend()
    assert [] == mend()


def test_settings_changed_by_queryset_are_found():
    """A tagline updated in the database becomes a version."""
    rows.a_paper()
    PaperSettings.objects.update(tagline="Other tests")

    assert ["settings"] == mend()
    assert [] == mend()


def test_a_lost_schedule_is_noted_again():
    """A story scheduled in the newsroom and not at the press is scheduled there again."""
    rows.a_draft(go_live_at=timezone.now() + timedelta(days=1)).get_latest_revision().publish()
    Schedule.objects.all().delete()

    assert ["schedule"] == mend()
    assert 1 == Schedule.objects.count()


def test_a_schedule_of_no_story_is_struck():
    """A schedule left behind by a story that is gone is taken off."""
    story = rows.a_draft(go_live_at=timezone.now() + timedelta(days=1))
    story.get_latest_revision().publish()
    Story.objects.get(pk=story.pk).delete()

    assert ["schedule"] == mend()
    assert 0 == Schedule.objects.count()


def test_stories_are_read_word_for_word_a_slice_at_a_time(monkeypatch):
    """The slices of one newsroom's sweeps follow each other, and begin again at the end."""
    monkeypatch.setattr("broadsheet.newsroom.edges.STORIES_A_SLICE", 2)
    section = rows.a_section_row()
    stories = [rows.a_live_story(section, title=f"Story {n}") for n in range(3)]
    Page.objects.filter(pk__in=[s.pk for s in stories]).update(title="Changed")
    newsroom = WagtailNewsroom()

    counts = [len(list(newsroom.edges(limit=100))) for _ in range(3)]

    assert [2, 1, 2] == counts


def test_the_database_itself_protects_what_was_live():
    """Neither the row nor its section can be deleted by queryset."""
    story = rows.a_live_story()

    for pages in (
        Page.objects.filter(pk=story.pk),
        Page.objects.filter(pk=story.get_parent().pk),
    ):
        with pytest.raises(ProtectedError):
            pages.delete()


def test_without_its_mark_it_could_be_deleted():
    """The broken twin: only the mark stands between a live story and its deletion."""
    story = rows.a_live_story()
    LiveMark.objects.all().delete()

    Page.objects.filter(pk=story.pk).delete()

    assert not Story.objects.filter(pk=story.pk).exists()


def test_an_author_in_a_byline_cannot_be_deleted():
    """A byline protects its author, a story's picture its picture."""
    story, author = rows.a_live_story(), rows.an_author_row()
    rows.with_byline(story, author).save_revision().publish()
    LiveMark.objects.filter(author=author).delete()

    with pytest.raises(ProtectedError):
        author.delete()
