"""
Keeps the lines of a post's journal as rows of attempts, and reads them back.

An outcome is kept as its name and its fields as JSON, so that a line says what came of it
without this software, too.
"""

from typing import NamedTuple

import msgspec
from django.db.models import Max, QuerySet

from broadsheet.press.models import Attempt as AttemptRow
from broadsheet.press.models import LedgerRow
from broadsheet.reconciler import outcomes
from broadsheet.reconciler.outcomes import Seen, Sent
from broadsheet.reconciler.placements import Action, Attempt

_OUTCOMES: dict[str, type[NamedTuple]] = {
    kind.__name__.lower(): kind
    for kind in (
        outcomes.Done,
        outcomes.Ready,
        outcomes.NotSent,
        outcomes.Unknown,
        outcomes.Throttled,
        outcomes.Refused,
        outcomes.Duplicate,
        outcomes.Found,
        outcomes.Missing,
        outcomes.Unreadable,
    )
}


# What came of lines that put nothing before readers, and never will.
_HARMLESS = ("notsent", "throttled", "refused", "ready", "missing")


def that_may_be_out(lines: QuerySet[AttemptRow]) -> QuerySet[AttemptRow]:
    """Return those lines by which a post may stand before readers, or may yet."""
    return lines.exclude(outcome__in=_HARMLESS)


def recorded(outcome: Sent | Seen) -> tuple[str, bytes]:
    """Return an outcome as a row of attempts keeps it: its name, and its fields as JSON."""
    return type(outcome).__name__.lower(), msgspec.json.encode(tuple(outcome))


def next_number(row: LedgerRow) -> int:
    """Return the number of a journal's next line."""
    return (row.attempts.aggregate(last=Max("number"))["last"] or 0) + 1


def write(row: LedgerRow, attempt: Attempt) -> None:
    """Add a line to a post's journal."""
    name, detail = ("", b"") if attempt.outcome is None else recorded(attempt.outcome)
    AttemptRow.objects.create(
        row=row,
        number=attempt.number,
        action=attempt.action.value,
        fingerprint=attempt.fingerprint,
        target=attempt.target,
        started_at=attempt.started_at,
        deadline_at=attempt.deadline_at,
        outcome=name,
        detail=detail,
        finished_at=attempt.finished_at,
        worker=attempt.worker,
    )


def read(row: AttemptRow) -> Attempt:
    """Return a line of a journal."""
    return Attempt(
        number=row.number,
        action=Action(row.action),
        fingerprint=row.fingerprint,
        target=row.target,
        started_at=row.started_at,
        deadline_at=row.deadline_at,
        outcome=_outcome(row),
        finished_at=row.finished_at,
        worker=row.worker,
    )


def _outcome(row: AttemptRow) -> Sent | Seen | None:
    if not row.outcome:
        return None
    return msgspec.json.decode(bytes(row.detail), type=_OUTCOMES[row.outcome])  # type: ignore[return-value]  # the closed set
