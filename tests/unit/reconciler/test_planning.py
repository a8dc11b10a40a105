"""What a plan does, and when it must wait for a publisher."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadsheet.reconciler.planning import (
    ABSENT,
    Fingerprint,
    ObjectKey,
    Put,
    Withdraw,
    changes_too_many_posts,
    orphans,
    plan,
    withdraws_too_many_pages,
)

KEYS = st.sampled_from([ObjectKey(f"post/{number}/first") for number in range(6)])
FINGERPRINTS = st.sampled_from([Fingerprint(letter * 64) for letter in "abc"])
LIVE = st.dictionaries(KEYS, FINGERPRINTS)
DESIRED = st.dictionaries(KEYS, FINGERPRINTS | st.just(ABSENT))


def carried_out(steps, live):
    """Return the world after the steps."""
    world = dict(live)
    for step in steps:
        if isinstance(step, Put):
            world[step.key] = step.fingerprint
        else:
            del world[step.key]
    return world


def agreed(desired, live):
    """Return the world as it must be: the mentioned keys as desired, the others as before."""
    world = {key: shown for key, shown in live.items() if key not in desired}
    return world | {key: want for key, want in desired.items() if want is not ABSENT}


@given(desired=DESIRED, live=LIVE)
def test_plan_converges(desired, live):
    """Carrying out a plan gives every mentioned key its wanted state, and touches no other."""
    assert agreed(desired, live) == carried_out(plan(desired, live=live), live)


@given(live=LIVE)
def test_plan_of_equal_worlds_is_empty(live):
    """Where all is as desired, there is nothing to do."""
    assert () == plan(live, live=live)


@given(desired=DESIRED, live=LIVE)
def test_plan_is_empty_after_it_was_carried_out(desired, live):
    """A plan that was carried out leaves nothing to do."""
    after = carried_out(plan(desired, live=live), live)

    assert () == plan(desired, live=after)


@given(desired=DESIRED, live=LIVE)
def test_withdrawals_come_first(desired, live):
    """A retraction does not wait behind new posts."""
    kinds = [type(step) for step in plan(desired, live=live)]

    assert kinds == sorted(kinds, key=[Withdraw, Put].index)


def test_absence_is_never_inferred():
    """A live key that nobody mentions is left alone, and reported."""
    live = {ObjectKey("post/1/first"): Fingerprint("a")}

    assert () == plan({}, live=live)
    assert (ObjectKey("post/1/first"),) == orphans({}, live=live)


def test_infering_absence_is_caught():
    """A plan that withdrew what nobody mentions would not be one that converges."""
    live = {ObjectKey("post/1/first"): Fingerprint("a")}
    twin = (Withdraw(ObjectKey("post/1/first")),)

    assert agreed({}, live) != carried_out(twin, live)


@pytest.mark.parametrize(("count", "waits"), [(20, False), (21, True)])
def test_more_than_twenty_changed_posts_wait(count, waits):
    """A plan that withdraws or rewrites more than 20 posts waits for a publisher."""
    live = {ObjectKey(f"post/{n}/first"): Fingerprint("a") for n in range(count)}
    desired = {key: ABSENT if n % 2 else Fingerprint("b") for n, key in enumerate(live)}

    assert waits is changes_too_many_posts(plan(desired, live=live), live=live)


def test_new_posts_never_wait():
    """However many posts are new, nobody is asked."""
    desired = {ObjectKey(f"post/{n}/first"): Fingerprint("a") for n in range(100)}

    assert not changes_too_many_posts(plan(desired, live={}), live={})


@pytest.mark.parametrize(("count", "waits"), [(5, False), (6, True)])
def test_more_than_a_twentieth_of_the_pages_waits(count, waits):
    """A plan that withdraws more than 5 % of the pages waits for a publisher."""
    live = {ObjectKey(f"/{n}/"): Fingerprint("a") for n in range(100)}
    desired = dict.fromkeys(list(live)[:count], ABSENT)

    assert waits is withdraws_too_many_pages(plan(desired, live=live), live=live)
