"""
Decides the next step for a placement: the protocols of the five classes, and nothing else.

A pure function of the placement, the network's traits and the time. It never assumes what
happened to a request without an answer: it looks, repeats what cannot double, or asks a
person. See docs/reconciler.md for the picture.
"""

from datetime import datetime, timedelta
from typing import NamedTuple

from broadsheet.reconciler.believing import Belief, believe
from broadsheet.reconciler.placements import Placement, Rewrite
from broadsheet.reconciler.planning import ABSENT
from broadsheet.reconciler.ports import Exactness, Traits
from broadsheet.reconciler.steps import (
    Cause,
    Create,
    Edit,
    Find,
    Park,
    Prepare,
    Publish,
    Settled,
    Step,
    WaitUntil,
    Withdraw,
)


def next_step(placement: Placement, traits: Traits, *, now: datetime) -> Step:
    """Return what to do now to bring a placement to what is desired, or why nothing is done."""
    in_flight = [a.deadline_at for a in placement.attempts if a.outcome is None]
    if in_flight and now < max(in_flight):
        return WaitUntil(max(in_flight))
    belief = believe(placement.attempts, traits)
    case = _Case(placement, traits, belief, now)
    if placement.desired is ABSENT:
        return _toward_absence(case)
    return _toward_presence(case)


class _Case(NamedTuple):
    """All a decision is made of."""

    placement: Placement
    traits: Traits
    belief: Belief
    now: datetime

    @property
    def is_quiet(self) -> bool:
        return self.belief.quiet_at is None or self.now >= self.belief.quiet_at

    @property
    def can_read(self) -> bool:
        return self.traits.exactness is not Exactness.WRITE_ONLY

    def outlives(self, born_at: datetime) -> bool:
        """Say whether a key or container born then lives till a request sent now has landed."""
        needed = timedelta(seconds=self.traits.deadline_s + self.traits.settle_s)
        return self.now + needed < born_at + timedelta(seconds=self.traits.key_life_s)


def _toward_absence(case: _Case) -> Step:
    belief = case.belief
    if belief.copies:
        return _withdraw(case, belief.copies[-1])
    if belief.perhaps and case.traits.exactness is Exactness.NATURAL_ID:
        return _withdraw(case, case.placement.delivery_id)
    if belief.perhaps and not case.can_read:
        return _maybe_posted(case)
    return _rest(case)


def _toward_presence(case: _Case) -> Step:
    belief = case.belief
    if len(belief.copies) > 1:
        if case.can_read and not belief.in_order:
            return Find()
        return _withdraw(case, belief.copies[-1])
    if belief.copies:
        return _tend(case)
    if belief.clear:
        return _create_first(case)
    if belief.perhaps:
        return _create_again(case)
    return _look(case)  # withdrawn, to be posted anew once it is seen to be gone


def _withdraw(case: _Case, remote_id: str) -> Step:
    if case.traits.can_withdraw:
        return Withdraw(remote_id)
    return Park(
        Cause.CANNOT_WITHDRAW,
        f"{case.placement.account} has no way to remove a post for us: remove "
        f"{remote_id} there by hand, then say so here.",
    )


def _maybe_posted(case: _Case) -> Park:
    return Park(
        Cause.MAYBE_POSTED,
        f"No answer came, and {case.placement.account} cannot be read: look there for "
        f"{case.placement.delivery_id}, then say here whether it stands.",
    )


def _create_first(case: _Case) -> Step:
    placement, belief = case.placement, case.belief
    if belief.vanished:
        return Park(
            Cause.VANISHED,
            f"The post was removed on {placement.account}, not by us: post it again, or retract.",
        )
    if belief.duplicate:
        return Park(
            Cause.DUPLICATE,
            f"{placement.account} says it has this already, but shows none of ours: look "
            f"there, or change the words.",
        )
    if case.traits.exactness is not Exactness.CONTAINER:
        return Create(_new_key(case))
    container = belief.container
    if (
        container
        and container.fingerprint == placement.desired
        and case.outlives(container.made_at)
    ):
        return Publish(container.container_id)
    return Prepare()


def _create_again(case: _Case) -> Step:
    """Return the step after a creation without an answer."""
    belief, creation = case.belief, case.belief.creation
    match case.traits.exactness:
        case Exactness.WRITE_ONLY:
            return _maybe_posted(case)
        case _ if belief.claimed or creation is None:
            return _look(case)
        case Exactness.NATURAL_ID:
            return Create(creation.target or case.placement.delivery_id)
        case Exactness.DEDUPE_KEY if creation.target and case.outlives(creation.started_at):
            return Create(creation.target)
        case Exactness.CONTAINER if _is_publishable_again(case):
            return Publish(belief.publishing)
        case _:
            return _look(case)


def _new_key(case: _Case) -> str:
    """Return a dedupe key for a new creation; where it is the natural id, always the same."""
    placement = case.placement
    if case.traits.exactness is Exactness.NATURAL_ID:
        return placement.delivery_id
    return f"{placement.delivery_id}-{len(placement.attempts) + 1}"


def _is_publishable_again(case: _Case) -> bool:
    """Say whether the container being published lives, and does not hold outdated words."""
    container = case.belief.container
    return (
        container is not None
        and container.container_id == case.belief.publishing
        and container.fingerprint == case.placement.desired
        and case.outlives(container.made_at)
    )


def _tend(case: _Case) -> Step:
    """Return the step for the one copy that stands."""
    placement, belief = case.placement, case.belief
    if belief.shows == placement.desired:
        if belief.told or belief.sure or not case.is_quiet:
            return _rest(case)
    elif belief.told and belief.is_read_when_quiet and belief.asked_for == placement.desired:
        return Park(
            Cause.CHANGED,
            f"Somebody, or the network, changed the post on {placement.account}: look at "
            f"{belief.copies[0]}, then have ours put back, or retract.",
        )
    if case.traits.can_edit:
        return Edit(belief.copies[0])
    if belief.shows is None and case.can_read and not belief.is_read_when_quiet:
        return _look(case)
    if placement.rewrite is Rewrite.REPOST and case.can_read and case.traits.can_withdraw:
        return Withdraw(belief.copies[0])
    return Park(
        Cause.CANNOT_EDIT,
        f"{placement.account} cannot edit a post: retract it, or post a correction.",
    )


def _rest(case: _Case) -> Step:
    """Return the step when all is as desired, as far as answers tell."""
    belief, verify_at = case.belief, case.placement.verify_at
    if not case.can_read:
        return Settled() if belief.sure or case.is_quiet else _look(case)
    if (
        verify_at is not None
        and verify_at <= case.now
        and (belief.read_at is None or belief.read_at < verify_at)
    ):
        return Find()
    natural = case.traits.exactness is Exactness.NATURAL_ID
    if belief.is_read_when_quiet or (natural and belief.copies and belief.alike):
        return Settled()
    return _look(case)


def _look(case: _Case) -> Step:
    """Return the reading that proves what stands; an early one may find, but proves no absence."""
    quiet_at = case.belief.quiet_at
    if not case.belief.unlooked and quiet_at is not None and case.now < quiet_at:
        return WaitUntil(quiet_at)
    return Find()
