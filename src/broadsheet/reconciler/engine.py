"""
The one loop body that carries out steps: the press's worker and the simulation both run it.

It is a generator that yields the name of each step right before and right after every call
of a port. The worker runs it to the end; a crash test kills it at a name; the simulation
interleaves two at the names. What a death costs at each of them:

before begin_attempt    nothing: no byte has left
after begin_attempt     an open attempt: from its deadline on it is Unknown, and recovered as such
after create, publish,
edit or withdraw        the same: the network may have carried it out
after close_attempt     nothing: the outcome is in the journal, and the next claim decides by it
after record_reading    nothing, likewise
after read_again        nothing: the rows asked for are due to be read, whoever comes next
before release          the lease runs out; the next claim decides alike
"""

from collections.abc import Callable, Generator
from datetime import datetime, timedelta
from typing import NamedTuple

from broadsheet.reconciler.backing_off import FAILURES_BEFORE_A_PERSON, delay_s
from broadsheet.reconciler.ledger import Claim, DesiredChanged, HasToWait, Ledger
from broadsheet.reconciler.outcomes import (
    Done,
    Duplicate,
    Found,
    Missing,
    NotSent,
    Ready,
    Refused,
    Seen,
    Sent,
    Throttled,
    Unknown,
    Unreadable,
)
from broadsheet.reconciler.placements import Action, Attempt
from broadsheet.reconciler.planning import ABSENT
from broadsheet.reconciler.ports import LeaseLost, Order, Surface, Traits
from broadsheet.reconciler.recovering import next_step
from broadsheet.reconciler.rereading import TRIES
from broadsheet.reconciler.steps import (
    Act,
    Cause,
    Create,
    Edit,
    Find,
    Park,
    Prepare,
    Publish,
    Rest,
    Settled,
    WaitUntil,
    Withdraw,
    intent,
)
from broadsheet.reconciler.verdicts import is_only_read_again, verdict

# Enough for the longest way (find, withdraw, find, prepare, publish), and an end to a
# worker that a broken network leads in circles.
STEPS_PER_CLAIM = 8
LOOK_AGAIN_S = 10.0  # at what has to wait for something else, such as a page

Steps = Generator[str, None, bool]
Clock = Callable[[], datetime]


class Outlet(NamedTuple):
    """One account we publish to: its name in the ledger, its network's traits, its surface."""

    account: str
    traits: Traits
    surface: Surface


class Worker(NamedTuple):
    """One worker's life: who it is, what time it thinks it is, where it writes."""

    owner: str  # never reused by another life
    clock: Clock
    ledger: Ledger

    def work_once(self, outlet: Outlet) -> Steps:
        """
        Claim one row of an account and do what can be done for it now; if there is none, have
        some of what settled long ago read back.

        Yields the name of each step. Returns whether there was something to do.
        """
        yield "before claim"
        claim = self.ledger.claim(
            outlet.account, owner=self.owner, now=self.clock(), lease_s=outlet.traits.lease_s
        )
        yield "after claim"
        if claim is None:
            return (yield from self._read_again(outlet))
        try:
            yield from _Shift(self, outlet, claim).work()
        except LeaseLost:
            yield "lease lost"  # somebody else decides; what we learned is written down
        return True

    def _read_again(self, outlet: Outlet) -> Steps:
        """With nothing else to do, ask for what settled long enough ago; return if there is any."""
        yield "before read_again"
        asked = self.ledger.read_again(outlet.account, now=self.clock())
        yield "after read_again"
        return asked > 0


def run_to_the_end(steps: Steps) -> bool:
    """Run every step, as the real worker does; return whether there was something to do."""
    while True:
        try:
            next(steps)
        except StopIteration as end:
            return bool(end.value)


class _Shift:
    """The work on one claim."""

    def __init__(self, worker: Worker, outlet: Outlet, claim: Claim) -> None:
        self._clock, self._ledger, self._owner = worker.clock, worker.ledger, worker.owner
        self._traits, self._surface = outlet.traits, outlet.surface
        self._claim = claim
        self._placement = claim.placement
        self._failures = claim.placement.failures

    def work(self) -> Generator[str, None, None]:
        """Take steps until one is a rest, then leave a verdict."""
        rest: Rest | None = None
        for _ in range(STEPS_PER_CLAIM):
            step = next_step(self._placement, self._traits, now=self._clock())
            if isinstance(step, WaitUntil | Settled | Park):
                rest = step
            elif isinstance(step, Find):
                rest = yield from self._read()
            else:
                rest = yield from self._act(step)
            if rest is not None:
                break
        else:
            rest = self._back_off("it leads in circles")
        yield "before release"
        left = verdict(
            self._placement, self._traits, rest, failures=self._failures, now=self._clock()
        )
        self._ledger.release(self._claim, left, now=self._clock())
        yield "after release"

    def _act(self, step: Act) -> Generator[str, None, Rest | None]:
        attempt = self._attempt(*intent(step))
        yield "before begin_attempt"
        try:
            self._ledger.begin_attempt(self._claim, attempt)
        except DesiredChanged:
            return WaitUntil(self._clock())
        except HasToWait:
            return WaitUntil(self._clock() + timedelta(seconds=LOOK_AGAIN_S))
        yield "after begin_attempt"
        yield f"before {attempt.action.value}"
        try:
            outcome = self._send(step, attempt)
        except LeaseLost:
            outcome = NotSent("the lease ended before a byte left")
        yield f"after {attempt.action.value}"
        now = self._clock()
        self._ledger.close_attempt(self._claim, attempt.number, outcome, now=now)
        yield "after close_attempt"
        self._write(attempt._replace(outcome=outcome, finished_at=now))
        return self._after(outcome)

    def _read(self) -> Generator[str, None, Rest | None]:
        reading = self._attempt(Action.FIND, "")
        yield "before find"
        seen = self._surface.find(self._order(reading), now=reading.started_at)
        yield "after find"
        if isinstance(seen, Throttled):
            return WaitUntil(seen.until)
        if isinstance(seen, Unreadable):
            return self._unread(f"cannot be read: {seen.reason}")
        reading = reading._replace(outcome=_dated(seen, reading), finished_at=self._clock())
        self._ledger.record_reading(self._claim, reading)
        yield "after record_reading"
        self._write(reading)
        self._failures = 0
        return None

    def _unread(self, reason: str) -> Rest:
        """Try again; a reading of what has settled is left out in the end, and asks no person."""
        if not is_only_read_again(self._placement, self._traits, now=self._clock()):
            return self._back_off(reason)
        if self._failures + 1 < TRIES:
            return self._back_off(reason)
        self._failures = 0
        return Settled()

    def _send(self, step: Act, attempt: Attempt) -> Sent:
        """Make the one request, checking once more that the row is ours just before it leaves."""

        def still_ours() -> None:
            now = self._clock()
            if now >= attempt.deadline_at:
                raise LeaseLost
            self._ledger.still_ours(self._claim, now=now)

        order = self._order(attempt)
        match step:
            case Create():
                return self._surface.create(order, before_bytes_leave=still_ours)
            case Prepare():
                return self._surface.prepare(order, before_bytes_leave=still_ours)
            case Publish(container_id=container_id):
                return self._surface.publish(order, container_id, before_bytes_leave=still_ours)
            case Edit(remote_id=remote_id):
                return self._surface.edit(order, remote_id, before_bytes_leave=still_ours)
            case Withdraw(remote_id=remote_id):
                return self._surface.withdraw(order, remote_id, before_bytes_leave=still_ours)

    def _attempt(self, action: Action, target: str) -> Attempt:
        placement, now = self._placement, self._clock()
        desired = placement.desired
        return Attempt(
            number=len(placement.attempts) + 1,
            action=action,
            fingerprint="" if desired is ABSENT or action in _WORDLESS else desired,
            target=target,
            started_at=now,
            deadline_at=now + timedelta(seconds=self._traits.deadline_s),
            outcome=None,
            finished_at=None,
            worker=self._owner,
        )

    def _order(self, attempt: Attempt) -> Order:
        placement = self._placement
        return Order(
            key=placement.key,
            delivery_id=placement.delivery_id,
            dedupe_key=attempt.target if attempt.action is Action.CREATE else placement.delivery_id,
            payload=placement.payload,
            fingerprint=attempt.fingerprint,
            deadline_at=attempt.deadline_at,
            first_attempt_at=min((a.started_at for a in placement.attempts), default=None),
        )

    def _write(self, attempt: Attempt) -> None:
        """Keep our copy of the journal like the ledger's."""
        attempts = (*self._placement.attempts, attempt)
        self._placement = self._placement._replace(attempts=attempts)

    def _after(self, outcome: Sent) -> Rest | None:
        """Return the rest an outcome calls for, None to go on at once."""
        match outcome:
            case Done() | Ready():
                self._failures = 0
                return None
            case Duplicate():
                return None
            case Throttled(until=until):
                return WaitUntil(until)
            case Refused(reason=reason):
                return Park(Cause.REFUSED, f"{self._placement.account} refused: {reason}")
            case NotSent(reason=reason):
                return self._back_off(reason)
            case Unknown(reason=reason):
                back_off = self._back_off(reason)
                step = next_step(self._placement, self._traits, now=self._clock())
                return step if isinstance(step, WaitUntil | Park) else back_off

    def _back_off(self, reason: str) -> Rest:
        self._failures += 1
        if self._failures >= FAILURES_BEFORE_A_PERSON:
            return Park(
                Cause.UNREACHABLE,
                f"{self._placement.account} failed {self._failures} times in a row, at last: "
                f"{reason}. Look at the account, then have it tried again.",
            )
        return WaitUntil(
            self._clock() + timedelta(seconds=delay_s(self._failures, key=self._placement.key))
        )


_WORDLESS = (Action.WITHDRAW, Action.FIND)


def _dated(seen: Found | Missing, reading: Attempt) -> Seen:
    """Date a Missing by our own clock if that is earlier: the wait before it was ours."""
    if isinstance(seen, Found):
        return seen
    return Missing(read_began_at=min(seen.read_began_at, reading.started_at))
