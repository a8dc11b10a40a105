"""Says what a worker leaves behind when a placement comes to rest: when to look again, and why."""

from datetime import datetime

from broadsheet.reconciler.believing import Belief, believe
from broadsheet.reconciler.ledger import Verdict
from broadsheet.reconciler.placements import Placement
from broadsheet.reconciler.ports import Exactness, Traits
from broadsheet.reconciler.recovering import next_step
from broadsheet.reconciler.rereading import read_again_at
from broadsheet.reconciler.steps import Park, Rest, Settled, WaitUntil


def verdict(
    placement: Placement, traits: Traits, rest: Rest, *, failures: int, now: datetime
) -> Verdict:
    """
    Return what to leave behind.

    What is not yet read back stays to be read, even where desired differs from live:
    the wish may turn to what is live, and the row must be claimed all the same.
    """
    belief = believe(placement.attempts, traits)
    standing = belief.standing()
    at = rest.at if isinstance(rest, WaitUntil) else None
    is_equal = standing.live == placement.desired
    verify_at = at if is_equal else None
    if verify_at is None and not belief.is_read_when_quiet and not isinstance(rest, Settled):
        verify_at = _later(at, belief.quiet_at)
    return Verdict(
        standing=standing,
        due_at=None if is_equal else at,
        verify_at=verify_at,
        parked=rest.reason if isinstance(rest, Park) else "",
        failures=failures,
        read_again_at=_read_again_at(belief, traits, now),
    )


def is_only_read_again(placement: Placement, traits: Traits, *, now: datetime) -> bool:
    """Return whether a placement would rest, had nobody asked for it to be read back."""
    unasked = placement._replace(verify_at=None)
    return isinstance(next_step(unasked, traits, now=now), Settled)


def _read_again_at(belief: Belief, traits: Traits, now: datetime) -> datetime | None:
    """Return when to look again: of parked ones too, whose wish may turn to what is live."""
    if traits.exactness is Exactness.WRITE_ONLY:
        return None
    return read_again_at(belief.quiet_at, now=now)


def _later(one: datetime | None, other: datetime | None) -> datetime | None:
    return max((at for at in (one, other) if at is not None), default=None)
