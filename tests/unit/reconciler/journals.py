"""Builds placements and journals for the reconciler's tests. Times are seconds after noon."""

from datetime import UTC, datetime, timedelta

from broadsheet.reconciler.outcomes import Copy, Found, Missing
from broadsheet.reconciler.placements import Action, Attempt, Placement, Rewrite
from broadsheet.reconciler.planning import Fingerprint
from broadsheet.reconciler.ports import Exactness, Traits
from broadsheet.reconciler.recovering import next_step

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
DEADLINE_S = 10
SETTLE_S = 60
KEY_LIFE_S = 600
NEW = Fingerprint("new words")
OLD = Fingerprint("old words")


def at(seconds):
    """Return a time."""
    return NOON + timedelta(seconds=seconds)


def traits(exactness, **changes):
    """Return a network's traits."""
    plain = Traits(
        exactness=Exactness(exactness),
        can_edit=True,
        can_withdraw=True,
        deadline_s=DEADLINE_S,
        settle_s=SETTLE_S,
        key_life_s=KEY_LIFE_S,
        lease_s=30,
    )
    return plain._replace(**changes)


def tried(action, outcome, *, start=0, words=NEW, target=""):
    """Return an attempt that began then and, if it has an outcome, ended a second later."""
    return Attempt(
        number=0,
        action=action,
        fingerprint=words,
        target=target,
        started_at=at(start),
        deadline_at=at(start + DEADLINE_S),
        outcome=outcome,
        finished_at=None if outcome is None else at(start + 1),
        worker="one",
    )


def created(outcome, *, start=0, words=NEW):
    """Return an attempt to create."""
    return tried(Action.CREATE, outcome, start=start, words=words, target="mark-1")


def missing(start):
    """Return a reading that saw nothing."""
    return tried(Action.FIND, Missing(at(start)), start=start, words="")


def found(start, *copies):
    """Return a reading that saw these (id, words), oldest first."""
    seen = tuple(Copy(remote_id, words, at(n)) for n, (remote_id, words) in enumerate(copies))
    return tried(Action.FIND, Found(seen), start=start, words="")


def a_placement(*attempts, desired=NEW, rewrite=Rewrite.REPOST, verify_at=None):
    """Return a placement with this journal."""
    numbered = tuple(attempt._replace(number=n) for n, attempt in enumerate(attempts, start=1))
    return Placement(
        account="sandbox/main",
        key="post/0197/first",
        delivery_id="mark",
        desired=desired,
        payload=b"{}",
        rewrite=rewrite,
        attempts=numbered,
        verify_at=verify_at,
        failures=0,
    )


def step(network, *attempts, now, **changes):
    """Return the next step for a journal at a time."""
    return next_step(a_placement(*attempts, **changes), network, now=at(now))
