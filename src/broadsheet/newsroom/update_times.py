"""
Says of an update in a story that its time is still to come.

Readers must not be told that something was added tomorrow. A draft may hold such a time:
it is asked when the story is published, or scheduled, and then for the minute it goes live.
"""

from datetime import datetime
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError

from broadsheet.newsroom.paper_time import in_paper_time
from broadsheet.newsroom.writing.body import updates_in

if TYPE_CHECKING:
    # The rows import this module through publishing; only the checker needs them here.
    from broadsheet.newsroom.models.story import Story


def refuse_updates_to_come(draft: "Story", *, now: datetime) -> None:
    """
    Do nothing if no update is dated after the story goes live: now, or at its time.

    Raises:
        ValidationError: beside the body, one is.

    """
    live_at = max(now, draft.go_live_at or now)
    times = (update.value["at"] for update in updates_in(draft.body))
    to_come = [at for at in times if at is not None and at > live_at]
    if to_come:
        message = (
            f"an update is dated {in_paper_time(max(to_come))}, after the story goes live; "
            "give it an earlier time, or none for that of publishing"
        )
        raise ValidationError({"body": message})
