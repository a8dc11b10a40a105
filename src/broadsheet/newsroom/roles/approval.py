"""
Sees to it that an approval publishes what was approved.

Wagtail publishes what was saved last, whoever saved it and whether anybody has read it.
"""

from typing import Any

from django.core.exceptions import ValidationError

from broadsheet.newsroom import acting, publishing
from broadsheet.newsroom.models.story import Story
from broadsheet.newsroom.roles.names import Right
from broadsheet.newsroom.roles.rights import may_on
from broadsheet.newsroom.taken_addresses import refuse_taken_words
from broadsheet.newsroom.update_times import refuse_updates_to_come


def must_be_as_approved(task_state: Any) -> None:
    """
    Make sure that what would be published is what was approved, or a publisher's own change.

    Raises:
        ValidationError: somebody else saved it since, its chosen address is taken, or an update is
            dated after it goes live.

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
    draft = newest.as_object()
    refuse_taken_words(draft)
    refuse_updates_to_come(draft, now=acting.current().now)


def keep_its_schedule(task_state: Any) -> None:
    """Tell the press when it goes live: Wagtail saves no row when it schedules an update."""
    publishing.keep_schedule(Story.objects.get(pk=task_state.workflow_state.object_id))
