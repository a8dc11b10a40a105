"""A ledger in memory, for the simulation and for tests; lost with the process."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from broadsheet.reconciler.ledger import Claim, DesiredChanged, Standing, Verdict
from broadsheet.reconciler.outcomes import Found, Missing, Sent
from broadsheet.reconciler.placements import Action, Attempt, Placement
from broadsheet.reconciler.planning import ABSENT, Absent, Fingerprint
from broadsheet.reconciler.ports import LeaseLost
from broadsheet.reconciler.rereading import room_for_readings

_LONG_AGO = datetime.min.replace(tzinfo=UTC)
_NOTHING = Standing(live=None, remote_id="", container_id="", container_at=None)


@dataclass(slots=True)
class Row:
    """One row of the ledger. Read it; only the ledger writes it."""

    placement: Placement
    standing: Standing = _NOTHING
    due_at: datetime | None = None
    parked: str = ""
    read_again_at: datetime | None = None
    lease_owner: str = ""
    lease_until: datetime = _LONG_AGO

    @property
    def is_equal(self) -> bool:
        """Whether what is live is what is desired, as far as we know."""
        return self.standing.live == self.placement.desired

    def claimable_at(self) -> datetime | None:
        """Return the time from which the row may be claimed, None if never."""
        if self.parked:
            return None
        times = [self.placement.verify_at] if self.placement.verify_at else []
        if not self.is_equal:
            times.append(self.due_at or _LONG_AGO)
        return max(min(times), self.lease_until) if times else None


@dataclass(slots=True)
class MemoryLedger:
    """Keeps rows by account and key. Each call is whole, as a transaction is."""

    rows: dict[tuple[str, str], Row] = field(default_factory=dict)

    # What the newsroom does: it says what is wanted, asks for readings, and looks itself.

    def place(self, placement: Placement) -> None:
        """Add a placement that was never acted on."""
        self.rows[placement.account, placement.key] = Row(placement)

    def want(self, account: str, key: str, desired: Fingerprint | Absent, payload: bytes) -> None:
        """Change what a placement should be; once Absent, for ever Absent."""
        row = self.rows[account, key]
        if row.placement.desired is ABSENT:
            return
        row.placement = row.placement._replace(desired=desired, payload=payload, failures=0)
        row.due_at, row.parked = None, ""

    def verify(self, account: str, key: str, *, now: datetime) -> None:
        """Have a row read back, parked or not: a sweep, or a person's "try again"."""
        row = self.rows[account, key]
        row.placement = row.placement._replace(verify_at=now, failures=0)
        row.due_at, row.parked = None, ""

    def hear(
        self, account: str, key: str, seen: Found | Missing, *, who: str, now: datetime
    ) -> None:
        """Write down what a person saw on the network, and have the row looked at anew."""
        placement = self.rows[account, key].placement
        number = len(placement.attempts) + 1
        line = Attempt(number, Action.PERSON, "", "", now, now, seen, now, who)
        self._write(self.rows[account, key], line)
        self.verify(account, key, now=now)

    def next_claimable_at(self, account: str) -> datetime | None:
        """Return when the next row of an account may be claimed, None if none may ever."""
        times = [row.claimable_at() for row in self._rows_of(account)]
        return min((at for at in times if at is not None), default=None)

    def next_reading_at(self, account: str, *, after: datetime) -> datetime | None:
        """Return when the next settled row is worth another look, after a time; None if never."""
        rows = [row for row in self._rows_of(account) if row.is_equal and not row.parked]
        times = [row.read_again_at for row in rows if row.read_again_at]
        return min((at for at in times if at > after), default=None)

    # What the engine asks of a ledger.

    def claim(self, account: str, *, owner: str, now: datetime, lease_s: float) -> Claim | None:
        """Give the first claimable row, withdrawals before all else."""
        rows = [row for row in self._rows_of(account) if (row.claimable_at() or now) <= now]
        rows = [row for row in rows if row.claimable_at() is not None]
        if not rows:
            return None
        row = min(rows, key=lambda row: row.placement.desired is not ABSENT)
        row.lease_owner, row.lease_until = owner, now + timedelta(seconds=lease_s)
        return Claim(placement=row.placement, owner=owner, lease_s=lease_s)

    def read_again(self, account: str, *, now: datetime) -> int:
        """Ask for rows that settled long enough ago to be read back."""
        rows = [row for row in self._rows_of(account) if not row.parked]
        overdue = [
            (row.read_again_at, row.placement.key, row)
            for row in rows
            if row.is_equal
            and row.read_again_at
            and row.read_again_at <= now
            and row.lease_until <= now
        ]
        room = room_for_readings(sum(1 for row in rows if row.placement.verify_at))
        asked = [row for _, _, row in sorted(overdue, key=lambda each: each[:2])[:room]]
        for row in asked:
            row.placement = row.placement._replace(verify_at=now)
            row.read_again_at = None
        return len(asked)

    def begin_attempt(self, claim: Claim, attempt: Attempt) -> None:
        """Write down an open attempt, and renew the lease."""
        self.still_ours(claim, now=attempt.started_at)
        row = self._row(claim)
        if attempt.number != len(row.placement.attempts) + 1:
            raise LeaseLost
        if row.placement.desired != claim.placement.desired:
            raise DesiredChanged
        self._write(row, attempt)
        row.lease_until = attempt.started_at + timedelta(seconds=claim.lease_s)

    def still_ours(self, claim: Claim, *, now: datetime) -> None:
        """Return if the lease is ours and has not ended."""
        row = self._row(claim)
        if row.lease_owner != claim.owner or row.lease_until <= now:
            raise LeaseLost

    def close_attempt(self, claim: Claim, number: int, outcome: Sent, *, now: datetime) -> None:
        """Write down what came of an attempt, whoever holds the lease by now."""
        row = self._row(claim)
        attempts = list(row.placement.attempts)
        attempts[number - 1] = attempts[number - 1]._replace(outcome=outcome, finished_at=now)
        row.placement = row.placement._replace(attempts=tuple(attempts))
        try:
            self.still_ours(claim, now=now)
        except LeaseLost:
            row.placement = row.placement._replace(verify_at=now)
            row.parked = ""
            raise

    def record_reading(self, claim: Claim, reading: Attempt) -> None:
        """Append a closed FIND to the journal."""
        self.still_ours(claim, now=reading.finished_at or reading.started_at)
        row = self._row(claim)
        if reading.number != len(row.placement.attempts) + 1:
            raise LeaseLost
        self._write(row, reading)

    def release(self, claim: Claim, verdict: Verdict, *, now: datetime) -> None:
        """Write the verdict and end the lease."""
        self.still_ours(claim, now=now)
        row = self._row(claim)
        row.standing = verdict.standing
        row.lease_owner, row.lease_until = "", _LONG_AGO
        if _has_changed(row.placement, claim.placement):
            row.placement = row.placement._replace(verify_at=now)
            row.due_at, row.parked = None, ""
            return
        row.placement = row.placement._replace(
            verify_at=verdict.verify_at, failures=verdict.failures
        )
        row.due_at, row.parked = verdict.due_at, verdict.parked
        row.read_again_at = verdict.read_again_at

    def _rows_of(self, account: str) -> list[Row]:
        return [row for (name, _), row in self.rows.items() if name == account]

    def _row(self, claim: Claim) -> Row:
        return self.rows[claim.placement.account, claim.placement.key]

    def _write(self, row: Row, attempt: Attempt) -> None:
        row.placement = row.placement._replace(attempts=(*row.placement.attempts, attempt))
        row.standing = row.standing._replace(live=None)


def _has_changed(row: Placement, claimed: Placement) -> bool:
    return row.desired != claimed.desired or row.verify_at != claimed.verify_at
