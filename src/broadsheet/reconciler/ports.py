"""
Says what the reconciler asks of the outside: a surface for each account.

Surfaces are adapters (broadsheet.surfaces); the contract suite holds each of them,
real or simulated, to the laws written here.
"""

from collections.abc import Callable
from datetime import datetime
from enum import Enum
from typing import NamedTuple, Protocol

from broadsheet.reconciler.outcomes import Listing, Seen, Sent


class Exactness(Enum):
    """What a network offers against doubling (docs/promises.md, promise 3)."""

    NATURAL_ID = "A"  # we choose the id; creating twice is creating once
    DEDUPE_KEY = "B"  # the same key within its life gives the same post; then as D
    CONTAINER = "C"  # an invisible container, then publish; while it lives; then as D
    READABLE = "D"  # we can list what we posted and recognize our own
    WRITE_ONLY = "E"  # neither: at most one attempt, then a person


class Traits(NamedTuple):
    """What the reconciler must know of a network, as data. Durations in seconds."""

    exactness: Exactness
    can_edit: bool  # in place, visibly to readers
    can_withdraw: bool
    deadline_s: float  # a request is given up after this long
    settle_s: float  # the network applies a request within this long after its deadline, or never
    key_life_s: float  # life of a dedupe key or container; 0 for classes without
    lease_s: float  # longer than deadline_s


class Order(NamedTuple):
    """One thing to be made or changed on a network."""

    key: str  # the object's key in the ledger: "post/<story>/first"
    delivery_id: str  # 8 base32 characters, in the delivery link: our mark in every timeline
    # The same for every try of one creation. Class A: the natural id, which is the delivery id.
    dedupe_key: str
    payload: bytes  # canonical JSON, fitted once
    fingerprint: str  # SHA-256 (hex) of payload
    deadline_at: datetime
    # When the first try of any creation of this object left. A read goes back to here (and a
    # margin for the network's clock); None: it goes back to the beginning.
    first_attempt_at: datetime | None = None


class LeaseLost(Exception):  # names what happened, as all our errors do
    """The lease ended before bytes left; nothing was sent, and somebody else may act."""


class Surface(Protocol):
    """
    One account on one network.

    Every call returns a value within the order's deadline. `before_bytes_leave` is called
    when the connection stands and nothing has been written; if it raises LeaseLost, the
    call sends nothing and lets it through.
    """

    def create(self, order: Order, *, before_bytes_leave: Callable[[], None]) -> Sent:
        """Make the post. Class A and B: with the order's dedupe key."""
        ...

    def prepare(self, order: Order, *, before_bytes_leave: Callable[[], None]) -> Sent:
        """Make the invisible container (class C only): Ready."""
        ...

    def publish(
        self, order: Order, container_id: str, *, before_bytes_leave: Callable[[], None]
    ) -> Sent:
        """Publish a container (class C only). Publishing it twice publishes it once."""
        ...

    def edit(self, order: Order, remote_id: str, *, before_bytes_leave: Callable[[], None]) -> Sent:
        """Make the post under this id say the order's payload. Doing it twice is harmless."""
        ...

    def withdraw(
        self, order: Order, remote_id: str, *, before_bytes_leave: Callable[[], None]
    ) -> Sent:
        """
        Remove the post under this id; Done also when it is gone already.

        Class A: the id may be the order's dedupe key, the natural id, if no answer told any.
        """
        ...

    def find(self, order: Order, *, now: datetime) -> Seen:
        """
        Look for our object by its delivery id (or natural id).

        Missing only from a complete read: every page back to the object's first attempt.
        """
        ...

    def own_posts(self, *, now: datetime, deadline_at: datetime) -> Listing:
        """
        List every post of the account that bears a mark of ours, whoever's ledger made it.

        Listed only from a complete read: every page, back to the account's first post.
        """
        ...
