"""
The broken twins: the program with one promise taken out, planted in the child that is killed.

Each must be found out by the same killing and checking that finds nothing in the program.
"""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from broadsheet.newsroom import publishing
from broadsheet.press import deriving, log, printing, scheduling
from broadsheet.press.models import Cursor, LedgerRow, Schedule
from broadsheet.press.posts import journal, ledger
from broadsheet.press.tables import Tables
from broadsheet.reconciler.ledger import Claim
from broadsheet.reconciler.outcomes import Sent
from broadsheet.reconciler.placements import Attempt

Act = Callable[[], object]


def version_after_its_row(act: Act) -> object:
    """Commit the version in a transaction of its own, after the row's."""
    commit = publishing.commit_story

    def commit_later(story: Any, *, significant: bool) -> None:
        def in_its_own() -> None:
            with transaction.atomic():
                commit(story, significant=significant)

        transaction.on_commit(in_its_own)

    publishing.commit_story = commit_later
    return act()


def cursor_before_its_marks(act: Act) -> object:
    """Move the cursor in one transaction, and mark what is out of date in the next."""

    def derive(tables: Tables) -> int:
        with transaction.atomic():
            place, _ = Cursor.objects.get_or_create(name="site")
            entries = list(log.after(place.seq, limit=500))
            if not entries:
                return 0
            changes = deriving._changes(entries, tables)
            deriving._advance(changes)
            place.seq = entries[-1].seq
            place.save(update_fields=["seq"])
        with transaction.atomic():
            tables.forget((change.kind, change.record_id) for change in changes)
            deriving._mark(changes, seq=place.seq, tables=tables)
        return len(entries)

    deriving.derive = derive
    return act()


def clean_before_written(act: Act) -> object:
    """Strike objects off as printed before their files are there."""
    urgent = printing._most_urgent

    def strike_off() -> Any:
        rows = urgent()
        LedgerRow.objects.filter(id__in=[row.id for row in rows]).update(dirty_seq=None)
        return rows

    printing._most_urgent = strike_off
    return act()


def struck_off_before_done(act: Act) -> object:
    """Take an act off the schedule in one transaction, and do it in the next."""

    def do(due: Schedule, newsroom: Any, *, now: datetime) -> None:
        Schedule.objects.filter(id=due.id).delete()
        with transaction.atomic():
            (newsroom.go_live if due.act == "go-live" else newsroom.expire)(due.story, now=now)

    scheduling._do = do
    return act()


def request_without_a_journal(act: Act) -> object:
    """Write an attempt down when its outcome is known, not before it leaves."""
    begun: dict[int, Attempt] = {}

    def begin_attempt(self: ledger.PostLedger, claim: Claim, attempt: Attempt) -> None:
        begun[attempt.number] = attempt

    def close_attempt(
        self: ledger.PostLedger, claim: Claim, number: int, outcome: Sent, *, now: datetime
    ) -> None:
        row = self._rows.get(key=claim.placement.key)
        journal.write(row, begun[number]._replace(outcome=outcome, finished_at=now))

    ledger.PostLedger.begin_attempt = begin_attempt  # type: ignore[method-assign]
    ledger.PostLedger.close_attempt = close_attempt  # type: ignore[method-assign]
    return act()


TWINS: Mapping[str, Callable[[Act], object]] = {
    twin.__name__.replace("_", "-"): twin
    for twin in (
        version_after_its_row,
        cursor_before_its_marks,
        clean_before_written,
        struck_off_before_done,
        request_without_a_journal,
    )
}
