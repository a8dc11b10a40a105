"""
Where a story stands, in words: for lists, and for who may not have learned our words yet.

Its lifecycle is in its row. What is under way with it is told by other tables and stands
before the lifecycle, the most pressing first: a live story whose update is due is called
scheduled, with its time.
"""

from enum import Enum
from typing import Any, NamedTuple


class Lifecycle(Enum):
    """What a story's own row says."""

    DRAFT = "draft"
    LIVE = "live"
    CHANGED = "changed"  # live, and a newer draft is saved
    UNPUBLISHED = "unpublished"
    EXPIRED = "expired"
    RETRACTED = "retracted"
    ERASED = "erased"


class UnderWay(Enum):
    """What is under way with a story."""

    TROUBLE = "trouble"
    APPROVED = "approved"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    SCHEDULED = "scheduled"


class Words(NamedTuple):
    """How a state is told: a word, an icon of Wagtail's, and what it means."""

    word: str
    icon: str
    meaning: str
    tone: str = ""  # for color, which never says anything alone


WORDS: dict[Enum, Words] = {
    UnderWay.TROUBLE: Words(
        "In trouble", "warning", "Something of it is stuck and waits for a person.", "critical"
    ),
    UnderWay.APPROVED: Words("Approved", "check", "Waits for a publisher.", "info"),
    UnderWay.SUBMITTED: Words("Submitted", "mail", "Waits for an editor.", "info"),
    UnderWay.RETURNED: Words("Returned", "resubmit", "An editor asks for changes.", "warning"),
    UnderWay.SCHEDULED: Words("Scheduled", "time", "Goes live by itself at its time.", "info"),
    Lifecycle.DRAFT: Words("Draft", "draft", "No reader can see it."),
    Lifecycle.LIVE: Words("Live", "success", "Readers have it.", "positive"),
    Lifecycle.CHANGED: Words(
        "Live, with changes", "edit", "Readers have an older text than the draft.", "positive"
    ),
    Lifecycle.UNPUBLISHED: Words("Unpublished to fix", "no-view", "It is to come back.", "warning"),
    Lifecycle.EXPIRED: Words("Expired", "history", "Its time is over."),
    Lifecycle.RETRACTED: Words("Retracted", "circle-xmark", "Withdrawn for good, with a reason."),
    Lifecycle.ERASED: Words("Erased", "bin", "Its words are gone from every version."),
}


def lifecycle_of(story: Any) -> Lifecycle:
    """Return where a story stands by its row alone."""
    if story.withdrawn:
        return Lifecycle(story.withdrawn)
    if story.live:
        return Lifecycle.CHANGED if story.has_unpublished_changes else Lifecycle.LIVE
    if story.expired:
        return Lifecycle.EXPIRED
    return Lifecycle.DRAFT if story.first_published_at is None else Lifecycle.UNPUBLISHED
