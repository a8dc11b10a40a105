"""
Surfaces that break one law each, to see that the law notices.

Each is a mistake somebody could make writing an adapter, around a surface that is right.
"""

import secrets
from collections.abc import Callable
from datetime import datetime, timedelta

from broadsheet.reconciler.outcomes import (
    Done,
    Found,
    Listed,
    Listing,
    Missing,
    NotSent,
    Refused,
    Seen,
    Sent,
    Throttled,
    Unknown,
    Unreadable,
)
from broadsheet.reconciler.ports import Order, Surface
from tests.contract.stage import leased

Lease = Callable[[], None]


class Right:
    """A surface that passes everything on, unbroken."""

    def __init__(self, surface: Surface) -> None:
        """Keep the right surface."""
        self.right = surface

    def create(self, order: Order, *, before_bytes_leave: Lease) -> Sent:
        """Pass the order on."""
        return self.sent(self.right.create(order, before_bytes_leave=before_bytes_leave))

    def prepare(self, order: Order, *, before_bytes_leave: Lease) -> Sent:
        """Pass the order on."""
        return self.sent(self.right.prepare(order, before_bytes_leave=before_bytes_leave))

    def publish(self, order: Order, container_id: str, *, before_bytes_leave: Lease) -> Sent:
        """Pass the order on."""
        return self.sent(
            self.right.publish(order, container_id, before_bytes_leave=before_bytes_leave)
        )

    def edit(self, order: Order, remote_id: str, *, before_bytes_leave: Lease) -> Sent:
        """Pass the order on."""
        return self.sent(self.right.edit(order, remote_id, before_bytes_leave=before_bytes_leave))

    def withdraw(self, order: Order, remote_id: str, *, before_bytes_leave: Lease) -> Sent:
        """Pass the order on."""
        return self.sent(
            self.right.withdraw(order, remote_id, before_bytes_leave=before_bytes_leave)
        )

    def find(self, order: Order, *, now: datetime) -> Seen:
        """Pass the question on."""
        return self.seen(self.right.find(order, now=now))

    def own_posts(self, *, now: datetime, deadline_at: datetime) -> Listing:
        """Pass the question on."""
        return self.right.own_posts(now=now, deadline_at=deadline_at)

    def sent(self, outcome: Sent) -> Sent:
        """Return what became of a write."""
        return outcome

    def seen(self, seen: Seen) -> Seen:
        """Return what a read saw."""
        return seen


class TrimsTheWords(Right):
    """Sends other bytes than it was given."""

    def create(self, order: Order, *, before_bytes_leave: Lease) -> Sent:
        """Send the words without their last full stop."""
        trimmed = order._replace(payload=order.payload.replace(b'.","', b'","'))
        return super().create(trimmed, before_bytes_leave=before_bytes_leave)


class UsesANewKeyEachTime(Right):
    """Makes a dedupe key for each request, as Mixpost does."""

    def create(self, order: Order, *, before_bytes_leave: Lease) -> Sent:
        """Send the order under a key nobody has seen."""
        fresh = order._replace(dedupe_key=secrets.token_hex(8))
        return super().create(fresh, before_bytes_leave=before_bytes_leave)


class EditsNothing(Right):
    """Says it has edited, and has not."""

    def edit(self, order: Order, remote_id: str, *, before_bytes_leave: Lease) -> Sent:
        """Do nothing."""
        return Done(remote_id)


class EditsByPostingAgain(Right):
    """Edits by making a new post."""

    def edit(self, order: Order, remote_id: str, *, before_bytes_leave: Lease) -> Sent:
        """Post the new words beside the old."""
        return self.right.create(order, before_bytes_leave=before_bytes_leave)


class RevivesByEditing(Right):
    """Makes the post anew when there is none to edit."""

    def edit(self, order: Order, remote_id: str, *, before_bytes_leave: Lease) -> Sent:
        """Edit, or post."""
        outcome = super().edit(order, remote_id, before_bytes_leave=before_bytes_leave)
        if isinstance(outcome, Refused):
            return self.right.create(order, before_bytes_leave=before_bytes_leave)
        return outcome


class WithdrawsNothing(Right):
    """Says it has withdrawn, and has not."""

    def withdraw(self, order: Order, remote_id: str, *, before_bytes_leave: Lease) -> Sent:
        """Do nothing."""
        return Done(remote_id)


class WithdrawsOnlyWhatIsThere(Right):
    """Takes a post that is gone for a failure."""

    def withdraw(self, order: Order, remote_id: str, *, before_bytes_leave: Lease) -> Sent:
        """Refuse where there is nothing to withdraw."""
        if isinstance(self.right.find(order, now=order.deadline_at), Missing):
            return Refused("no such post")
        return super().withdraw(order, remote_id, before_bytes_leave=before_bytes_leave)


class TakesAbsenceForFailure(Right):
    """Cannot say that something is not there."""

    def seen(self, seen: Seen) -> Seen:
        """Call a complete read a failed one."""
        return Unreadable("not found") if isinstance(seen, Missing) else seen


class ReadsOnePage(Right):
    """Reads the newest page and calls it all."""

    def find(self, order: Order, *, now: datetime) -> Seen:
        """Stop at the first post older than tomorrow."""
        return super().find(order._replace(first_attempt_at=now + timedelta(days=1)), now=now)


class TakesUnknownForNotSent(Right):
    """Retries timeouts, as most posting software does."""

    def sent(self, outcome: Sent) -> Sent:
        """Call a lost answer a request that never left."""
        return NotSent(outcome.reason) if isinstance(outcome, Unknown) else outcome


class TakesNotSentForUnknown(Right):
    """Does not tell a refused connection from a lost answer."""

    def sent(self, outcome: Sent) -> Sent:
        """Call everything that failed unknown."""
        return Unknown(outcome.reason) if isinstance(outcome, NotSent) else outcome


class TakesThrottlingForRefusal(Right):
    """Reads any 4xx as a no."""

    def sent(self, outcome: Sent) -> Sent:
        """Refuse instead of waiting."""
        return Refused("HTTP 429") if isinstance(outcome, Throttled) else outcome

    def seen(self, seen: Seen) -> Seen:
        """Fail instead of waiting."""
        return Unreadable("HTTP 429") if isinstance(seen, Throttled) else seen


class TakesRefusalForUnknown(Right):
    """Looks for a post the network said it would not have, for ever."""

    def sent(self, outcome: Sent) -> Sent:
        """Call a refusal unknown."""
        return Unknown(outcome.reason) if isinstance(outcome, Refused) else outcome


class TakesUnknownForDone(Right):
    """Trusts any answer, or none."""

    def sent(self, outcome: Sent) -> Sent:
        """Call what is not known done."""
        return Done("1") if isinstance(outcome, Unknown) else outcome


class RetriesWithoutLooking(Right):
    """Sends again what had no answer."""

    def create(self, order: Order, *, before_bytes_leave: Lease) -> Sent:
        """Send, and send again."""
        outcome = super().create(order, before_bytes_leave=before_bytes_leave)
        if isinstance(outcome, Unknown):
            super().create(order, before_bytes_leave=leased)
        return outcome


class RemembersAbsence(Right):
    """Answers from a cache."""

    def __init__(self, surface: Surface) -> None:
        """Begin knowing nothing."""
        super().__init__(surface)
        self.remembered: dict[str, Seen] = {}

    def find(self, order: Order, *, now: datetime) -> Seen:
        """Look once."""
        if order.key not in self.remembered:
            self.remembered[order.key] = super().find(order, now=now)
        return self.remembered[order.key]


class SeesTheNewestCopyOnly(Right):
    """Stops at the first post that carries the mark."""

    def seen(self, seen: Seen) -> Seen:
        """Tell of one copy."""
        return Found(seen.copies[-1:]) if isinstance(seen, Found) else seen


class TakesUnreadableForMissing(Right):
    """Says what it did not see is not there."""

    def find(self, order: Order, *, now: datetime) -> Seen:
        """Look, and call any failure absence."""
        seen = super().find(order, now=now)
        return Missing(now) if isinstance(seen, Unreadable) else seen


class ListsThePageItGot(Right):
    """Takes what could be read for all there is."""

    def own_posts(self, *, now: datetime, deadline_at: datetime) -> Listing:
        """List, and call any failure the end."""
        seen = super().own_posts(now=now, deadline_at=deadline_at)
        return seen if isinstance(seen, Listed) else Listed((), now)


class ListsTheNewest(Right):
    """Reads the newest page of a list and calls it all."""

    def own_posts(self, *, now: datetime, deadline_at: datetime) -> Listing:
        """Keep the five newest."""
        seen = super().own_posts(now=now, deadline_at=deadline_at)
        return Listed(seen.posts[-5:], now) if isinstance(seen, Listed) else seen


class AsksForTheLeaseLate(Right):
    """Asks whether it may when it has already sent."""

    def create(self, order: Order, *, before_bytes_leave: Lease) -> Sent:
        """Send, then ask."""
        outcome = super().create(order, before_bytes_leave=leased)
        before_bytes_leave()
        return outcome


class AsksForTheLeaseNever(Right):
    """Does not know of leases."""

    def create(self, order: Order, *, before_bytes_leave: Lease) -> Sent:
        """Send without asking."""
        return super().create(order, before_bytes_leave=leased)


class TakesItsTime(Right):
    """Knows no deadline, only pauses between bytes."""

    def create(self, order: Order, *, before_bytes_leave: Lease) -> Sent:
        """Take more time than the order gives."""
        return super().create(_later(order), before_bytes_leave=before_bytes_leave)

    def find(self, order: Order, *, now: datetime) -> Seen:
        """Take more time than the order gives."""
        return super().find(_later(order), now=now)


def _later(order: Order) -> Order:
    return order._replace(deadline_at=order.deadline_at + timedelta(seconds=2.0))
