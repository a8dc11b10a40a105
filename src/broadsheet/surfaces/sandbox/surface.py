"""
One account on the sandbox network, as the reconciler sees it.

Crashes: a call that dies before its first byte has changed nothing; one that dies later is
Unknown to whoever starts again, and find() tells. Which way to create and to find is the
account's class (A to E), so one account stands for each kind of network there is.
"""

from collections.abc import Callable
from datetime import datetime
from typing import NamedTuple

from broadsheet.reconciler.outcomes import (
    Done,
    Found,
    Listing,
    Missing,
    Refused,
    Seen,
    Sent,
    Unreadable,
)
from broadsheet.reconciler.ports import Exactness, Order, Traits
from broadsheet.surfaces.sandbox import answers, timeline
from broadsheet.surfaces.sandbox.client import Call, Received, SandboxClient
from broadsheet.surfaces.sandbox.rules import KEY_LIFE_S, NetworkRules, traits
from broadsheet.surfaces.sending import Answer, Sender


class SandboxAccount(NamedTuple):
    """What an editor enters to connect an account."""

    base_url: str  # "http://127.0.0.1:8010"
    name: str
    token: str
    rules: NetworkRules
    exactness: Exactness
    key_life_s: float = KEY_LIFE_S


class SandboxSurface:
    """One account on the sandbox network."""

    def __init__(
        self, account: SandboxAccount, *, sender: Sender, clock: Callable[[], datetime]
    ) -> None:
        """Keep the account, what to send with, and the clock deadlines are read against."""
        self.traits: Traits = traits(
            account.rules, exactness=account.exactness, key_life_s=account.key_life_s
        )
        self._title = account.rules.title
        self._exactness = account.exactness
        self._clock = clock
        self._client = SandboxClient(
            account.base_url, account=account.name, token=account.token, sender=sender
        )

    def create(self, order: Order, *, before_bytes_leave: Callable[[], None]) -> Sent:
        """Make the post: as a record of our own id (A), else as a new post with a key."""
        if self._exactness is Exactness.CONTAINER:
            return Refused("this account posts through containers: prepare, then publish")
        call = self._call(order, before_bytes_leave)
        if self._exactness is Exactness.NATURAL_ID:
            received = self._client.create_record(
                order.payload, record=order.delivery_id, call=call
            )
        else:
            received = self._client.create(order.payload, key=order.dedupe_key, call=call)
        return self._sent(received)

    def prepare(self, order: Order, *, before_bytes_leave: Callable[[], None]) -> Sent:
        """Make the invisible container."""
        if self._exactness is not Exactness.CONTAINER:
            return Refused("this account has no containers: create the post")
        received = self._client.prepare(order.payload, call=self._call(order, before_bytes_leave))
        if isinstance(received, Answer):
            return answers.container_outcome(received, now=self._clock())
        return received

    def publish(
        self, order: Order, container_id: str, *, before_bytes_leave: Callable[[], None]
    ) -> Sent:
        """Publish the container; the network gives the same post when asked twice."""
        call = self._call(order, before_bytes_leave)
        return self._sent(self._client.publish(container_id, call=call))

    def edit(self, order: Order, remote_id: str, *, before_bytes_leave: Callable[[], None]) -> Sent:
        """Give the post the order's words, where readers would see them."""
        if not self.traits.can_edit:
            return Refused(f"{self._title} shows no edits: withdraw the post and post again")
        call = self._call(order, before_bytes_leave)
        if self._exactness is Exactness.NATURAL_ID:
            return self._sent(self._client.edit_record(order.payload, record=remote_id, call=call))
        return self._sent(self._client.edit(remote_id, order.payload, call=call))

    def withdraw(
        self, order: Order, remote_id: str, *, before_bytes_leave: Callable[[], None]
    ) -> Sent:
        """Remove the post; Done also when it is gone already."""
        call = self._call(order, before_bytes_leave)
        received = self._client.withdraw(remote_id, call=call)
        if isinstance(received, Answer) and answers.is_gone(received):
            return Done(remote_id)
        return self._sent(received)

    def find(self, order: Order, *, now: datetime) -> Seen:
        """Look for our post: by its record (A), else in the timeline by its mark."""
        if self._exactness is Exactness.WRITE_ONLY:
            return Unreadable("this account can be written only; look at its timeline yourself")
        if self._exactness is Exactness.NATURAL_ID:
            return self._find_record(order, now=now)
        search = timeline.Search(
            delivery_id=order.delivery_id,
            began_at=now,
            first_attempt_at=order.first_attempt_at,
        )
        return timeline.find(
            search,
            read_page=lambda cursor: self._client.read_page(
                cursor, call=self._call(order, _nothing_to_ask)
            ),
            clock=self._clock,
        )

    def own_posts(self, *, now: datetime, deadline_at: datetime) -> Listing:
        """List all posts of the account that bear a mark of ours."""
        if self._exactness is Exactness.WRITE_ONLY:
            return Unreadable("this account can be written only; look at its timeline yourself")

        def read_page(cursor: str) -> Received:
            within_s = (deadline_at - self._clock()).total_seconds()
            return self._client.read_page(cursor, call=Call(within_s, _nothing_to_ask))

        return timeline.own_posts(began_at=now, read_page=read_page, clock=self._clock)

    def _find_record(self, order: Order, *, now: datetime) -> Seen:
        received = self._client.read_record(
            order.delivery_id, call=self._call(order, _nothing_to_ask)
        )
        if not isinstance(received, Answer):
            return timeline.not_read(received, now=self._clock())
        if answers.is_gone(received):
            return Missing(now)
        post = answers.decoded(received, as_type=answers.Post)
        if post is None or not answers.is_success(received):
            return timeline.not_read(received, now=self._clock())
        return Found((timeline.copy_of(post),))

    def _sent(self, received: Received) -> Sent:
        if isinstance(received, Answer):
            return answers.outcome(received, now=self._clock())
        return received

    def _call(self, order: Order, before_bytes_leave: Callable[[], None]) -> Call:
        # Of a call of many requests, each gets what the order's deadline leaves.
        within_s = (order.deadline_at - self._clock()).total_seconds()
        return Call(within_s=within_s, before_bytes_leave=before_bytes_leave)


def _nothing_to_ask() -> None:
    """Let a read go ahead: it changes nothing, so it needs no lease."""
