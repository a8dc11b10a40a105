"""
A surface to a simulated network: the way there, on which things go wrong.

A call returns at once, but tells its worker's clock how long it took; what lands later is
left with the traffic, and lands when the time has come.
"""

import heapq
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Protocol

from broadsheet.reconciler.outcomes import (
    Copy,
    Done,
    Found,
    Listing,
    Missing,
    NotSent,
    Seen,
    Sent,
    Throttled,
    Unknown,
    Unreadable,
)
from broadsheet.reconciler.placements import Action
from broadsheet.reconciler.ports import Exactness, Order
from broadsheet.reconciler.simulation.faults import (
    Chance,
    Fault,
    fault_of_read,
    fault_of_write,
)
from broadsheet.reconciler.simulation.network import Network, Request

BEGINNING = datetime(2026, 1, 1, tzinfo=UTC)
CREATIONS = (Action.CREATE, Action.PUBLISH)

# Clocks of two workers may differ by twice this, so a settle_s has to be that much longer
# than the network's own bound. Seconds.
MOST_SKEW_S = 2.0


def in_words(outcome: Sent | Seen) -> str:
    """Return an outcome as the trace shows it: times in seconds since the beginning."""
    match outcome:
        case Throttled(until=at):
            return f"Throttled until {_seconds(at):.2f}"
        case Missing(read_began_at=at):
            return f"Missing at {_seconds(at):.2f}"
        case Found(copies=copies):
            told = ", ".join(f"{copy.remote_id} {copy.fingerprint or '(?)'}" for copy in copies)
            return f"Found {told}"
        case Done(remote_id=remote_id):
            return f"Done: {remote_id}"
        case _:
            return type(outcome).__name__


def _seconds(at: datetime) -> float:
    return (at - BEGINNING).total_seconds()


class Watch(Protocol):
    """A worker's clock, which its own waiting moves."""

    def __call__(self) -> datetime:
        """Return the time this worker thinks it is."""
        ...

    def pass_time(self, seconds: float) -> None:
        """Let time pass for this worker alone, till it gives up control."""
        ...


@dataclass(slots=True)
class Traffic:
    """All that is on its way to one network, and the weather there."""

    network: Network
    chance: Chance
    say: Callable[[str], None] | None  # takes the trace's lines; None: nobody reads them
    rate: float  # share of requests that something happens to
    down: tuple[float, float] = (0.0, 0.0)  # from, until
    now: float = 0.0
    faults: Counter[Fault] = field(default_factory=Counter)
    requests: int = 0
    late: set[str] = field(default_factory=set)  # deliveries created later than settle_s
    excused: set[str] = field(default_factory=set)  # those, and doubled ones
    creations: Counter[str] = field(default_factory=Counter)  # those that may land
    _coming: list[tuple[float, int, Request]] = field(default_factory=list)

    def land(self, until: float) -> None:
        """Let everything land that is due by then, in order of time."""
        while self._coming and self._coming[0][0] <= until:
            at, _, request = heapq.heappop(self._coming)
            answer = self.network.carry_out(request, now=at)
            if self.say:
                self.say(f"{at:8.2f}   network  a {request.action.value} lands: {in_words(answer)}")

    def last_landing(self) -> float:
        """Return when the last request on its way lands, now if there is none."""
        return max((at for at, _, _ in self._coming), default=self.now)

    def send_later(self, request: Request, at: float) -> None:
        """Leave a request on its way."""
        heapq.heappush(self._coming, (at, len(self._coming) + self.requests * 10, request))

    def draw(self, low: float, high: float) -> float:
        """Draw a number of seconds."""
        return low + (high - low) * self.chance()


@dataclass(slots=True)
class SimulatedSurface:
    """One worker's way to the account."""

    traffic: Traffic
    watch: Watch

    def create(self, order: Order, *, before_bytes_leave: Callable[[], None]) -> Sent:
        """Make the post."""
        return self._write(Request(Action.CREATE, order, ""), before_bytes_leave)

    def prepare(self, order: Order, *, before_bytes_leave: Callable[[], None]) -> Sent:
        """Make the container."""
        return self._write(Request(Action.PREPARE, order, ""), before_bytes_leave)

    def publish(
        self, order: Order, container_id: str, *, before_bytes_leave: Callable[[], None]
    ) -> Sent:
        """Publish the container."""
        return self._write(Request(Action.PUBLISH, order, container_id), before_bytes_leave)

    def edit(self, order: Order, remote_id: str, *, before_bytes_leave: Callable[[], None]) -> Sent:
        """Change the words."""
        return self._write(Request(Action.EDIT, order, remote_id), before_bytes_leave)

    def withdraw(
        self, order: Order, remote_id: str, *, before_bytes_leave: Callable[[], None]
    ) -> Sent:
        """Remove the post."""
        return self._write(Request(Action.WITHDRAW, order, remote_id), before_bytes_leave)

    def find(self, order: Order, *, now: datetime) -> Seen:
        """Look for the mark, in what stands when the reading begins."""
        traffic = self.traffic
        traffic.requests += 1
        fault = self._weather() or fault_of_read(traffic.chance, traffic.rate)
        traffic.faults[fault] += 1
        if traffic.network.traits.exactness is Exactness.WRITE_ONLY:
            seen: Seen = Unreadable("this network can be written only")
        elif fault is Fault.NONE:
            seen = self._seen(order, now)
        elif fault is Fault.THROTTLE:
            seen = Throttled(self.watch() + timedelta(seconds=traffic.draw(5, 60)))
        else:
            seen = Unreadable(fault.value)
        self.watch.pass_time(traffic.draw(0.05, 5))
        self._say(f"find [{fault.value}]: {in_words(seen)}")
        return seen

    def own_posts(self, *, now: datetime, deadline_at: datetime) -> Listing:
        """List nothing: nobody restores a simulated paper."""
        del now, deadline_at
        return Unreadable("this network lists no posts")

    def _seen(self, order: Order, now: datetime) -> Seen:
        network = self.traffic.network
        copies = tuple(
            Copy(
                remote_id=post.remote_id,
                fingerprint=post.fingerprint if network.temper.tells_words else None,
                created_at=BEGINNING + timedelta(seconds=post.created_at),
            )
            for post in network.copies(order.delivery_id)
        )
        return Found(copies) if copies else Missing(now)

    def _write(self, request: Request, before_bytes_leave: Callable[[], None]) -> Sent:
        traffic = self.traffic
        fault = self._weather() or fault_of_write(
            traffic.chance,
            traffic.rate,
            exactness=traffic.network.traits.exactness,
            creates=request.action in CREATIONS,
        )
        if fault in (Fault.NOT_SENT, Fault.DOWN):
            outcome: Sent = NotSent(fault.value)
            self.watch.pass_time(traffic.draw(0.05, 2))
        else:
            before_bytes_leave()
            outcome = self._send(request, fault)
        traffic.requests += 1
        traffic.faults[fault] += 1
        if request.action in CREATIONS and isinstance(outcome, Done | Unknown):
            traffic.creations[request.order.delivery_id] += 1
        self._say(f"{request.action.value} {request.target} [{fault.value}]: {in_words(outcome)}")
        return outcome

    def _send(self, request: Request, fault: Fault) -> Sent:
        """Let the bytes leave."""
        traffic, order = self.traffic, request.order
        if fault is Fault.THROTTLE:
            return Throttled(self.watch() + timedelta(seconds=traffic.draw(5, 60)))
        if request.action in CREATIONS and fault in (Fault.DOUBLE, Fault.LATE):
            traffic.excused.add(order.delivery_id)
        if fault is Fault.LATE:
            traffic.late.add(order.delivery_id)
        left_s = (order.deadline_at - self.watch()).total_seconds()
        settled = traffic.now + left_s + traffic.network.traits.settle_s - 2 * MOST_SKEW_S
        if fault is Fault.DELAY:
            traffic.send_later(request, traffic.draw(traffic.now, settled))
        elif fault is Fault.LATE:
            traffic.send_later(request, traffic.draw(settled + 2 * MOST_SKEW_S, settled + 300))
        elif fault is not Fault.DROP_BEFORE:
            answer = traffic.network.carry_out(request, now=traffic.now)
            if fault is Fault.DOUBLE:
                traffic.send_later(request, traffic.draw(traffic.now, settled))
            if fault in (Fault.NONE, Fault.DOUBLE):
                self.watch.pass_time(traffic.draw(0.05, min(2, left_s)))
                return answer
        is_reset = fault is Fault.ERROR_AFTER or traffic.chance() < 0.3  # noqa: PLR2004  # a share
        self.watch.pass_time(traffic.draw(0.05, left_s) if is_reset else left_s)
        return Unknown(fault.value)

    def _weather(self) -> Fault | None:
        begins, ends = self.traffic.down
        return Fault.DOWN if begins <= self.traffic.now < ends else None

    def _say(self, line: str) -> None:
        if self.traffic.say:
            self.traffic.say(f"{self.traffic.now:8.2f}   request  {line}")
