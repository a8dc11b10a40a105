"""
Raises the alarm once for each story that is late: in the audit log, and by mail if there is one.

The press calls this each minute. The desk and `broadsheet status` ask press.lateness
themselves, so that a press that stands still is noticed, too.
"""

import logging
import threading
from collections.abc import Sequence
from datetime import datetime

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction

from broadsheet.newsroom.acting import acting
from broadsheet.newsroom.audit.noting import note
from broadsheet.newsroom.audit.words import LATE
from broadsheet.newsroom.models.audit_entry import AuditEntry
from broadsheet.newsroom.models.story import Story
from broadsheet.newsroom.roles.names import Right
from broadsheet.newsroom.roles.rights import people_who_may
from broadsheet.press.isolation import isolated
from broadsheet.press.lateness import Late, late

PRESS = "press"

_LOG = logging.getLogger(__name__)


def raise_alarms(*, now: datetime) -> int:
    """Note and mail what is late and was not told of yet; return how many stories that is."""
    told, letters = 0, []
    for each in late(now=now):
        story = Story.objects.filter(uuid=each.story).first()
        if story is None or _is_told(each):
            continue
        with acting(PRESS, now=now), transaction.atomic():
            detail = {"what": each.what, "due_at": each.due_at, "reason": each.reason}
            note(LATE, about=story, detail=detail)
        _LOG.error("story %s is late (%s): %s %s", each.story, each.what, each.reason, each.to_do)
        letters += _letters(story, each)
        told += 1
    if letters:
        # A mail server that does not answer takes its time for each; the press has stories due.
        threading.Thread(target=_send, args=(letters,), name="alarms", daemon=True).start()
    return told


def _is_told(each: Late) -> bool:
    return AuditEntry.objects.filter(story=each.story, act=LATE, at__gte=each.due_at).exists()


def _letters(story: Story, each: Late) -> list[EmailMessage]:
    """Write to those who may publish it; a paper that names no mail server writes to nobody."""
    if not settings.EMAIL_HOST:
        return []
    section = story.get_parent().pk
    people = people_who_may(Right.PUBLISH, section=section).exclude(email="")
    addresses = list(people.values_list("email", flat=True))
    if not addresses:
        return []
    # What is scheduled may be under embargo, and a reason may name it: not in a mail.
    body = f"{each.to_do}\n\nThe reason stands at the desk and in `broadsheet status`.\n"
    return [EmailMessage(subject=f"Late: story {each.story}", body=body, bcc=addresses)]


def _send(letters: Sequence[EmailMessage]) -> None:
    for letter in letters:
        isolated(f"mailing “{letter.subject}”", letter.send)
