"""
Broken twins of the protocol: the same engine with one rule of promise 3 broken.

Each breaks its rule from outside, at a port: it lies to the engine about an outcome, about
the network, or about the ledger. Nothing in the engine knows of them.
"""

import itertools
from collections.abc import Callable
from datetime import timedelta

from broadsheet.reconciler.ledger import Claim, DesiredChanged
from broadsheet.reconciler.memory import MemoryLedger, Row
from broadsheet.reconciler.outcomes import Done, Found, Missing, NotSent, Unknown, Unreadable
from broadsheet.reconciler.planning import ABSENT
from broadsheet.reconciler.ports import LeaseLost, Surface, Traits
from broadsheet.reconciler.simulation.stage import HONEST, Crew


class SurfaceTwin:
    """A surface that hands on what a twin does not falsify."""

    def __init__(self, surface: Surface) -> None:
        """Keep the true surface."""
        self._surface = surface

    def __getattr__(self, name):
        return getattr(self._surface, name)


class TimeoutMeansNotSent(SurfaceTwin):
    """Takes silence for failure."""

    def create(self, order, *, before_bytes_leave):
        """Create, and say that nothing left when nothing came back."""
        return self._told(self._surface.create(order, before_bytes_leave=before_bytes_leave))

    def publish(self, order, container_id, *, before_bytes_leave):
        """Publish, and say so likewise."""
        outcome = self._surface.publish(order, container_id, before_bytes_leave=before_bytes_leave)
        return self._told(outcome)

    def _told(self, outcome):
        return NotSent("no answer") if isinstance(outcome, Unknown) else outcome


class SilenceMeansDone(SurfaceTwin):
    """Takes an edit without an answer for done."""

    def edit(self, order, remote_id, *, before_bytes_leave):
        """Edit, and say it is done unless the network says no."""
        outcome = self._surface.edit(order, remote_id, before_bytes_leave=before_bytes_leave)
        return Done(remote_id) if isinstance(outcome, Unknown) else outcome


class UnreadableMeansMissing(SurfaceTwin):
    """Takes a reading that was cut short for a complete one."""

    def find(self, order, *, now):
        """Read, and say nothing is there when nothing could be read."""
        seen = self._surface.find(order, now=now)
        return Missing(now) if isinstance(seen, Unreadable) else seen


class SeesOneCopy(SurfaceTwin):
    """Ends a reading at the first copy found."""

    def find(self, order, *, now):
        """Read, and keep silent about all copies but the first."""
        seen = self._surface.find(order, now=now)
        return Found(seen.copies[:1]) if isinstance(seen, Found) else seen


class FreshKeyEachTry(SurfaceTwin):
    """Makes a new dedupe key for every request."""

    def __init__(self, surface):
        """Count the tries."""
        super().__init__(surface)
        self._tries = itertools.count()

    def create(self, order, *, before_bytes_leave):
        """Create under a key never used before."""
        order = order._replace(dedupe_key=f"{order.dedupe_key} try {next(self._tries)}")
        return self._surface.create(order, before_bytes_leave=before_bytes_leave)


class NeverChecksAgain(SurfaceTwin):
    """Sends without asking, just before, whether the row is still its own."""

    def create(self, order, *, before_bytes_leave):
        """Create, whoever owns the row by now."""
        del before_bytes_leave
        return self._surface.create(order, before_bytes_leave=lambda: None)


class LedgerTwin:
    """A ledger that hands on what a twin does not spoil."""

    def __init__(self, ledger: MemoryLedger) -> None:
        """Keep the true ledger."""
        self._ledger = ledger

    def __getattr__(self, name):
        return getattr(self._ledger, name)

    def _row(self, claim: Claim) -> Row:
        return self._ledger.rows[claim.placement.account, claim.placement.key]


class ForgetsTheIntent(LedgerTwin):
    """Writes an attempt down only when its outcome is known."""

    def __init__(self, ledger):
        """Keep what was begun in memory only."""
        super().__init__(ledger)
        self._begun = {}

    def begin_attempt(self, claim, attempt):
        """Remember the attempt, and write nothing."""
        self._ledger.still_ours(claim, now=attempt.started_at)
        self._begun[attempt.number] = attempt

    def close_attempt(self, claim, number, outcome, *, now):
        """Write the attempt with its outcome."""
        try:
            self._ledger.begin_attempt(claim, self._begun.pop(number))
        except DesiredChanged:
            raise LeaseLost from None
        self._ledger.close_attempt(claim, number, outcome, now=now)


class TakesAnyRow(LedgerTwin):
    """Knows no lease and no order of attempts: whoever comes, acts."""

    def claim(self, account, *, owner, now, lease_s):
        """Claim a row, and let others claim it too."""
        claim = self._ledger.claim(account, owner=owner, now=now, lease_s=lease_s)
        if claim is not None:
            self._row(claim).lease_until = now
        return claim

    def begin_attempt(self, claim, attempt):
        """Write an attempt over whatever has its number."""
        row = self._row(claim)
        attempts = [old for old in row.placement.attempts if old.number != attempt.number]
        row.placement = row.placement._replace(attempts=(*attempts, attempt))

    def still_ours(self, claim, *, now):
        """Take the lease, and say it was ours."""
        row = self._row(claim)
        row.lease_owner, row.lease_until = claim.owner, now + timedelta(seconds=claim.lease_s)

    def close_attempt(self, claim, number, outcome, *, now):
        """Close whatever has this number."""
        self.still_ours(claim, now=now)
        self._ledger.close_attempt(claim, number, outcome, now=now)

    def record_reading(self, claim, reading):
        """Write a reading over whatever has its number."""
        self.begin_attempt(claim, reading)

    def release(self, claim, verdict, *, now):
        """Write the verdict, whoever works on the row."""
        self.still_ours(claim, now=now)
        self._ledger.release(claim, verdict, now=now)


class NeverReadsBack(LedgerTwin):
    """Drops the reading that is due after the last request."""

    def release(self, claim, verdict, *, now):
        """Write the verdict without its reading."""
        self._ledger.release(claim, verdict._replace(verify_at=None), now=now)


class NeverReadsBackWithdrawals(LedgerTwin):
    """Believes a withdrawal's answer, and never looks whether it is so."""

    def release(self, claim, verdict, *, now):
        """Write the verdict, without its reading if nothing should be there."""
        if verdict.standing.live is ABSENT:
            verdict = verdict._replace(verify_at=None)
        self._ledger.release(claim, verdict, now=now)


class NeverReadsAgain(LedgerTwin):
    """Takes what has settled for settled for ever."""

    def read_again(self, account, *, now):
        """Ask for nothing."""
        del account, now
        return 0


class KeepsTheOldStanding(LedgerTwin):
    """Lets a row say what it said before, while it is being acted on."""

    def begin_attempt(self, claim, attempt):
        """Begin, and doubt nothing."""
        before = self._row(claim).standing
        self._ledger.begin_attempt(claim, attempt)
        self._row(claim).standing = before


class SleepsOverLateAnswers(LedgerTwin):
    """Keeps a late answer, and wakes nobody."""

    def close_attempt(self, claim, number, outcome, *, now):
        """Close the attempt; leave all else as it is."""
        row = self._row(claim)
        verify_at, parked = row.placement.verify_at, row.parked
        try:
            self._ledger.close_attempt(claim, number, outcome, now=now)
        finally:
            row.placement, row.parked = row.placement._replace(verify_at=verify_at), parked


class OverwritesTheWish(LedgerTwin):
    """Writes its verdict though the wish has changed."""

    def release(self, claim, verdict, *, now):
        """Write the verdict as if nobody had wished anything."""
        claim = Claim(self._row(claim).placement, claim.owner, claim.lease_s)
        self._ledger.release(claim, verdict, now=now)


class ActsOnTheOldWish(LedgerTwin):
    """Begins what was wished when the row was claimed, whatever is wished now."""

    def begin_attempt(self, claim, attempt):
        """Begin without comparing wishes."""
        claim = Claim(self._row(claim).placement, claim.owner, claim.lease_s)
        self._ledger.begin_attempt(claim, attempt)


def with_surface(twin: Callable[[Surface], SurfaceTwin]) -> Crew:
    """Return a crew whose surface is this twin."""
    return HONEST._replace(surface=twin)


def with_ledger(twin: Callable[[MemoryLedger], LedgerTwin]) -> Crew:
    """Return a crew whose ledger is this twin."""
    return HONEST._replace(ledger=twin)


def with_traits(**falsified: float) -> Crew:
    """Return a crew that believes other traits of the network than it has."""

    def believed(traits: Traits) -> Traits:
        return traits._replace(**falsified)

    return HONEST._replace(traits=believed)
