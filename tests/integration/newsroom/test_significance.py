"""A story's date moves once for each significant act, and for nothing else."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.test.utils.form_data import inline_formset

from broadsheet.newsroom import acts
from broadsheet.newsroom.models import Story
from tests.factories import rows
from tests.factories.logged import acts_of, version_of

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]

PUBLISH = {"action-publish": "1"}
NOTE = {"kind": "correction", "text": "It was Monday.", "uuid": "", "significant": "on"}


def published(desk: Client, form: Any, **changes: Any) -> Story:
    """Return a live story after its form was published with changes."""
    story = rows.a_live_story()
    desk.post(reverse("wagtailadmin_pages:edit", args=[story.pk]), form(story, **changes) | PUBLISH)
    return Story.objects.get(pk=story.pk)


def at_once(desk: Client, story: Story) -> None:
    """Publish the newest revision from the list of stories."""
    desk.post(f"/desk/bulk/wagtailcore/page/publish/?id={story.pk}&next=/desk/", {})


def by_command(desk: Client, story: Story) -> None:
    """Publish the newest revision as the command line does."""
    del desk
    acts.publish_newest(story)


def after_a_fix(desk: Client, story: Story) -> None:
    """Take the story down, and publish the very revision again."""
    story.unpublish()
    by_command(desk, Story.objects.get(pk=story.pk))


@pytest.mark.parametrize(
    "changes",
    [
        pytest.param({"significant_update": "on"}, id="a significant update"),
        pytest.param({"corrections": inline_formset([NOTE])}, id="a significant correction"),
    ],
)
@pytest.mark.parametrize("publish_again", [at_once, by_command, after_a_fix])
def test_a_revision_published_again_moves_no_date(
    desk: Client,
    form: Any,
    changes: dict[str, Any],
    publish_again: Callable[[Client, Story], None],
):
    """A revision that moved the date once does not move it when it is published once more."""
    story = published(desk, form, **changes)
    before = version_of(story)

    publish_again(desk, story)

    assert before.first_published_at < before.updated_at == version_of(story).updated_at


@pytest.mark.parametrize("publish_again", [at_once, by_command])
def test_an_unchanged_story_gets_no_version(
    desk: Client, form: Any, publish_again: Callable[[Client, Story], None]
):
    """Publishing again what readers have, however significant it was, commits nothing."""
    story = published(desk, form, significant_update="on", corrections=inline_formset([NOTE]))
    before = acts_of(story)

    publish_again(desk, story)

    assert before == acts_of(story)
