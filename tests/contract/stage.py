"""
What a law needs: a surface, the truth behind it, and orders for it.

A new network brings a World of its own; the laws stay as they are.
"""

import hashlib
import itertools
import secrets
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from enum import Enum
from typing import NamedTuple, Protocol

from broadsheet.reconciler.outcomes import Listing, Ready, Seen, Sent
from broadsheet.reconciler.ports import Exactness, Order, Surface, Traits

PATIENT_S = 10.0  # for calls that must succeed, on a busy machine too
HASTY_S = 0.4  # for calls that must give up
SLACK_S = 1.0  # how much later than its deadline a call may return on a busy machine

_numbers = itertools.count(1)


class Trouble(Enum):
    """What a world can make go wrong. "Before" means nothing was done, "after" that it was."""

    DROP_BEFORE = "drop-before"
    DROP_AFTER = "drop-after"
    DELAY_BEFORE = "delay-before"
    DELAY_AFTER = "delay-after"
    FAIL_BEFORE = "fail-before"
    FAIL_AFTER = "fail-after"
    HTML_BEFORE = "html-before"
    HTML_AFTER = "html-after"
    TRUNCATED_AFTER = "truncated-after"
    DOUBLE = "double"
    THROTTLE = "throttle"
    LATE = "late"  # no answer; done some seconds later


class World(Protocol):
    """The network behind a surface, seen from the inside."""

    def shown(self) -> tuple[bytes, ...]:
        """Return the canonical payload of every post readers see, newest first."""
        ...

    def spoil(
        self,
        trouble: Trouble,
        operation: str,
        *,
        seconds: float = 0.0,
        skip: int = 0,
        times: int = 1,
    ) -> None:
        """Make the next requests for an operation go wrong, after some that go well."""
        ...

    def crowd(self) -> None:
        """Fill more than two pages of the timeline with posts of other stories."""
        ...

    def payload(self, text: str, *, delivery_id: str) -> bytes:
        """Return canonical bytes of a post this network takes."""
        ...

    def unacceptable_payload(self, *, delivery_id: str) -> bytes:
        """Return canonical bytes of a post this network refuses."""
        ...


class Stage(NamedTuple):
    """One surface in its world."""

    surface: Surface
    traits: Traits
    world: World
    surface_at: Callable[[str], Surface]  # the same account, asked for at another address

    @property
    def posting(self) -> str:
        """Return the operation that makes a post public."""
        return "publish" if self.traits.exactness is Exactness.CONTAINER else "create"

    @property
    def is_readable(self) -> bool:
        """Return whether posts can be read back at all."""
        return self.traits.exactness is not Exactness.WRITE_ONLY

    def order(self, text: str = "The council approved the tram line.") -> Order:
        """Return an order for a new post."""
        delivery_id = a_delivery_id()
        return self.order_of(self.world.payload(text, delivery_id=delivery_id), delivery_id)

    def changed(self, order: Order, text: str) -> Order:
        """Return the order to make the same post say something else."""
        payload = self.world.payload(text, delivery_id=order.delivery_id)
        return order._replace(payload=payload, fingerprint=fingerprint_of(payload))

    def order_of(self, payload: bytes, delivery_id: str) -> Order:
        """Return the order to post this payload."""
        number = next(_numbers)
        return Order(
            key=f"post/story-{number}/first",
            delivery_id=delivery_id,
            dedupe_key=f"{delivery_id}-1",
            payload=payload,
            fingerprint=fingerprint_of(payload),
            deadline_at=_now() + timedelta(seconds=PATIENT_S),
        )


def fingerprint_of(payload: bytes) -> str:
    """Return what the ledger keeps of a payload."""
    return hashlib.sha256(payload).hexdigest()


def a_delivery_id() -> str:
    """Return a delivery id as the press makes them."""
    return "".join(secrets.choice("abcdefghijklmnopqrstuvwxyz234567") for _ in range(8))


def hasty(order: Order) -> Order:
    """Return the order with very little time left."""
    return order._replace(deadline_at=_now() + timedelta(seconds=HASTY_S))


def patient(order: Order) -> Order:
    """Return the order with all the time it may need."""
    return order._replace(deadline_at=_now() + timedelta(seconds=PATIENT_S))


def leased() -> None:
    """Say that the lease is ours."""


def begun(surface: Surface, order: Order, *, traits: Traits) -> Sent:
    """Send the first request of a creation: the post itself, or its container."""
    if traits.exactness is Exactness.CONTAINER:
        return surface.prepare(order, before_bytes_leave=leased)
    return surface.create(order, before_bytes_leave=leased)


def posted(stage: Stage, order: Order) -> Sent:
    """Create the order's post, through a container where the network wants one."""
    first = begun(stage.surface, patient(order), traits=stage.traits)
    if isinstance(first, Ready):
        return stage.surface.publish(order, first.container_id, before_bytes_leave=leased)
    return first


def found(stage: Stage, order: Order) -> Seen:
    """Look for the order's post with time enough."""
    return stage.surface.find(patient(order), now=_now())


def listed(stage: Stage) -> Listing:
    """List the account's own posts with time enough."""
    deadline_at = _now() + timedelta(seconds=PATIENT_S)
    return stage.surface.own_posts(now=_now(), deadline_at=deadline_at)


def _now() -> datetime:
    return datetime.now(tz=UTC)
