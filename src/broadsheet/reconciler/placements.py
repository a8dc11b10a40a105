"""
Says what a placement is: one object on one account, with the journal of all that was asked.

The journal is the truth. Attempts are only ever appended and closed; what stands on the
network is worked out from them (believing.py), and so is what to do next (recovering.py).
That is why a late answer, from a worker thought dead, can be written down without harm.
"""

from datetime import datetime
from enum import Enum
from typing import NamedTuple

from broadsheet.reconciler.outcomes import Seen, Sent
from broadsheet.reconciler.planning import Absent, Fingerprint


class Action(Enum):
    """What was asked of the network."""

    CREATE = "create"
    PREPARE = "prepare"
    PUBLISH = "publish"
    EDIT = "edit"
    WITHDRAW = "withdraw"
    FIND = "find"  # only readings that answered Found or Missing are in the journal
    PERSON = "person"  # somebody looked, and says Found or Missing; overrules all before it


class Rewrite(Enum):
    """What new words mean on a network that cannot edit; the account's policy."""

    REPOST = "repost"  # delete, read back Missing, post
    ASK = "ask"  # park, and let a person decide


class Attempt(NamedTuple):
    """One request to a network, from before it left until its outcome."""

    number: int  # 1, 2, 3 ... for each placement
    action: Action
    fingerprint: str  # of what the request carried; "" where it carries nothing
    target: str  # the remote id or container it acts on; "" if none or not known
    started_at: datetime
    deadline_at: datetime
    outcome: Sent | Seen | None  # None: open, or its worker is dead
    finished_at: datetime | None
    worker: str  # or the name of the person


class Placement(NamedTuple):
    """One object on one account: what it should be, and all that was asked about it."""

    account: str
    key: str  # "post/<story>/first"; never reused
    delivery_id: str  # 8 base32 characters, in the link: our mark in every timeline
    desired: Fingerprint | Absent  # once Absent, for ever Absent
    payload: bytes  # canonical JSON behind desired; b"" when Absent
    rewrite: Rewrite
    attempts: tuple[Attempt, ...]  # by number
    verify_at: datetime | None  # read it back at this time or later
    failures: int  # in a row; sets the back-off
