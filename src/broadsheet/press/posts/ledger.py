"""
Keeps placements for the reconciler's engine in the press's tables.

Held to the same laws as the ledger in memory (tests/contract/ledger_laws.py). Every
call is one short transaction; nothing is awaited inside one.
"""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F, Max, Q, QuerySet

from broadsheet.press import asking
from broadsheet.press.models import Account, LedgerRow
from broadsheet.press.models.ledger import ABSENT_TEXT
from broadsheet.press.posts import doubles, journal
from broadsheet.reconciler.ledger import Claim, DesiredChanged, HasToWait, Standing, Verdict
from broadsheet.reconciler.outcomes import Sent
from broadsheet.reconciler.placements import Action, Attempt, Placement, Rewrite
from broadsheet.reconciler.planning import ABSENT, Absent, Fingerprint
from broadsheet.reconciler.ports import LeaseLost
from broadsheet.reconciler.rereading import READINGS_AT_ONCE, room_for_readings

_MAKING = (Action.CREATE, Action.PREPARE, Action.PUBLISH)
NO_ROWS = Q(pk__in=[])


class PostLedger:
    """The ledger rows of one account."""

    def __init__(
        self, account: Account, *, waiting: Q = NO_ROWS, not_to_be_made: Q = NO_ROWS
    ) -> None:
        """Keep whose rows these are; which nobody may claim for now, and which nobody make."""
        self._rows = LedgerRow.objects.filter(surface=account.surface, account=account.name)
        self._account = account
        self._waiting = waiting
        self._not_to_be_made = not_to_be_made

    def claim(self, account: str, *, owner: str, now: datetime, lease_s: float) -> Claim | None:
        """Give the most urgent claimable row to this owner until now + lease_s; None if none."""
        if account != _name(self._account):
            return None
        # A look without the write lock first: most looks find nothing.
        if self._most_urgent(self._rows, now) is None:
            return None
        with transaction.atomic():
            skip_locked = transaction.get_connection().features.has_select_for_update_skip_locked
            rows = self._rows.select_for_update(skip_locked=skip_locked)
            row = self._most_urgent(rows, now)
            if row is None:
                return None
            row.lease_owner, row.lease_until = owner, now + timedelta(seconds=lease_s)
            row.save(update_fields=["lease_owner", "lease_until"])
            return Claim(_placement(row, self._account), owner, lease_s)

    def read_again(self, account: str, *, now: datetime) -> int:
        """Ask for a few rows that settled long enough ago to be read back; return how many."""
        if account != _name(self._account):
            return 0
        rows = self._rows.filter(parked="").exclude(self._waiting)
        overdue = rows.filter(_free(now), read_again_at__lte=now, desired=F("live"))
        if not overdue.exists():  # most looks find nothing, and take no lock
            return 0
        being_read = rows.filter(verify_at__isnull=False)[:READINGS_AT_ONCE].count()
        with transaction.atomic():
            longest = overdue.order_by("read_again_at").values_list("id", flat=True)
            ids = list(longest[: room_for_readings(being_read)])
            return overdue.filter(id__in=ids).update(verify_at=now, read_again_at=None)

    def begin_attempt(self, claim: Claim, attempt: Attempt) -> None:
        """
        Write down an open attempt, before a byte leaves, and renew the lease from its start.

        A row that nobody may claim by now is not begun either: its page may have been taken
        down since, or its account's plan be waiting for a person.

        From here till release, live is None.

        Raises:
            LeaseLost: the row is no longer ours, or its journal has moved on.
            DesiredChanged: the row wants something else than the claim says.
            HasToWait: it must not be acted on by now.

        """
        with transaction.atomic():
            row = self._held(claim, now=attempt.started_at)
            if _desired(row) != claim.placement.desired:
                message = f"{row.key} wants something else by now"
                raise DesiredChanged(message)
            if self._has_to_wait(row, attempt):
                message = f"{row.key} has to wait by now"
                raise HasToWait(message)
            last = row.attempts.aggregate(last=Max("number"))["last"] or 0
            if attempt.number != last + 1:
                message = f"the journal of {row.key} has moved on to {last}"
                raise LeaseLost(message)
            journal.write(row, attempt)
            row.lease_until = attempt.started_at + timedelta(seconds=claim.lease_s)
            row.live = ""  # in doubt till the verdict, should this worker die
            row.save(update_fields=["lease_until", "live"])

    def still_ours(self, claim: Claim, *, now: datetime) -> None:
        """
        Return if the lease is ours and has not ended.

        Raises:
            LeaseLost: it is not, or it has.

        """
        mine = self._rows.filter(
            key=claim.placement.key, lease_owner=claim.owner, lease_until__gt=now
        )
        if not mine.exists():
            message = f"the lease of {claim.placement.key} has ended"
            raise LeaseLost(message)

    def close_attempt(self, claim: Claim, number: int, outcome: Sent, *, now: datetime) -> None:
        """
        Write down what came of an attempt, whoever holds the lease by now.

        Raises:
            LeaseLost: the outcome is written, and the row made claimable at once; it is no
                longer ours to decide on.

        """
        with transaction.atomic():
            row = self._rows.select_for_update().get(key=claim.placement.key)
            name, detail = journal.recorded(outcome)
            row.attempts.filter(number=number, outcome="").update(
                outcome=name, detail=detail, finished_at=now
            )
            is_ours = _is_held(row, claim, now=now)
            if not is_ours:
                row.parked, row.verify_at = "", now
                row.save(update_fields=["parked", "verify_at"])
        if not is_ours:
            message = f"the outcome of {row.key} is written; somebody else decides on it"
            raise LeaseLost(message)

    def record_reading(self, claim: Claim, reading: Attempt) -> None:
        """
        Append a closed FIND to the journal. From here till release, live is None.

        Raises:
            LeaseLost: nothing is written.

        """
        with transaction.atomic():
            now = reading.finished_at or reading.started_at
            row = self._held(claim, now=now)
            last = row.attempts.aggregate(last=Max("number"))["last"] or 0
            if reading.number != last + 1:
                message = f"the journal of {row.key} has moved on to {last}"
                raise LeaseLost(message)
            journal.write(row, reading)
            row.live = ""  # likewise
            if doubles.is_double(reading):
                row.doubled_at = now
            row.save(update_fields=["live", "doubled_at"])
        doubles.report(row, reading)

    def release(self, claim: Claim, verdict: Verdict, *, now: datetime) -> None:
        """
        Write the verdict and end the lease.

        If the wish has changed meanwhile, only standing is written, and the row is due now.

        Raises:
            LeaseLost: nothing is written.

        """
        with transaction.atomic():
            row = self._held(claim, now=now)
            _stand(row, verdict.standing)
            if _wish(row) == (claim.placement.desired, claim.placement.verify_at):
                row.due_at, row.verify_at = verdict.due_at, verdict.verify_at
                row.parked, row.failures = verdict.parked, verdict.failures
                row.read_again_at = verdict.read_again_at
            else:
                row.due_at, row.parked, row.verify_at = None, "", now
            row.lease_owner, row.lease_until = "", None
            row.save()

    def _has_to_wait(self, row: LedgerRow, attempt: Attempt) -> bool:
        """Say so too of a post that was claimed to be read, and is to be made as it is missing."""
        waiting = self._waiting
        if attempt.action in _MAKING:
            waiting |= self._not_to_be_made
        return self._rows.filter(waiting, id=row.id).exists()

    def _most_urgent(self, rows: QuerySet[LedgerRow], now: datetime) -> LedgerRow | None:
        """Return the most urgent row to act on or to read back; two questions, an index each."""
        claimable = rows.filter(_free(now), parked="").exclude(self._waiting).order_by("lane", "id")
        due = Q(due_at__isnull=True) | Q(due_at__lte=now)
        # Nothing is desired "" and ready; saying so lets the index of unequal rows answer.
        to_act = claimable.filter(~Q(desired=""), ~Q(desired=F("live")), due).first()
        to_read = claimable.filter(~Q(desired=""), verify_at__lte=now).first()
        found = [row for row in (to_act, to_read) if row is not None]
        return min(found, key=lambda row: (row.lane, row.id), default=None)

    def _held(self, claim: Claim, *, now: datetime) -> LedgerRow:
        row = self._rows.select_for_update().get(key=claim.placement.key)
        if not _is_held(row, claim, now=now):
            message = f"the lease of {row.key} has ended"
            raise LeaseLost(message)
        return row


def may_have_work(account: Account, *, now: datetime) -> bool:
    """
    Say whether anything of an account could be due: where not, nothing needs to be asked of it.

    In plain SQL, since it is asked every second of every account: what a claim asks takes ten
    times as long to build. Whoever has to wait, or is leased, is not looked at here.
    """
    of, until = (account.surface, account.name), asking.stored(now)
    return bool(
        asking.rows(_UNEQUAL, *of)
        or asking.rows(_TO_READ, *of, until)
        or asking.rows(_TO_READ_AGAIN, *of, until)
    )


# Each by an index, whose condition it repeats.
_OF = "SELECT 1 FROM press_ledgerrow WHERE surface = %s AND account = %s AND parked = ''"
_UNEQUAL = f"{_OF} AND NOT (desired = live) AND NOT (desired = '') LIMIT 1"
_TO_READ = f"{_OF} AND verify_at IS NOT NULL AND verify_at <= %s LIMIT 1"
_TO_READ_AGAIN = f"{_OF} AND read_again_at IS NOT NULL AND read_again_at <= %s LIMIT 1"


def _free(now: datetime) -> Q:
    return Q(lease_until__isnull=True) | Q(lease_until__lte=now)


def _is_held(row: LedgerRow, claim: Claim, *, now: datetime) -> bool:
    return row.lease_owner == claim.owner and row.lease_until is not None and row.lease_until > now


def _wish(row: LedgerRow) -> tuple[Fingerprint | Absent, datetime | None]:
    return _desired(row), row.verify_at


def _stand(row: LedgerRow, standing: Standing) -> None:
    if standing.live is None:
        row.live = ""
    else:
        row.live = ABSENT_TEXT if standing.live is ABSENT else standing.live
    row.remote_id = standing.remote_id
    row.container_id, row.container_at = standing.container_id, standing.container_at


def _placement(row: LedgerRow, account: Account) -> Placement:
    return Placement(
        account=_name(account),
        key=row.key,
        delivery_id=row.delivery_id,
        desired=_desired(row),
        payload=bytes(row.payload),
        rewrite=Rewrite(account.settings.get("rewrite", Rewrite.REPOST.value)),
        attempts=tuple(journal.read(attempt) for attempt in row.attempts.order_by("number")),
        verify_at=row.verify_at,
        failures=row.failures,
    )


def _name(account: Account) -> str:
    """Return what the engine calls an account."""
    return f"{account.surface}/{account.name}"


def _desired(row: LedgerRow) -> Fingerprint | Absent:
    return ABSENT if row.desired == ABSENT_TEXT else Fingerprint(row.desired)
