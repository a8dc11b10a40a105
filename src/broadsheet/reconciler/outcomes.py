"""
Says what can come of asking the outside world for something.

An answer is a value, never an exception. Two rules hold everywhere:

* a timeout, a reset or a 5xx after bytes left is Unknown, never a failure;
* Missing is an answer only a complete read may give.
"""

from datetime import datetime
from typing import NamedTuple


class Done(NamedTuple):
    """Says the network carried it out, and under which id it now stands."""

    remote_id: str


class Ready(NamedTuple):
    """Says a container stands, invisible, waiting to be published."""

    container_id: str


class NotSent(NamedTuple):
    """Says no byte of the request left: asking again cannot double anything."""

    reason: str


class Unknown(NamedTuple):
    """Says bytes left and no trustworthy answer came: look before acting again."""

    reason: str


class Throttled(NamedTuple):
    """Says the network wants us to wait; nothing was carried out."""

    until: datetime


class Refused(NamedTuple):
    """Says the network will not do it as asked; a person must change something."""

    reason: str


class Duplicate(NamedTuple):
    """Says the network has it already; who has it must be read back."""

    reason: str


class Found(NamedTuple):
    """Says a complete or partial read saw our object, one entry for each copy, oldest first."""

    copies: "tuple[Copy, ...]"


class Copy(NamedTuple):
    """One copy of our object on the network."""

    remote_id: str
    fingerprint: str | None  # of what it shows, where the network lets us tell; None if it does not
    created_at: datetime


class Missing(NamedTuple):
    """Says a complete read, begun at this time, did not see our object."""

    read_began_at: datetime


class OwnPost(NamedTuple):
    """One post of an account that bears a mark of ours."""

    remote_id: str
    delivery_id: str
    link: str  # with our mark
    text: str
    fingerprint: str | None  # of what it shows, where the network lets us tell
    created_at: datetime  # by the network's clock


class Listed(NamedTuple):
    """Says a complete read, begun at this time, saw these posts of ours, oldest first."""

    posts: tuple[OwnPost, ...]
    read_began_at: datetime


class Unreadable(NamedTuple):
    """Says the read failed or was cut short, or the network has no reading."""

    reason: str


Sent = Done | Ready | NotSent | Unknown | Throttled | Refused | Duplicate
Seen = Found | Missing | Unreadable | Throttled
Listing = Listed | Unreadable | Throttled
