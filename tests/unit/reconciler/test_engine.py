"""What the engine does at the ports: what it writes before it sends, and what a death costs."""

import random
from datetime import timedelta

import pytest

from broadsheet.reconciler.engine import LOOK_AGAIN_S, Outlet, Worker, run_to_the_end
from broadsheet.reconciler.ledger import HasToWait
from broadsheet.reconciler.memory import MemoryLedger
from broadsheet.reconciler.outcomes import NotSent, Refused, Throttled
from broadsheet.reconciler.planning import ABSENT
from broadsheet.reconciler.ports import Exactness
from broadsheet.reconciler.simulation.network import Network, Temper
from broadsheet.reconciler.simulation.stage import Watch
from broadsheet.reconciler.simulation.surface import SimulatedSurface, Traffic
from tests.unit.reconciler.journals import NEW, OLD, a_placement, traits

ACCOUNT, KEY = "sandbox/main", "post/0197/first"


class Desk:
    """One worker, one post, one network on which nothing goes wrong."""

    def __init__(self, letter, **changes):
        """Place the post, still to be created."""
        self.traits = traits(letter, **changes)
        temper = Temper(tells_words=True, minds_other_words=True, refuses_repeats=False)
        self.network = Network(self.traits, temper)
        self.traffic = Traffic(self.network, random.Random(1).random, None, rate=0.0)
        self.watch = Watch(self.traffic, 0.0)
        self.surface = SimulatedSurface(self.traffic, self.watch)
        self.ledger = MemoryLedger()
        self.ledger.place(a_placement())
        self.lives = 0

    @property
    def row(self):
        """The post's row."""
        return self.ledger.rows[ACCOUNT, KEY]

    def work(self, surface=None):
        """Begin to work once, as a new worker."""
        self.lives += 1
        worker = Worker(f"life {self.lives}", self.watch, self.ledger)
        return worker.work_once(Outlet(ACCOUNT, self.traits, surface or self.surface))

    def work_until_quiet(self):
        """Work on, with time passing, until there is nothing to do."""
        for _ in range(50):
            run_to_the_end(self.work())
            self.traffic.now += 20
            if self.row.claimable_at() is None:
                return

    def shown(self):
        """Return what readers see."""
        return [post.fingerprint for post in self.network.copies("mark")]


class Answers:
    """A surface that gives one answer to every creation, after asking before bytes leave."""

    def __init__(self, outcome, *, meanwhile=lambda: None):
        """Keep the answer, and what happens while the connection is made."""
        self.outcome, self.meanwhile, self.sent = outcome, meanwhile, 0

    def create(self, order, *, before_bytes_leave):
        """Answer."""
        del order
        self.meanwhile()
        before_bytes_leave()
        self.sent += 1
        return self.outcome


@pytest.mark.parametrize("letter", "ABDE")
def test_intent_is_written_before_bytes_leave(letter):
    """When a request leaves, the ledger holds it open."""
    desk = Desk(letter)
    held = []

    class Looks(Answers):
        def create(self, order, *, before_bytes_leave):
            held.extend(desk.row.placement.attempts)
            return super().create(order, before_bytes_leave=before_bytes_leave)

    run_to_the_end(desk.work(Looks(NotSent("no route"))))

    assert [None] == [attempt.outcome for attempt in held]


@pytest.mark.parametrize("letter", "ABCDE")
def test_every_step_is_named(letter):
    """Each call of a port is announced before and after, so that a test can kill there."""
    names = list(Desk(letter).work())

    assert names[:4] == [
        "before claim",
        "after claim",
        "before begin_attempt",
        "after begin_attempt",
    ]
    assert names[-2:] == ["before release", "after release"]


@pytest.mark.parametrize("letter", "ABCD")
@pytest.mark.parametrize("desired", [NEW, ABSENT], ids=["posting", "retracting"])
def test_death_at_any_step_is_recovered(letter, desired):
    """Killed at any step, then started again: one copy of what is desired, and then quiet."""
    steps = len(list(Desk(letter).work()))
    for killed_at in range(1, steps):
        desk = Desk(letter)
        work = desk.work()
        for _ in range(killed_at):
            next(work)
        work.close()
        desk.ledger.want(ACCOUNT, KEY, desired, b"{}")

        desk.work_until_quiet()

        assert ([] if desired is ABSENT else [NEW]) == desk.shown()
        assert desk.network.peak.get("mark", 0) <= 1
        assert desk.row.is_equal
        assert not desk.row.parked


def test_settled_row_is_left_alone():
    """Running again when all is equal sends nothing."""
    desk = Desk("D")
    desk.work_until_quiet()
    before = desk.traffic.requests

    run_to_the_end(desk.work())

    assert before == desk.traffic.requests


def test_lost_lease_sends_nothing():
    """A worker whose lease ended while it connected sends no byte."""
    desk = Desk("D")
    surface = Answers(None, meanwhile=lambda: desk.watch.pass_time(desk.traits.lease_s))

    run_to_the_end(desk.work(surface))

    assert surface.sent == 0
    assert isinstance(desk.row.placement.attempts[0].outcome, NotSent)


def test_passed_deadline_sends_nothing():
    """A worker that comes to send after its attempt's deadline sends no byte, lease or not."""
    desk = Desk("D", lease_s=10_000)
    surface = Answers(None, meanwhile=lambda: desk.watch.pass_time(desk.traits.deadline_s))

    run_to_the_end(desk.work(surface))

    assert surface.sent == 0


def test_throttling_is_no_failure():
    """A throttled row waits till the network says, and counts no failure."""
    desk = Desk("D")
    until = desk.watch() + timedelta(seconds=300)

    run_to_the_end(desk.work(Answers(Throttled(until))))

    assert until == desk.row.due_at
    assert desk.row.placement.failures == 0


def test_failure_backs_off():
    """A row that could not be sent waits, and counts the failure."""
    desk = Desk("D")

    run_to_the_end(desk.work(Answers(NotSent("no route"))))

    assert desk.row.due_at > desk.watch()
    assert desk.row.placement.failures == 1


def test_refusal_parks_with_the_networks_reason():
    """A refused post waits for a person, who reads why."""
    desk = Desk("D")

    run_to_the_end(desk.work(Answers(Refused("too long"))))

    assert "too long" in desk.row.parked


def test_person_is_asked_after_many_failures():
    """A network that cannot be reached for about a day is handed to a person."""
    desk = Desk("D")

    for _ in range(40):
        run_to_the_end(desk.work(Answers(NotSent("no route"))))
        desk.traffic.now += 10_000

    assert "no route" in desk.row.parked


def test_correction_reaches_the_post():
    """New words replace the old ones under the same id."""
    desk = Desk("D")
    desk.ledger.want(ACCOUNT, KEY, OLD, b"{}")
    desk.work_until_quiet()
    before = desk.network.copies("mark")[0].remote_id
    desk.ledger.want(ACCOUNT, KEY, NEW, b"{}")

    desk.work_until_quiet()

    assert [(before, NEW)] == [(p.remote_id, p.fingerprint) for p in desk.network.copies("mark")]


def test_wish_that_changes_under_way_stops_the_attempt():
    """What was retracted after the claim is not posted."""
    desk = Desk("D")
    work = desk.work()
    while next(work) != "before begin_attempt":
        pass
    desk.ledger.want(ACCOUNT, KEY, ABSENT, b"")

    run_to_the_end(work)
    desk.work_until_quiet()

    assert not desk.network.peak
    assert desk.row.is_equal


class Unready(MemoryLedger):
    """A ledger in which nothing may be begun yet."""

    def begin_attempt(self, claim, attempt):
        """Refuse it."""
        raise HasToWait


def test_what_has_to_wait_is_tried_again_later():
    """What may not be begun yet sends nothing, counts no failure, and falls due again."""
    desk = Desk("D")
    desk.ledger = Unready()
    desk.ledger.place(a_placement())
    surface = Answers(Refused("never asked"))

    run_to_the_end(desk.work(surface))

    assert (0, 0, "") == (surface.sent, desk.row.placement.failures, desk.row.parked)
    assert desk.row.due_at == desk.watch() + timedelta(seconds=LOOK_AGAIN_S)


def test_classes_are_all_simulated():
    """Every class there is has its cases here."""
    assert "ABCDE" == "".join(exactness.value for exactness in Exactness)
