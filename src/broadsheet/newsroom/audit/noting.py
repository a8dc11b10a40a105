"""
Adds to the audit log. The rest of the desk calls note(), or wagtail.log_actions.log.

What is logged through Wagtail is noted by itself; note() is for acts that no history of
Wagtail's shows, such as somebody signing in.
"""

from collections.abc import Mapping
from typing import Any

from django.apps import apps
from wagtail.log_actions import get_active_log_context

from broadsheet.newsroom import acting
from broadsheet.newsroom.audit.origin import current_address

MOST_LABEL_CHARACTERS = 500  # of what something is called; a headline has at most 255


def note(
    act: str, *, about: Any, user: Any = None, detail: Mapping[str, Any] | None = None
) -> None:
    """
    Note that somebody did something to a row, in the transaction they do it in.

    Who did it: the user named, else the desk's signed-in one, else whoever acts without being
    signed in (the press, the command line).
    """
    user = user or get_active_log_context().user
    who = acting.current()
    apps.get_model("newsroom", "AuditEntry").objects.create(
        at=who.now,
        by=user.get_username() if user is not None else who.by,
        user_id=None if user is None else user.pk,
        address=current_address(),
        act=act,
        kind=str(about._meta.verbose_name),  # noqa: SLF001  # Django's public name for it
        object_id=str(about.pk),
        label=str(getattr(about, "draft_title", "") or about)[:MOST_LABEL_CHARACTERS],
        story=getattr(about, "uuid", None) if about._meta.model_name == "story" else None,  # noqa: SLF001  # as above
        detail=dict(detail or {}),
    )


def forget_words(story: Any) -> None:
    """Keep every act on a story, and none of its words: the law had it erased."""
    entries = apps.get_model("newsroom", "AuditEntry").objects.filter(story=story.uuid)
    entries.update(label=story.title, detail={})
