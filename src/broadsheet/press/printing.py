"""
Renders what is out of date, writes what differs, and records what was read.

Order of work: lanes first (take down, withdraw, publish, fan-out, rebuild), pictures before
the page that shows them. Rendering and writing happen outside any transaction; then one
transaction commits fingerprints, traces and clean marks for the batch. A crash in
between leaves the objects dirty: they are rendered again and written again, to the
same bytes.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

from django.db import transaction

from broadsheet.press.asking import carry_out, chunks, places, rows, stored
from broadsheet.press.isolation import Failed, isolated
from broadsheet.press.models import LedgerRow
from broadsheet.press.models.ledger import WEBSITE, Lane
from broadsheet.press.ports import Wiring
from broadsheet.press.tables import Tables
from broadsheet.projections.facts import Facts
from broadsheet.projections.lists import FEED
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
_LOOKED_THROUGH = 16 * BATCH_OBJECTS  # for the first of them, where people wait: about 1 ms


class Dirty(NamedTuple):
    """What the ledger says of an object that is out of date."""

    id: int
    key: str
    recipe: str
    subject: str
    lane: int
    live: str
    failures: int


class Printed(NamedTuple):
    """One object, rendered and, where it differed, written."""

    row: Dirty
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
    urgent = _most_urgent()
    traces = {row.id: Facts(tables, tables.fingerprints) for row in urgent}
    results = [(row, _print(row, traces[row.id], wired)) for row in urgent]
    printed = [result for _, result in results if isinstance(result, Printed)]
    failed = [(row, result) for row, result in results if isinstance(result, Failed)]
    written = sum(result.is_written for result in printed)
    if urgent:
        with transaction.atomic():
            _record(printed, now=now)
            _park(failed, now=now)
            _record_facts(traces)
            _record_windows(traces)
    return Tally(len(printed), written, len(failed))


def unpark_due(*, now: datetime) -> int:
    """Take up again what failed for a reason that may have passed, such as a full disk."""
    if not rows(_IS_DUE, WEBSITE, stored(now)):  # without the write lock: most rounds find nothing
        return 0
    due = LedgerRow.objects.filter(surface=WEBSITE, due_at__lte=now).exclude(parked="")
    return due.update(parked="", due_at=None)


def _park(failed: Iterable[tuple[Dirty, Failed]], *, now: datetime) -> None:
    for row, failure in failed:
        failures = row.failures + 1
        wait_s = min(RETRY_S * 2 ** (failures - 1), LONGEST_RETRY_S)
        LedgerRow.objects.filter(id=row.id).update(
            parked=failure.reason,
            failures=failures,
            due_at=now + timedelta(seconds=wait_s) if failure.is_temporary else None,
        )


def _most_urgent() -> Sequence[Dirty]:
    """Return the next batch, in the order of work."""
    urgent = [Dirty(*row) for row in rows(_MOST_URGENT, BATCH_OBJECTS)]
    if len(urgent) == BATCH_OBJECTS and urgent[-1].lane < Lane.REBUILD:
        # One act outdates more than a batch: a new front, say, has a younger row than old feeds.
        urgent = [Dirty(*row) for row in rows(_MOST_URGENT, _LOOKED_THROUGH)]
    urgent = sorted(urgent, key=_rank)[:BATCH_OBJECTS]
    if not urgent or urgent[-1].lane != Lane.LAST:
        return urgent
    first = [row for row in urgent if row.lane != Lane.LAST]
    return first or ([] if _is_something_parked() else urgent)


def _is_something_parked() -> bool:
    """Say whether readers still get a page of before, which needs its style sheet."""
    parked = LedgerRow.objects.filter(surface=WEBSITE, dirty_seq__isnull=False).exclude(parked="")
    return parked.exclude(lane=Lane.LAST).exists()


def _rank(row: Dirty) -> tuple[int, int, int]:
    """Pictures, pages, fronts, the paper's feeds, sitemaps, what few wait for; archives last."""
    place = _ORDER.get(row.recipe, _A_LIST)
    if place == _A_FEED and row.subject != FEED:
        place = _BESIDE
    return row.lane, place, row.id


# Full text of twenty stories, compressed twice, takes a feed five times as long as a front: a
# section's and an author's are brought out after all that readers of the paper look at.
_PICTURE, _PAGE, _A_LIST, _A_FEED, _A_MAP, _BESIDE, _AN_ARCHIVE = range(7)
_ORDER = {
    Recipe.RENDITION.value: _PICTURE,
    Recipe.STORY.value: _PAGE,
    Recipe.RSS.value: _A_FEED,
    Recipe.ATOM.value: _A_FEED,
    Recipe.NEWS_SITEMAP.value: _A_MAP,
    Recipe.SITEMAP_INDEX.value: _A_MAP,
    Recipe.SITEMAP_PERIOD.value: _A_MAP,
    Recipe.JSON_FEED.value: _BESIDE,
    Recipe.TRENDING.value: _BESIDE,
    Recipe.TRENDING_SLOT.value: _BESIDE,
    Recipe.NINJS.value: _BESIDE,
    Recipe.OEMBED.value: _BESIDE,
    Recipe.API_NEWEST.value: _BESIDE,
    Recipe.ARCHIVE_INDEX.value: _AN_ARCHIVE,
    Recipe.ARCHIVE_MONTH.value: _AN_ARCHIVE,
    Recipe.API_PERIOD.value: _AN_ARCHIVE,
    Recipe.ARCHIVE_DAY.value: _AN_ARCHIVE,
}


def _print(row: Dirty, facts: Facts, wired: Wiring) -> Printed | Failed:
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
    carry_out(
        _RECORD,
        (
            (
                result.identity,
                result.identity,
                stored(now) if result.is_written else None,
                result.row.id,
            )
            for result in printed
        ),
    )


# Django's bulk_update builds an expression tree for each value, which took longer than
# rendering the pages (measured: 6 ms for 13 rows; this: 0.2 ms).
_RECORD = (
    "UPDATE press_ledgerrow SET desired = %s, live = %s, written_at = COALESCE(%s, written_at),"
    " dirty_seq = NULL, failures = 0 WHERE id = %s"
)


def _record_facts(traces: Traces) -> None:
    """Write only what differs: a list that gained one story keeps nineteen stories' facts."""
    known = {
        (row, fact): said
        for some in chunks(sorted(traces))
        for row, fact, said in rows(f"{_FACTS_OF} ({places(some)})", *some)
    }
    fresh = {
        (row, fact): said for row, facts in traces.items() for fact, said in facts.facts.items()
    }
    carry_out(_FORGET_FACT, known.keys() - fresh.keys())
    carry_out(_NOTE_FACT, ((*place, said) for place, said in fresh.items() - known.items()))


def _record_windows(traces: Traces) -> None:
    known = {
        tuple(found)
        for some in chunks(sorted(traces))
        for found in rows(f"{_WINDOWS_OF} ({places(some)})", *some)
    }
    fresh = {(row, *window) for row, facts in traces.items() for window in facts.windows}
    carry_out(_FORGET_WINDOW, known - fresh)
    carry_out(_NOTE_WINDOW, sorted(fresh - known))


_FACTS_OF = "SELECT row_id, fact, fingerprint FROM press_factread WHERE row_id IN"
_FORGET_FACT = "DELETE FROM press_factread WHERE row_id = %s AND fact = %s"
_NOTE_FACT = (
    "INSERT INTO press_factread (row_id, fact, fingerprint) VALUES (%s, %s, %s)"
    " ON CONFLICT (row_id, fact) DO UPDATE SET fingerprint = excluded.fingerprint"
)
_WINDOWS_OF = "SELECT row_id, list_name, low, high FROM press_windowread WHERE row_id IN"
_FORGET_WINDOW = (
    "DELETE FROM press_windowread WHERE row_id = %s AND list_name = %s AND low = %s AND high = %s"
)
_NOTE_WINDOW = "INSERT INTO press_windowread (row_id, list_name, low, high) VALUES (%s, %s, %s, %s)"

# The last condition as the index has it.
_IS_DUE = (
    "SELECT 1 FROM press_ledgerrow"
    " WHERE surface = %s AND due_at <= %s AND NOT (parked = '') LIMIT 1"
)
# Only the website's rows are ever dirty. Naming it would lead SQLite to another index.
_MOST_URGENT = (
    "SELECT id, key, recipe, subject, lane, live, failures FROM press_ledgerrow"
    " WHERE dirty_seq IS NOT NULL AND parked = '' ORDER BY lane, id LIMIT %s"
)
