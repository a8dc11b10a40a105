"""A live story whose update is scheduled can be taken down: it is urgent, the update is not."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from broadsheet.newsroom import acts
from broadsheet.newsroom.models import Story
from broadsheet.newsroom.roles.names import Role
from broadsheet.press.models import Schedule
from tests.factories import rows
from tests.factories.logged import acts_of

pytestmark = [pytest.mark.django_db]


def a_live_story_with_a_scheduled_update() -> Story:
    """Return a live story whose update is due tomorrow."""
    story = rows.a_live_story()
    story.go_live_at = timezone.now() + timedelta(days=1)
    story.save_revision()
    acts.publish_newest(Story.objects.get(pk=story.pk))
    return Story.objects.get(pk=story.pk)


def unpublish_url(story: Story) -> str:
    """Return the address that takes a story down."""
    return reverse("wagtailadmin_pages:unpublish", args=[story.pk])


def test_form_offers_to_unpublish(desk: Client):
    """The form of a live story with a scheduled update leads to unpublishing."""
    story = a_live_story_with_a_scheduled_update()

    page = desk.get(reverse("wagtailadmin_pages:edit", args=[story.pk])).content.decode()

    assert unpublish_url(story) in page


def test_page_says_that_the_update_leaves_the_schedule(desk: Client):
    """Who unpublishes is told before that the scheduled update will not go live by itself."""
    scheduled = a_live_story_with_a_scheduled_update()
    plain = rows.a_live_story()

    asked = [desk.get(unpublish_url(story)).content.decode() for story in (scheduled, plain)]

    assert [True, False] == ["leaves the schedule" in page for page in asked]


def test_unpublishing_ends_the_schedule(desk: Client):
    """The story is taken down, and nothing of it is due any more."""
    story = a_live_story_with_a_scheduled_update()

    desk.post(unpublish_url(story), {})

    assert ["publish", "unpublish"] == acts_of(story)
    assert not Schedule.objects.filter(story=str(story.uuid)).exists()


def test_lock_of_another_keeps_it_live(desk: Client):
    """A story that somebody else locked by hand is not taken down."""
    story = a_live_story_with_a_scheduled_update()
    Story.objects.filter(pk=story.pk).update(
        locked=True, locked_by=rows.a_person("ben", Role.EDITOR)
    )

    desk.post(unpublish_url(story), {})

    assert ["publish"] == acts_of(story)
