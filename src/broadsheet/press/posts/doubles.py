"""
Tells people of posts that stood twice: found by a reading, the younger copy withdrawn.

It is rare, and readers may have seen it; so it is a warning in the log at once, and a line
of `broadsheet status` from then on.
"""

import logging
from datetime import datetime
from typing import NamedTuple, cast

from broadsheet.press.models import LedgerRow
from broadsheet.press.posts import journal
from broadsheet.reconciler.outcomes import Found
from broadsheet.reconciler.placements import Attempt

_LOG = logging.getLogger(__name__)

SHOWN = 10  # the newest; the count names all


class Double(NamedTuple):
    """One post that stood more than once when it was read."""

    surface: str
    account: str
    key: str
    remote_ids: tuple[str, ...]  # oldest first: the one that stays
    read_at: datetime


def is_double(reading: Attempt) -> bool:
    """Return whether a reading saw more than one copy."""
    return len(_copies(reading)) > 1


def report(row: LedgerRow, reading: Attempt) -> None:
    """Write a warning if a reading saw more than one copy."""
    first, *others = _copies(reading) or ("",)
    if others:
        _LOG.warning(
            "posted twice on %s/%s: story %s (%s) stands as %s, and as %s, to be withdrawn",
            row.surface,
            row.account,
            row.story,
            row.key,
            first,
            ", ".join(others),
        )


def newest() -> list[Double]:
    """Return the posts that were read doubled last, newest first."""
    rows = LedgerRow.objects.filter(doubled_at__isnull=False).order_by("-doubled_at", "-id")
    return [_double(row) for row in rows[:SHOWN]]


def _double(row: LedgerRow) -> Double:
    readings = (journal.read(line) for line in row.attempts.filter(outcome="found"))
    seen = [_copies(reading) for reading in readings if is_double(reading)]
    ids = tuple(dict.fromkeys(remote_id for copies in seen for remote_id in copies))
    return Double(row.surface, row.account, row.key, ids, cast("datetime", row.doubled_at))


def _copies(reading: Attempt) -> tuple[str, ...]:
    if not isinstance(reading.outcome, Found):
        return ()
    return tuple(copy.remote_id for copy in reading.outcome.copies)
