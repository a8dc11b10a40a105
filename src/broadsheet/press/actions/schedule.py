"""
Notes what must happen to a story, a picture or a front at a time to come. The scheduler
does it then.

Scheduling writes no version: before its minute a story is nowhere readers look.
"""

from datetime import datetime
from typing import Literal

from broadsheet.press.models import Schedule
from broadsheet.story.ids import PictureId, StoryId

Due = Literal["go-live", "expire", "rights-end", "front"]
Subject = StoryId | PictureId | str  # of "rights-end" a picture, of "front" the change to be made


def schedule(subject: Subject, *, act: Due, due_at: datetime, now: datetime, by: str) -> None:
    """Have the act done at a time; a second call moves it, and forgets earlier failures."""
    Schedule.objects.update_or_create(
        story=subject,
        act=act,
        defaults={
            "due_at": due_at,
            "asked_at": now,
            "asked_by": by,
            "retry_at": None,
            "failures": 0,
            "reason": "",
        },
    )


def unschedule(subject: Subject, *, act: Due) -> None:
    """Take the act off the schedule; nothing when it is not on it."""
    Schedule.objects.filter(story=subject, act=act).delete()
