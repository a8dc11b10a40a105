"""When what has settled is read back once more."""

import itertools

import pytest

from broadsheet.reconciler.engine import Outlet, Worker, run_to_the_end
from broadsheet.reconciler.memory import MemoryLedger
from broadsheet.reconciler.outcomes import Done, Refused, Unknown, Unreadable
from broadsheet.reconciler.rereading import (
    READ_AGAIN_AFTER_S,
    READINGS_AT_ONCE,
    TRIES,
    read_again_at,
    room_for_readings,
)
from broadsheet.reconciler.steps import Cause, Park
from broadsheet.reconciler.verdicts import verdict
from tests.unit.reconciler.journals import NEW, a_placement, at, created, found, missing, traits

ACCOUNT, KEY = "sandbox/main", "post/0197/first"
QUIET_S = 70  # after the journal's creation: its deadline, and the time to settle


def test_readings_come_further_and_further_apart():
    """Each look is longer after the last than that was after the one before, and they end."""
    times = [0]
    while (then := read_again_at(at(0), now=at(times[-1]))) is not None:
        times.append((then - at(0)).total_seconds())

    pauses = [after - before for before, after in itertools.pairwise(times)]
    assert list(READ_AGAIN_AFTER_S) == times[1:]
    assert sorted(set(pauses)) == pauses


def test_what_was_never_sent_is_never_read_again():
    """Where nothing was sent, nothing can come late."""
    assert read_again_at(None, now=at(0)) is None


def test_a_look_that_was_missed_is_not_made_up_for():
    """After a long absence one look is next, however many would have been due."""
    assert at(READ_AGAIN_AFTER_S[2]) == read_again_at(at(0), now=at(READ_AGAIN_AFTER_S[1]))


@pytest.mark.parametrize("being_read", [0, 1, READINGS_AT_ONCE, READINGS_AT_ONCE + 3])
def test_a_few_are_read_at_once(being_read):
    """Those being read leave room for others only up to a few."""
    assert max(0, READINGS_AT_ONCE - being_read) == room_for_readings(being_read)


class Clock:
    """A clock that is set."""

    def __init__(self):
        """Start at noon."""
        self.seconds = 0.0

    def __call__(self):
        """Return the time."""
        return at(self.seconds)


class NeverAnswers:
    """A network whose readings all fail."""

    def __init__(self):
        """Count them."""
        self.readings = 0

    def find(self, order, *, now):
        """Fail."""
        del order, now
        self.readings += 1
        return Unreadable("no answer")


def worked_for(letter, *, days):
    """Return a settled row, and the readings of it, after days of work on a dead network."""
    ledger, clock, surface = MemoryLedger(), Clock(), NeverAnswers()
    ledger.place(a_placement(created(Done("77")), found(QUIET_S, ("77", NEW))))
    worker = Worker("one", clock, ledger)
    clock.seconds = QUIET_S + 2
    while clock.seconds < days * 86_400:
        run_to_the_end(worker.work_once(Outlet(ACCOUNT, traits(letter), surface)))
        clock.seconds += 300
    return ledger.rows[ACCOUNT, KEY], surface.readings


def test_network_that_is_down_parks_nothing_that_has_settled():
    """A look that fails is tried a few times, then left out: no person is asked for it."""
    row, readings = worked_for("D", days=10)

    assert ("", True, None) == (row.parked, row.is_equal, row.read_again_at)
    assert TRIES * len(READ_AGAIN_AFTER_S) == readings


def test_network_that_cannot_be_read_is_not_read_again():
    """Class E is never looked at."""
    row, readings = worked_for("E", days=1)

    assert (None, 0) == (row.read_again_at, readings)


def test_what_was_parked_is_still_worth_a_look():
    """After a refusal an older request may still land, and the wish may turn to what is live."""
    journal = (
        created(Unknown("no answer")),
        missing(QUIET_S),
        created(Refused("too long"), start=QUIET_S + 5),
    )
    rest = Park(Cause.REFUSED, "It refused.")

    left = verdict(a_placement(*journal), traits("D"), rest, failures=0, now=at(QUIET_S + 9))

    assert at(QUIET_S + READ_AGAIN_AFTER_S[0]) == left.read_again_at
