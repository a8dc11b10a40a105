"""A story whose time is over goes live again only with a later end, or none."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from broadsheet.newsroom import acts, publishing
from broadsheet.newsroom.adapter import WagtailNewsroom
from broadsheet.newsroom.models import Story
from broadsheet.press.models import Schedule
from broadsheet.story.ids import StoryId
from tests.factories import rows
from tests.factories.logged import acts_of

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]

LONG_AGO = datetime(2025, 3, 4, 12, 0, tzinfo=UTC)
AFTER = LONG_AGO + timedelta(hours=1)


def an_expired_story() -> Story:
    """Return a story that was live for an hour, long ago."""
    story = rows.a_live_story(now=LONG_AGO, expire_at=AFTER)
    WagtailNewsroom().expire(StoryId(str(story.uuid)), now=AFTER)
    return Story.objects.get(pk=story.pk)


def from_the_list(desk: Client, story: Story) -> str:
    """Publish as the list's bulk action does; return what the desk says."""
    action = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
    answer = desk.post(
        f"{action}?id={story.pk}",
        {"include_descendants": ""},
        follow=True,
        headers={"referer": f"http://testserver{reverse('stories:index')}"},
    )
    return str(answer.content.decode())


def by_command(desk: Client, story: Story) -> str:
    """Publish as the command does."""
    del desk
    with pytest.raises(ValidationError) as refused:
        acts.publish_newest(story)
    return " ".join(refused.value.messages)


@pytest.mark.parametrize("publish", [from_the_list, by_command])
def test_its_end_is_refused(desk: Client, publish: Callable[[Client, Story], str]):
    """It is refused in words that say when its time was over, and stays as it is."""
    story = an_expired_story()

    said = publish(desk, story)

    assert "its time was over on 04 March 2025 at 14:00 (CET); give it a later expiry, or none" in (
        said
    )
    assert ["publish", "expire"] == acts_of(story)
    assert Story.objects.get(pk=story.pk).expired


def test_without_an_end_it_returns(desk: Client, form: Any):
    """The form says no end any more, and readers have the story back."""
    story = an_expired_story()

    desk.post(
        reverse("wagtailadmin_pages:edit", args=[story.pk]),
        form(story, expire_at="") | {"action-publish": "1"},
    )

    assert ["publish", "expire", "publish"] == acts_of(story)
    assert not Schedule.objects.exists()


def test_press_that_was_down_brings_nothing_out_late():
    """A story whose whole time passed while nothing ran is not out for a minute."""
    tomorrow = timezone.now() + timedelta(days=1)
    story = rows.a_draft(go_live_at=tomorrow, expire_at=tomorrow + timedelta(hours=1))
    acts.publish_newest(Story.objects.get(pk=story.pk))

    with pytest.raises(ValidationError, match="its time was over"):
        WagtailNewsroom().go_live(StoryId(str(story.uuid)), now=tomorrow + timedelta(hours=2))

    assert [] == acts_of(story)


def test_publishing_that_does_not_look_is_found(monkeypatch: pytest.MonkeyPatch):
    """Broken twin: without the look the story is live, and due to end at once."""
    story = an_expired_story()
    monkeypatch.setattr(publishing, "refuse_over", lambda *_, **__: None)

    acts.publish_newest(story)

    assert ["publish", "expire", "publish"] == acts_of(story)
    assert [AFTER] == list(Schedule.objects.values_list("due_at", flat=True))
