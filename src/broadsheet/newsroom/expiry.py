"""Keeps a story from going live whose time is over: it would be taken down within the minute."""

from datetime import datetime
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError

from broadsheet.newsroom.paper_time import in_paper_time

if TYPE_CHECKING:
    # The rows import this module; only the checker needs them here.
    from broadsheet.newsroom import models as rows


def refuse_over(story: "rows.Story", *, at: datetime) -> None:
    """
    Do nothing if the time of a story that is to go live is not over by then.

    Raises:
        ValidationError: beside its field, it is.

    """
    if story.expire_at is not None and story.expire_at <= at:
        over = in_paper_time(story.expire_at)
        message = f"its time was over on {over}; give it a later expiry, or none"
        raise ValidationError({"expire_at": message})
