"""
The stage of one run: two workers, an editor, a network, and a clock that jumps.

Whoever is next by the clock takes one step. A worker's step is what the engine does between
two of its yields, so workers interleave, stall and die exactly there.
"""

import heapq
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from typing import NamedTuple

from broadsheet.reconciler.engine import Outlet, Steps, Worker
from broadsheet.reconciler.ledger import Ledger
from broadsheet.reconciler.memory import MemoryLedger
from broadsheet.reconciler.ports import Surface, Traits
from broadsheet.reconciler.simulation.faults import Fault
from broadsheet.reconciler.simulation.surface import (
    BEGINNING,
    MOST_SKEW_S,
    SimulatedSurface,
    Traffic,
)

ACCOUNT = "simulated/main"
MOST_STEPS = 20_000  # a run that takes more is going in circles
DEATHS = 0.012  # share of the steps a worker dies at
STALLS = 0.012
LONGEST_STALL_S = 150.0  # longer than a lease, and than a deadline with its settle_s


class Crew(NamedTuple):
    """What the workers see of their ledger, surface and network; a broken twin puts itself here."""

    ledger: Callable[[MemoryLedger], Ledger]
    surface: Callable[[Surface], Surface]
    traits: Callable[[Traits], Traits]


HONEST = Crew(ledger=lambda it: it, surface=lambda it: it, traits=lambda it: it)


class NeverQuiet(Exception):
    """The workers went on and on; the simulation stopped them."""


class Watch:
    """One worker's clock: right but for its skew, and moved by its own waiting."""

    def __init__(self, traffic: Traffic, skew_s: float) -> None:
        """Show the stage's time, put wrong by this much."""
        self._traffic = traffic
        self.skew_s = skew_s
        self.waited_s = 0.0

    def __call__(self) -> datetime:
        """Return the time this worker thinks it is."""
        return BEGINNING + timedelta(seconds=self._traffic.now + self.waited_s + self.skew_s)

    def pass_time(self, seconds: float) -> None:
        """Let time pass for this worker alone, till it gives up control."""
        self.waited_s += seconds


@dataclass(slots=True)
class _Actor:
    """One process in which workers live, one after the other."""

    name: str
    watch: Watch
    outlet: Outlet
    life: int = 0
    steps: Steps | None = None
    sleeps: bool = False


@dataclass(slots=True)
class Stage:
    """Everything of one run, and whose turn it is."""

    ledger: MemoryLedger
    traffic: Traffic
    crew: Crew
    actors: list[_Actor] = field(default_factory=list)
    is_calm: bool = False  # nobody dies or stalls any more
    steps_taken: int = 0
    _turns: list[tuple[float, int, Callable[[], None]]] = field(default_factory=list)
    _number: int = 0

    def hire(self, count: int) -> None:
        """Start this many workers."""
        for number in range(1, count + 1):
            watch = Watch(self.traffic, self.traffic.draw(-MOST_SKEW_S, MOST_SKEW_S))
            surface = self.crew.surface(SimulatedSurface(self.traffic, watch))
            traits = self.crew.traits(self.traffic.network.traits)
            actor = _Actor(f"worker {number}", watch, Outlet(ACCOUNT, traits, surface))
            self.actors.append(actor)
            self.call(self.traffic.now, partial(self._step, actor))

    def call(self, at: float, turn: Callable[[], None]) -> None:
        """Have something done at a time."""
        self._number += 1
        heapq.heappush(self._turns, (at, self._number, turn))

    def run_until_quiet(self) -> None:
        """
        Let everybody take turns until nobody has anything to do.

        Raises:
            NeverQuiet: there is no end to it.

        """
        while self._turns:
            self.steps_taken += 1
            if self.steps_taken > MOST_STEPS:
                raise NeverQuiet
            at, _, turn = heapq.heappop(self._turns)
            self.traffic.now = max(self.traffic.now, at)
            self.traffic.land(self.traffic.now)
            turn()

    def wake(self) -> None:
        """Wake whoever sleeps: there may be something to do."""
        for actor in self.actors:
            if actor.sleeps:
                actor.sleeps = False
                self.call(self.traffic.now, partial(self._step, actor))

    def say(self, who: str, line: str) -> None:
        """Write a line of the trace."""
        if self.traffic.say:
            self.traffic.say(f"{self.traffic.now:8.2f}   {who:8} {line}")

    def _step(self, actor: _Actor) -> None:
        """Let a worker go on to its next yield, and perhaps no further."""
        actor.watch.waited_s = 0.0
        if actor.steps is None:
            worker = Worker(
                f"{actor.name}, life {actor.life}", actor.watch, self.crew.ledger(self.ledger)
            )
            actor.steps = worker.work_once(actor.outlet)
        try:
            name = next(actor.steps)
        except StopIteration as end:
            actor.steps = None
            self._sleep(actor, worked=bool(end.value))
            return
        self.say(actor.name, name)
        pause_s = actor.watch.waited_s + self.traffic.draw(0, 0.05)
        self.call(self.traffic.now + pause_s + self._accident(actor), partial(self._step, actor))

    def _sleep(self, actor: _Actor, *, worked: bool) -> None:
        """Have a worker look again when there is something to claim, by its own clock."""
        at = BEGINNING if worked else self.ledger.next_claimable_at(ACCOUNT)
        if at is None:
            actor.sleeps = True
            return
        due_s = (at - BEGINNING).total_seconds() - actor.watch.skew_s if at > BEGINNING else 0.0
        self.call(max(self.traffic.now + 0.01, due_s), partial(self._step, actor))

    def _accident(self, actor: _Actor) -> float:
        """Kill a worker, or let it stall for some seconds; most often neither."""
        if self.is_calm:
            return 0.0
        fate = self.traffic.chance()
        if fate < DEATHS:
            self.traffic.faults[Fault.KILL] += 1
            self.say(actor.name, "is killed")
            actor.steps, actor.life = None, actor.life + 1
            return 0.0
        if fate < DEATHS + STALLS:
            self.traffic.faults[Fault.STALL] += 1
            stall_s = self.traffic.draw(1, LONGEST_STALL_S)
            self.say(actor.name, f"stalls for {stall_s:.0f} s")
            return stall_s
        return 0.0
