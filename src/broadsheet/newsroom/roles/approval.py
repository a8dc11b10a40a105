"""
Sees to it that an approval publishes what was approved.

Wagtail publishes what was saved last, whoever saved it and whether anybody has read it.
"""

from typing import Any

from django.core.exceptions import ValidationError

from broadsheet.newsroom import publishing
from broadsheet.newsroom.models.story import Story
from broadsheet.newsroom.ready import must_be_ready
from broadsheet.newsroom.roles.names import Right
from broadsheet.newsroom.roles.rights import may_on


def must_be_as_approved(task_state: Any) -> None:
    """
    Make sure that what would be published is what was approved, or a publisher's own change.

    Raises:
        ValidationError: somebody else saved it since, or it is not ready.

    """
    story = Story.objects.get(pk=task_state.workflow_state.object_id)
    newest = story.get_latest_revision()
    # Commands save without a user, and by their own right.
    is_theirs = newest.user is None or may_on(newest.user, Right.PUBLISH, story)
    if newest.pk != task_state.revision_id and not is_theirs:
        message = (
            f"“{story.draft_title}” was changed by {newest.user.get_username()} after it was "
            "approved, so nothing was published; read it again, and publish it from its form"
        )
        raise ValidationError(message)
    must_be_ready(newest.as_object())


def keep_its_schedule(task_state: Any) -> None:
    """Tell the press when it goes live: Wagtail saves no row when it schedules an update."""
    publishing.keep_schedule(Story.objects.get(pk=task_state.workflow_state.object_id))
