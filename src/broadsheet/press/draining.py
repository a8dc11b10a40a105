"""
Brings out what was just committed, for commands that want to say whether it is out.

Works by itself, or waits for the worker that runs already. An act concerns the objects
that were outdated since just before it: one of them parked means that the act is not
out, whatever else went well. An object parked by an earlier act is somebody else's.
"""

import time
from datetime import datetime
from typing import NamedTuple

from django.db.models import QuerySet

from broadsheet.press import log, mass_change
from broadsheet.press.models import Cursor, LedgerRow
from broadsheet.press.models.ledger import WEBSITE, Lane
from broadsheet.press.ports import Wiring
from broadsheet.press.worker import Worker

LOOK_AGAIN_S = 0.02


class Stuck(NamedTuple):
    """One object of an act that could not be brought out."""

    key: str
    reason: str
    retry_at: datetime | None  # None: waits for a person


class Drained(NamedTuple):
    """What came of bringing out what was committed."""

    stuck: tuple[Stuck, ...]
    waiting: int  # objects of the act that were still to be rendered when the time was up
    plans: tuple[int, ...]  # that hold the act back until a publisher confirms them
    is_followed: bool  # the site has read the log up to the act

    @property
    def is_out(self) -> bool:
        """Return whether every own surface shows what was committed."""
        return self.is_followed and not (self.stuck or self.waiting)


def drain(wired: Wiring, *, since: int, timeout_s: float) -> Drained:
    """
    Bring out what was committed after one entry of the log; say what is not out, and why.

    Returns when all of it is out, parked or held back, and when the time is up.
    """
    # Nobody at a command line waits for what only makes a picture lighter.
    worker = Worker(wired, makes_first_sizes_only=True)
    seq = log.length()
    deadline = time.monotonic() + timeout_s
    while True:
        if worker.lock.try_to_take():
            worker.run_until_quiet(until_s=deadline)
            worker.lock.release()
        found = outcome(since=since, seq=seq)
        is_decided = found.plans if not found.is_followed else not found.waiting
        if is_decided or time.monotonic() >= deadline:
            return found
        time.sleep(LOOK_AGAIN_S)


def outcome(*, since: int, seq: int) -> Drained:
    """Return what has come by now of what was committed after one entry, up to another."""
    cursor = Cursor.objects.filter(name="site").values_list("seq", flat=True).first() or 0
    is_followed = cursor >= seq
    held = [] if is_followed else [p for p in mass_change.waiting() if p.surface == WEBSITE]
    # Looked at twice: the worker may park an object, or take it up again, between two looks.
    stuck = _stuck(since)
    waiting = _concerned(since).filter(parked="")
    if stuck:  # what is last waits for it, and nobody for that
        waiting = waiting.exclude(lane=Lane.LAST)
    return Drained(
        waiting=waiting.count(),
        stuck=stuck or _stuck(since),
        plans=tuple(plan.id for plan in held),
        is_followed=is_followed,
    )


def _stuck(since: int) -> tuple[Stuck, ...]:
    parked = _concerned(since).filter(surface=WEBSITE).exclude(parked="").order_by("lane", "id")
    return tuple(Stuck(row.key, row.parked, row.due_at) for row in parked)


def _concerned(since: int) -> QuerySet[LedgerRow]:
    # No upper bound: a batch of entries, or a later act, marks with the newest of them. Only
    # the website's rows are ever dirty; naming it would lead SQLite to another index.
    return LedgerRow.objects.filter(dirty_seq__gt=since)
