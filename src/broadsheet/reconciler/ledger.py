"""
Says what the engine asks of a ledger. memory.py is one; the press keeps another in its tables.

Both are held to tests/contract/ledger_laws.py. In short:

* A row may be claimed when it is not parked, nobody holds its lease, and either desired
  differs from live and it is due (due_at is None or past), or verify_at is past.
* What the engine decides (release) is written only by the holder of the lease. What it
  learned (close_attempt) is always written: a late answer is evidence, and makes the row
  claimable at once, parked or not, so that the decision is made again with it.
* A row at rest says when it is worth another look (read_again_at); the look is asked for
  (read_again) when there is nothing to claim, a few rows at a time.
* From begin_attempt or record_reading to release, live is None: should the worker die, no
  wish can equal what the row last said, and it is claimed again.
* What nobody may do yet is not begun: begin_attempt refuses it, and it is tried again later.
* A wish that changes, or a reading asked for (verify_at), while a worker holds the row is
  never lost: begin_attempt refuses to act on the old wish, and release leaves the row
  claimable at once.
"""

from datetime import datetime
from typing import NamedTuple, Protocol

from broadsheet.reconciler.outcomes import Sent
from broadsheet.reconciler.placements import Attempt, Placement
from broadsheet.reconciler.planning import Absent, Fingerprint


class DesiredChanged(Exception):
    """The wish changed after the row was claimed; nothing was begun, and it is looked at anew."""


class HasToWait(Exception):  # names what happened, as all our errors do
    """What is to be done must wait for something else; nothing was begun, try again later."""


class Claim(NamedTuple):
    """A placement, and the right to act on it for a while."""

    placement: Placement
    owner: str  # one worker's life; never reused
    lease_s: float


class Standing(NamedTuple):
    """What we believe stands on the network; columns for lists and indexes, never for decisions."""

    live: Fingerprint | Absent | None  # None: never written, doubtful, or more than one copy
    remote_id: str  # "" if none
    container_id: str  # "" if none
    container_at: datetime | None


class Verdict(NamedTuple):
    """What a worker leaves behind: the row, in one write."""

    standing: Standing
    due_at: datetime | None  # when to act on desired <> live; None: now, if they differ
    verify_at: datetime | None  # when to read it back; None: not needed
    parked: str  # why a person must act; "" is not parked
    failures: int
    read_again_at: datetime | None = None  # if as desired, worth another look (rereading.py)


class Ledger(Protocol):
    """Keeps placements for the engine. Every call is one transaction, durable on return."""

    def claim(self, account: str, *, owner: str, now: datetime, lease_s: float) -> Claim | None:
        """Give the most urgent claimable row to this owner until now + lease_s; None if none."""
        ...

    def read_again(self, account: str, *, now: datetime) -> int:
        """
        Ask for rows that settled long enough ago to be read back: verify_at now.

        Those as desired whose read_again_at is past and which are neither parked nor held, the
        longest overdue first; as many as room_for_readings (rereading.py) leaves beside those
        with a verify_at. Returns how many.
        """
        ...

    def begin_attempt(self, claim: Claim, attempt: Attempt) -> None:
        """
        Write down an open attempt, before a byte leaves, and renew the lease from its start.

        From here till release, live is None.

        Raises:
            LeaseLost: the row is no longer ours, or its journal has moved on.
            DesiredChanged: the row wants something else than the claim says.
            HasToWait: the time for it has not come, as while the page it links to is down.

        """
        ...

    def still_ours(self, claim: Claim, *, now: datetime) -> None:
        """
        Return if the lease is ours and has not ended.

        Raises:
            LeaseLost: it is not, or it has.

        """
        ...

    def close_attempt(self, claim: Claim, number: int, outcome: Sent, *, now: datetime) -> None:
        """
        Write down what came of an attempt, whoever holds the lease by now.

        Raises:
            LeaseLost: the outcome is written, and the row made claimable as soon as its lease
                allows (verify_at now, not parked); it is no longer ours to decide on.

        """
        ...

    def record_reading(self, claim: Claim, reading: Attempt) -> None:
        """
        Append a closed FIND to the journal. From here till release, live is None.

        Raises:
            LeaseLost: nothing is written.

        """
        ...

    def release(self, claim: Claim, verdict: Verdict, *, now: datetime) -> None:
        """
        Write the verdict and end the lease.

        If desired or verify_at is no longer what the claim says, the verdict is out of date:
        only its standing is written, and the row is made claimable at once (due_at None,
        verify_at now, not parked).

        Raises:
            LeaseLost: nothing is written.

        """
        ...
