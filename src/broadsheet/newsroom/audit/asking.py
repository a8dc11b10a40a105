"""
Finds entries of the audit log: those of a person, an act, a story, a time, newest first.

Pages are cut by key, never by counting: a page costs the same however long the log is.
"""

from datetime import date, datetime, time, timedelta
from typing import NamedTuple
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import QuerySet

from broadsheet.newsroom.models.audit_entry import AuditEntry

A_PAGE = 50  # entries


class Asked(NamedTuple):
    """What somebody wants to see; empty fields ask for nothing in particular."""

    by: str = ""
    act: str = ""
    story: UUID | None = None
    since: date | None = None
    until: date | None = None


class Found(NamedTuple):
    """One page of entries, newest first."""

    entries: list[AuditEntry]
    older_than: int | None  # the key to ask for the next page with; None at the end


def entries(asked: Asked, *, zone: ZoneInfo) -> QuerySet[AuditEntry]:
    """Return all that is asked for, newest first; days are the paper's."""
    found = AuditEntry.objects.order_by("-id")
    if asked.by:
        found = found.filter(by=asked.by)
    if asked.act:
        found = found.filter(act=asked.act)
    if asked.story is not None:
        found = found.filter(story=asked.story)
    if asked.since is not None:
        found = found.filter(id__gte=_first_since(_midnight(asked.since, zone)))
    if asked.until is not None:
        found = found.filter(id__lt=_first_since(_midnight(asked.until + _DAY, zone)))
    return found


def page_of(asked: Asked, *, zone: ZoneInfo, older_than: int | None) -> Found:
    """Return a page: the newest, or those older than a key."""
    wanted = entries(asked, zone=zone)
    if older_than is not None:
        wanted = wanted.filter(id__lt=older_than)
    found = list(wanted[: A_PAGE + 1])
    is_more = len(found) > A_PAGE
    return Found(found[:A_PAGE], found[A_PAGE - 1].pk if is_more else None)


_DAY = timedelta(days=1)
_BEYOND = 2**63 - 1  # no key is as large


def _first_since(at: datetime) -> int:
    """Return the key of the first entry of a time: keys and times rise together."""
    first = AuditEntry.objects.filter(at__gte=at).order_by("at", "id")
    return first.values_list("id", flat=True).first() or _BEYOND


def _midnight(day: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, time(), tzinfo=zone)
