"""No update of a story is dated later than readers get it."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.test.utils.form_data import rich_text, streamfield

from broadsheet.newsroom import acts
from broadsheet.newsroom.models import Story
from tests.factories import rows
from tests.factories.logged import acts_of

pytestmark = [pytest.mark.django_db]

PUBLISH = {"action-publish": "1"}


def edit_url(story: Story) -> str:
    """Return the address of a story's form."""
    return reverse("wagtailadmin_pages:edit", args=[story.pk])


def body_updated_at(at: datetime) -> dict[str, Any]:
    """Return a body, as the form sends it, whose update is dated."""
    typed = timezone.localtime(at).strftime("%Y-%m-%d %H:%M")
    value = {"at": typed, "headline": "Later", "text": rich_text("<p>More.</p>")}
    result: dict[str, Any] = streamfield([("update", value)])
    return result


def test_update_to_come_is_refused_beside_the_body(desk: Client, form: Any):
    """A story with an update dated in two years is not published, and its body says why."""
    story = rows.a_draft()
    body = body_updated_at(timezone.now() + timedelta(days=730))

    answer = desk.post(edit_url(story), form(story, body=body) | PUBLISH)

    assert [] == acts_of(story)
    assert "an update is dated" in str(answer.context["form"].errors["body"])


def test_draft_may_hold_an_update_to_come(desk: Client, form: Any):
    """A draft is saved with an update dated tomorrow; publishing it by command is refused."""
    story = rows.a_draft()
    body = body_updated_at(timezone.now() + timedelta(days=1))

    desk.post(edit_url(story), form(story, body=body))

    saved = Story.objects.get(pk=story.pk)
    assert saved.get_latest_revision_as_object().body[0].value["headline"] == "Later"
    with pytest.raises(ValidationError, match="an update is dated"):
        acts.publish_newest(saved)


def test_update_from_before_is_published(desk: Client, form: Any):
    """An update dated yesterday is published."""
    story = rows.a_draft()
    body = body_updated_at(timezone.now() - timedelta(days=1))

    desk.post(edit_url(story), form(story, body=body) | PUBLISH)

    assert ["publish"] == acts_of(story)


@pytest.mark.parametrize(("hours", "refused"), [(23, False), (25, True)])
def test_scheduled_story_asks_for_its_own_minute(hours: int, refused: bool):  # noqa: FBT001  # an expectation
    """A story for this hour tomorrow may be updated before then, and not after."""
    story = rows.a_draft()
    now = timezone.now()
    story.go_live_at = now + timedelta(days=1)
    value = {"at": now + timedelta(hours=hours), "headline": "Later", "text": "<p>More.</p>"}
    story.body = [("update", value)]
    story.save_revision()

    try:
        acts.publish_newest(Story.objects.get(pk=story.pk))
        was_refused = False
    except ValidationError:
        was_refused = True

    assert refused == was_refused
