"""
Keeps the times of a story to whoever decides on them.

Anybody who writes may set an embargo, or a longer one: it keeps a story back. To end one
earlier, to schedule and to let a story expire is to publish.
"""

from datetime import datetime
from typing import Any

from django.utils import timezone

from broadsheet.newsroom.roles.names import Right
from broadsheet.newsroom.roles.rights import may_on

PUBLISHERS_TIMES = ("go_live_at", "expire_at")


def keep_times_for_publishers(form: Any) -> None:
    """Let who may not publish read a story's times, and change none."""
    if _may_publish(form):
        return
    for name in PUBLISHERS_TIMES:
        if name in form.fields:
            form.fields[name].disabled = True
            form.fields[name].help_text = "Whoever publishes the story sets this."


def check_embargo(form: Any, cleaned: dict[str, Any]) -> None:
    """
    Complain beside the field when an embargo is ended early by who may not publish.

    It is that of the newest draft: the form of an older version begins with an older one.
    """
    if _may_publish(form):
        return
    before, after = _embargo_of_newest_draft(form.instance), cleaned.get("embargo_until")
    is_as_it_was = (
        "embargo_until" not in form.changed_data and form.initial.get("embargo_until") == before
    )
    if before is None or before <= timezone.now() or is_as_it_was:
        return
    if after is None or after < before:
        form.add_error(
            "embargo_until",
            "Only whoever may publish the story can end its embargo earlier; ask a publisher",
        )


def _embargo_of_newest_draft(story: Any) -> datetime | None:
    if story.pk is None:
        return None
    saved = type(story).objects.get(pk=story.pk)
    embargo: datetime | None = saved.get_latest_revision_as_object().embargo_until
    return embargo


def _may_publish(form: Any) -> bool:
    user = form.for_user
    where = form.instance if form.instance.pk is not None else form.parent_page
    return user is None or where is None or may_on(user, Right.PUBLISH, where)
