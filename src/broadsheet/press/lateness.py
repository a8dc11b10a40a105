"""
Says which stories readers should have by now, or should have no more, and do not.

Asked of the tables, not of the press: a press that is not running cannot say so itself.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import islice
from typing import NamedTuple

from django.db.models import Q, QuerySet

from broadsheet.press.models import Cursor, LedgerRow, LogEntry, Schedule
from broadsheet.press.models.ledger import ABSENT_TEXT, DAMAGED, WEBSITE, Lane
from broadsheet.projections.objects import Recipe

LATE_AFTER = timedelta(seconds=60)  # of its time; what was refused is late at once
OF_STORIES = ("go-live", "expire")  # acts; others are of pictures and fronts
READ_AT_ONCE = 500  # entries of the log
MOST = 100  # late stories named; more than that is one trouble, not many

START_IT = "Look whether the press runs (`broadsheet run`), and what it last said."
MEND_IT = "Open the story, mend what the reason names, and publish or schedule it again."
TRIED_AGAIN = "Mend what the reason names; the press tries again by itself."
MEND_PAGE = (
    "Mend what the reason names; then publish the story again, or, if it was the paper's own"
    " theme, start Broadsheet again."
)
CONFIRM_OR_START = (
    "Look in `broadsheet status` whether a plan waits to be confirmed, and whether the press runs."
)
_NOT_OUT = ("", ABSENT_TEXT, DAMAGED)  # of a row's live


class Late(NamedTuple):
    """A story that did not become what it should be on time."""

    story: str  # its id
    what: str  # "go-live", "expire", "page": committed, and nowhere; "old-page": as it was
    due_at: datetime
    reason: str
    to_do: str


def late(*, now: datetime) -> tuple[Late, ...]:
    """Return what is late, longest first; each story once."""
    found = [*_not_acted(now), *_pages_not_out(now), *_not_followed(now)]
    by_story: dict[str, Late] = {}
    for each in sorted(found, key=lambda each: each.due_at):
        by_story.setdefault(each.story, each)
    return tuple(by_story.values())[:MOST]


def _not_acted(now: datetime) -> list[Late]:
    return [
        Late(
            row.story,
            row.act,
            row.due_at,
            row.reason or "The press has not tried yet.",
            MEND_IT if row.failures else START_IT,
        )
        for row in overdue(*OF_STORIES, now=now)
    ]


def overdue(*acts: str, now: datetime) -> list[Schedule]:
    """Return what is on the schedule, should be done by now, and is not; longest first."""
    due: QuerySet[Schedule] = Schedule.objects.filter(act__in=acts, due_at__lte=now)
    missed = Q(failures__gt=0) | Q(due_at__lte=now - LATE_AFTER)
    return list(due.filter(missed).order_by("due_at")[:MOST])


def _pages_not_out(now: datetime) -> list[Late]:
    """Return stories whose own page stands on the ledger as parked, or as outdated for long."""
    pages = LedgerRow.objects.filter(recipe=Recipe.STORY.value)
    parked = pages.filter(surface=WEBSITE).exclude(parked="")
    # Those lanes hold what an act itself changed; others wait by design. Whoever named the
    # surface would have SQLite go through all its rows: only the site has a recipe.
    dirty = pages.filter(parked="", dirty_seq__isnull=False, lane__lte=Lane.PUBLISH)
    rows = [*parked[:MOST], *dirty.order_by("lane", "id")[:MOST]]
    times = dict(
        LogEntry.objects.filter(
            seq__in=[row.dirty_seq for row in rows if row.dirty_seq]
        ).values_list("seq", "at")
    )
    found = []
    for row in rows:
        at = times.get(row.dirty_seq or 0)
        if at is not None and (row.parked or at <= now - LATE_AFTER):
            reason = row.parked or "Its page has not been written yet."
            to_do = (TRIED_AGAIN if row.due_at else MEND_PAGE) if row.parked else START_IT
            is_out = row.live not in _NOT_OUT
            found.append(Late(row.subject, "old-page" if is_out else "page", at, reason, to_do))
    return found


def _not_followed(now: datetime) -> list[Late]:
    """Return stories of entries that the site does not follow, though it had the time."""
    followed = Cursor.objects.filter(name="site").values_list("seq", flat=True).first() or 0
    # The kind is not asked for: that would go through all stories there ever were.
    entries = LogEntry.objects.filter(at__lte=now - LATE_AFTER).order_by("seq").defer("version")
    stories = (entry for entry in _slices(entries, after=followed) if entry.kind == "story")
    reason = "The site does not follow the log."
    return [
        Late(entry.record_id, "page", entry.at, reason, CONFIRM_OR_START)
        for entry in islice(stories, MOST)
    ]


def _slices(entries: QuerySet[LogEntry], *, after: int) -> Iterator[LogEntry]:
    """Yield entries after one; asked for in slices, PostgreSQL prepares no more than are read."""
    while some := list(entries.filter(seq__gt=after)[:READ_AT_ONCE]):
        yield from some
        after = some[-1].seq
