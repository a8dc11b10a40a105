"""
Renders what is out of date, writes what differs, and records what was read.

Order of work: lanes first (withdraw, publish, fan-out, rebuild), pictures before the
page that shows them. Rendering and writing happen outside any transaction; then one
transaction commits fingerprints, traces and clean marks for the batch. A crash in
between leaves the objects dirty: they are rendered again and written again, to the
same bytes.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

from django.db import connection, transaction

from broadsheet.press.isolation import Failed, isolated
from broadsheet.press.models import FactRead, LedgerRow, WindowRead
from broadsheet.press.models.ledger import WEBSITE
from broadsheet.press.ports import Wiring
from broadsheet.press.tables import Tables
from broadsheet.projections.facts import Facts
from broadsheet.projections.objects import (
    Identity,
    Object,
    ObjectKey,
    Recipe,
    identity_of,
)

RETRY_S = 2  # a full disk is looked at again after this, then twice as long each time
LONGEST_RETRY_S = 300
BATCH_OBJECTS = 32  # rendered between two looks at the log: about 60 ms of work


class Printed(NamedTuple):
    """One object, rendered and, where it differed, written."""

    row: LedgerRow
    identity: Identity
    is_written: bool


Traces = Mapping[int, Facts]  # by row: what its rendering read, also a failed one's


class Tally(NamedTuple):
    """What a batch did."""

    rendered: int
    written: int
    parked: int


def print_batch(tables: Tables, wired: Wiring, *, now: datetime) -> Tally:
    """Render the most urgent objects that are out of date; all zero when there are none."""
    rows = sorted(_most_urgent(), key=_rank)
    traces = {row.id: Facts(tables) for row in rows}
    results = [(row, _print(row, traces[row.id], wired)) for row in rows]
    printed = [result for _, result in results if isinstance(result, Printed)]
    failed = [(row, result) for row, result in results if isinstance(result, Failed)]
    written = sum(result.is_written for result in printed)
    if rows:
        with transaction.atomic():
            _record(printed, now=now)
            _park(failed, now=now)
            _record_facts(traces)
            _record_windows(traces)
    return Tally(len(printed), written, len(failed))


def unpark_due(*, now: datetime) -> int:
    """Take up again what failed for a reason that may have passed, such as a full disk."""
    due = LedgerRow.objects.filter(surface=WEBSITE, due_at__lte=now).exclude(parked="")
    return due.update(parked="", due_at=None)


def _park(failed: Iterable[tuple[LedgerRow, Failed]], *, now: datetime) -> None:
    for row, failure in failed:
        failures = row.failures + 1
        wait_s = min(RETRY_S * 2 ** (failures - 1), LONGEST_RETRY_S)
        LedgerRow.objects.filter(id=row.id).update(
            parked=failure.reason,
            failures=failures,
            due_at=now + timedelta(seconds=wait_s) if failure.is_temporary else None,
        )


def _most_urgent() -> Sequence[LedgerRow]:
    dirty = LedgerRow.objects.filter(surface=WEBSITE, dirty_seq__isnull=False, parked="")
    return list(dirty.order_by("lane", "id")[:BATCH_OBJECTS])


def _rank(row: LedgerRow) -> tuple[int, int, int]:
    """Pictures before pages, pages before lists."""
    order = {Recipe.RENDITION.value: 0, Recipe.STORY.value: 1}
    return row.lane, order.get(row.recipe, 2), row.id


def _print(row: LedgerRow, facts: Facts, wired: Wiring) -> Printed | Failed:
    obj = Object(ObjectKey(row.key), Recipe(row.recipe), row.subject)

    def work() -> Printed:
        rendered = wired.printing.render(obj, facts)
        identity = identity_of(rendered)
        differs = identity != row.live
        if differs:
            wired.store.put(obj.key, rendered)
        return Printed(row, identity, differs)

    return isolated(f"rendering {row.key}", work)


def _record(printed: Sequence[Printed], *, now: datetime) -> None:
    """Write down what is live now, in one statement carried out for each row."""
    with connection.cursor() as cursor:
        cursor.executemany(
            _RECORD,
            [
                (
                    result.identity,
                    result.identity,
                    connection.ops.adapt_datetimefield_value(
                        now if result.is_written else result.row.written_at
                    ),
                    result.row.id,
                )
                for result in printed
            ],
        )


# Django's bulk_update builds an expression tree for each value, which took longer than
# rendering the pages (measured: 6 ms for 13 rows; this: 0.2 ms).
_RECORD = (
    "UPDATE press_ledgerrow SET desired = %s, live = %s, written_at = %s,"
    " dirty_seq = NULL, failures = 0 WHERE id = %s"
)


def _record_facts(traces: Traces) -> None:
    """Write only what differs: a list that gained one story keeps nineteen stories' facts."""
    known: dict[tuple[int, str], tuple[int, str]] = {
        (row, fact): (pk, said)
        for pk, row, fact, said in FactRead.objects.filter(row__in=list(traces)).values_list(
            "id", "row_id", "fact", "fingerprint"
        )
    }
    fresh = {
        (row, fact): said for row, facts in traces.items() for fact, said in facts.facts.items()
    }
    _delete_facts(pk for place, (pk, _) in known.items() if place not in fresh)
    FactRead.objects.bulk_create(
        [
            FactRead(row_id=row, fact=fact, fingerprint=said)
            for (row, fact), said in fresh.items()
            if known.get((row, fact), (0, ""))[1] != said
        ],
        update_conflicts=True,
        unique_fields=["row", "fact"],
        update_fields=["fingerprint"],
        batch_size=200,
    )


def _delete_facts(ids: Iterable[int]) -> None:
    gone = list(ids)
    for start in range(0, len(gone), 500):
        FactRead.objects.filter(id__in=gone[start : start + 500]).delete()


def _record_windows(traces: Traces) -> None:
    known: dict[tuple[int, str, str, str], int] = {
        (row, name, low, high): pk
        for pk, row, name, low, high in WindowRead.objects.filter(row__in=list(traces)).values_list(
            "id", "row_id", "list_name", "low", "high"
        )
    }
    fresh = {(row, *window) for row, facts in traces.items() for window in facts.windows}
    gone = [pk for place, pk in known.items() if place not in fresh]
    if gone:
        WindowRead.objects.filter(id__in=gone).delete()
    WindowRead.objects.bulk_create(
        [
            WindowRead(row_id=row, list_name=name, low=low, high=high)
            for row, name, low, high in sorted(fresh - known.keys())
        ],
        batch_size=200,
    )
