"""
Halts an act before every step, kills it for each thing it would leave, and has the press recover.

A process that stands still has left what a SIGKILL would leave: what it wrote to files, and
what it committed. So all steps are looked at in one run, and equal leavings are died for once.
The promises are read off the world an undisturbed act leads to; every death must lead to
that very world: rows, ledger and files. So each world is read once, not after each death.
"""

import time
from collections.abc import Callable
from datetime import datetime
from typing import Any, NamedTuple

from tests.crash import checking
from tests.crash.clock import CLOCK, NOON
from tests.crash.forks import die_at, halt_at_each_step, in_a_fork
from tests.crash.keeping import Keeping, Left
from tests.crash.paper import work
from tests.crash.wired import deal_ids_from

IDS = 7  # any number: the deck ids are dealt from
LEASES_END_S = 120  # after this no claim of the dead holds


class Killing(NamedTuple):
    """What is killed: an act, from which kept state, who does it again, at which steps."""

    start: str
    act: Callable[[], object]
    by_a_person: bool
    at: datetime = NOON
    counts: Callable[[str], bool] = lambda _: True
    mends: bool = False  # what is broken at the start on purpose
    until_broken: bool = False  # of a broken twin the first finding is enough


class Found(NamedTuple):
    """What came of killing an act at every step."""

    steps: list[str]
    deaths: int  # at the first step of those that leave the same; each was recovered from
    broken: list[str]  # where a promise did not hold
    seconds: float


def kill_at_every_step(killing: Killing, keeping: Keeping) -> Found:
    """Look, kill, recover and check, for each step the undisturbed act takes."""
    began = time.monotonic()
    CLOCK.now = killing.at
    victim = _Victim(killing, keeping)
    keeping.bring_back(killing.start)
    halts = halt_at_each_step(victim.act, counts=killing.counts, look=keeping.left)
    broken = victim.read_undisturbed()
    for number, halt in enumerate(halts, start=1):
        if halt.seen not in victim.known:
            die_at(number, halt.step, victim.act, counts=killing.counts)
            victim.recover(halt.seen)
        broken += [
            f"died at step {number}, {halt.step}: {what}" for what in victim.known[halt.seen]
        ]
        if broken and killing.until_broken:
            break
    steps = [halt.step for halt in halts]
    return Found(steps, len(victim.known), broken, round(time.monotonic() - began, 1))


class _Victim:
    """An act that is killed again and again, and what is known of its leavings."""

    def __init__(self, killing: Killing, keeping: Keeping) -> None:
        self.act = _dealt(killing.act)
        self._killing, self._keeping = killing, keeping
        self._start, self._by_a_person = killing.start, killing.by_a_person
        self.known: dict[Left, list[str]] = {}
        self._worlds: set[str] = set()

    def read_undisturbed(self) -> list[str]:
        """Read the worlds the act leads to without a crash: done before it, or after."""
        broken = []
        again = self.act if self._by_a_person else None
        for before in (None, again):
            found = _recovered(before, is_read=True)
            self._worlds.add(found["world"])
            broken += [f"undisturbed: {what}" for what in found["broken"]]
            self._keeping.bring_back(self._start)
        return broken

    def recover(self, seen: Left) -> None:
        """Have the press recover from what a death left, and note what is broken."""
        left, start = self._keeping.left(), self._keeping.kept(self._start)
        is_undone = self._by_a_person and left.rows == start.rows
        broken = self._recover(self.act if is_undone else None)
        if left != seen:
            broken.append("its death left something else than was seen while it stood still")
        self.known[seen] = broken
        self._keeping.bring_back(self._start)

    def _recover(self, again: Callable[[], object] | None) -> list[str]:
        broken = [] if self._killing.mends else list(in_a_fork(checking.broken_intent))
        found = _recovered(again, is_read=False)
        if found["world"] not in self._worlds:
            broken.append("another world than without the crash")
            broken += in_a_fork(checking.broken_world)
        return broken


def _recovered(again: Callable[[], object] | None, *, is_read: bool) -> dict[str, Any]:
    """Do an act again if it was lost, let the leases of the dead end, and have the press work."""

    def recover() -> dict[str, Any]:
        if again is not None:
            again()
        CLOCK.move(seconds=LEASES_END_S)
        work()
        reached = checking.world()
        return {"world": reached, "broken": checking.broken_world() if is_read else []}

    return dict(in_a_fork(recover))


def _dealt(act: Callable[[], object]) -> Callable[[], object]:
    def deal_and_act() -> object:
        deal_ids_from(IDS)
        return act() and None

    return deal_and_act
