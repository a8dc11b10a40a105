"""A story goes live, on every path, only in sections that readers can open."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from broadsheet.newsroom import acts, publishing
from broadsheet.newsroom.adapter import WagtailNewsroom
from broadsheet.newsroom.models import SectionPage, Story
from broadsheet.press.models import Schedule
from broadsheet.story.ids import StoryId
from tests.factories import rows
from tests.factories.logged import acts_of, version_of

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]

PUBLISH = {"action-publish": "1"}


def a_hidden_section() -> SectionPage:
    """Return a section that was saved and never published."""
    return rows.a_section_row("Hidden", live=False)


def scheduled(story: Story) -> Story:
    """Return a story that goes live tomorrow."""
    story.go_live_at = timezone.now() + timedelta(days=1)
    story.save_revision()
    acts.publish_newest(Story.objects.get(pk=story.pk))
    return Story.objects.get(pk=story.pk)


def from_its_form(desk: Client, form: Any, story: Story) -> str:
    """Publish as the story's form does; return what the desk says."""
    edit = reverse("wagtailadmin_pages:edit", args=[story.pk])
    return str(desk.post(edit, form(story) | PUBLISH, follow=True).content.decode())


def at_a_time(desk: Client, form: Any, story: Story) -> str:
    """Schedule as the story's form does."""
    edit = reverse("wagtailadmin_pages:edit", args=[story.pk])
    at = rows.typed(timezone.now() + timedelta(days=1))
    said = desk.post(edit, form(story, go_live_at=at) | PUBLISH, follow=True)
    return str(said.content.decode())


def from_the_list(desk: Client, form: Any, story: Story) -> str:
    """Publish as the list's bulk action does."""
    del form
    action = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
    list_of_stories = reverse("stories:index")
    answer = desk.post(
        f"{action}?id={story.pk}&next={list_of_stories}",
        {"include_descendants": ""},
        follow=True,
        headers={"referer": f"http://testserver{list_of_stories}"},
    )
    return str(answer.content.decode())


@pytest.mark.parametrize("publish", [from_its_form, at_a_time, from_the_list])
def test_a_story_in_a_hidden_section_stays_a_draft(
    desk: Client, form: Any, publish: Callable[[Client, Any, Story], str]
):
    """It is refused in words that name the section, and nothing is committed or scheduled."""
    story = rows.a_draft(a_hidden_section())

    said = publish(desk, form, story)

    assert "the section “Hidden” is not public yet" in said
    assert not Story.objects.get(pk=story.pk).live
    assert [] == acts_of(story)
    assert not Schedule.objects.exists()


def test_a_new_story_is_not_scheduled_in_a_hidden_section(desk: Client, form: Any):
    """The form of a new story refuses too, and keeps what was typed."""
    section = a_hidden_section()
    at = rows.typed(timezone.now() + timedelta(days=1))
    add = reverse("wagtailadmin_pages:add", args=["newsroom", "story", section.pk])

    said = desk.post(add, form(go_live_at=at, kicker="Typed") | PUBLISH)

    assert "is not public yet" in said.content.decode()
    assert "Typed" in said.content.decode()
    assert not Story.objects.exists()
    assert not Schedule.objects.exists()


def test_a_hidden_section_lists_no_story(desk: Client, form: Any):
    """Ticked as one that lists a story too, it is refused beside its field."""
    hidden = a_hidden_section()
    story = rows.a_draft(rows.a_section_row())
    edit = reverse("wagtailadmin_pages:edit", args=[story.pk])

    answer = desk.post(edit, form(story) | {"aliases": [str(hidden.pk)]} | PUBLISH)

    assert ["“Hidden”: not public yet; have it published first, or untick it"] == answer.context[
        "form"
    ].errors["aliases"]
    assert [] == acts_of(story)


@pytest.mark.parametrize("make", [rows.a_live_story, lambda to: scheduled(rows.a_draft(to))])
def test_what_is_or_goes_live_is_not_moved_there(
    desk: Client, make: Callable[[SectionPage], Story]
):
    """A live story, and one that goes live by itself, stay where they are."""
    hidden, world = a_hidden_section(), rows.a_section_row()
    story = make(world)
    before = acts_of(story)

    move = reverse("wagtailadmin_pages:move_confirm", args=[story.pk, hidden.pk])
    said = desk.post(move, follow=True).content.decode()

    assert "the section “Hidden” is not public yet" in said
    assert world.pk == Story.objects.get(pk=story.pk).get_parent().pk
    assert before == acts_of(story)


def test_a_draft_may_be_written_there(desk: Client, form: Any):
    """A section can be filled before it is shown: drafts are saved, and go live after it."""
    section = a_hidden_section()
    story = rows.a_draft(section)

    section.get_latest_revision() or section.save_revision()
    section.get_latest_revision().publish()
    from_its_form(desk, form, story)

    assert str(section.uuid) == version_of(story).content.section


def test_what_was_scheduled_before_is_refused_at_its_minute():
    """A story somehow due in a section nobody can open stays a draft, with the reason."""
    story = scheduled(rows.a_draft(rows.a_section_row()))
    SectionPage.objects.update(live=False)

    with pytest.raises(ValidationError, match="is not public yet"):
        WagtailNewsroom().go_live(
            StoryId(str(story.uuid)), now=timezone.now() + timedelta(days=1, minutes=1)
        )

    assert [] == acts_of(story)


def test_publishing_that_does_not_look_is_found(monkeypatch: pytest.MonkeyPatch):
    """Broken twin: without the look, a story is live in a section that has no page."""
    story = rows.a_draft(a_hidden_section())
    monkeypatch.setattr(publishing, "refuse_hidden_sections", lambda _: None)

    story.get_latest_revision().publish()

    assert ["publish"] == acts_of(story)
