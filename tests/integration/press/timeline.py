"""A network that keeps posts by delivery id and can be read, for tests of posting."""

from collections.abc import Callable
from datetime import datetime, timedelta

import msgspec

from broadsheet.press.models import Account
from broadsheet.press.worker import Worker
from broadsheet.reconciler.outcomes import (
    Copy,
    Done,
    Found,
    Listed,
    Listing,
    Missing,
    OwnPost,
    Seen,
    Sent,
    Unknown,
    Unreadable,
)
from broadsheet.reconciler.ports import Exactness, Order, Traits
from tests.factories.press import Clock


class Timeline:
    """A network that keeps posts by delivery id, and can lose an answer."""

    def __init__(self, clock: Clock) -> None:
        """Start empty."""
        self.clock = clock
        self.posts: dict[str, tuple[bytes, str, datetime]] = {}
        self.creates = 0
        self.loses_next_answer = False
        self.is_unlisted = False

    def create(self, order: Order, *, before_bytes_leave: Callable[[], None]) -> Sent:
        """Make the post, twice if asked twice."""
        before_bytes_leave()
        self.creates += 1
        remote_id = f"{order.delivery_id}-{self.creates}"
        self.posts[remote_id] = (order.payload, order.fingerprint, self.clock())
        if self.loses_next_answer:
            self.loses_next_answer = False
            return Unknown("no answer")
        return Done(remote_id)

    def prepare(self, order: Order, *, before_bytes_leave: Callable[[], None]) -> Sent:
        """Never asked of this class."""
        raise AssertionError

    def publish(
        self, order: Order, container_id: str, *, before_bytes_leave: Callable[[], None]
    ) -> Sent:
        """Never asked of this class."""
        raise AssertionError

    def edit(self, order: Order, remote_id: str, *, before_bytes_leave: Callable[[], None]) -> Sent:
        """Replace what a post says."""
        before_bytes_leave()
        self.posts[remote_id] = (order.payload, order.fingerprint, self.clock())
        return Done(remote_id)

    def withdraw(
        self, order: Order, remote_id: str, *, before_bytes_leave: Callable[[], None]
    ) -> Sent:
        """Remove a post."""
        before_bytes_leave()
        self.posts.pop(remote_id, None)
        return Done(remote_id)

    def own_posts(self, *, now: datetime, deadline_at: datetime) -> Listing:
        """List every post."""
        del deadline_at
        if self.is_unlisted:
            return Unreadable("this network lists nothing today")
        posts = []
        for remote_id, (payload, fingerprint, at) in self.posts.items():
            said = msgspec.json.decode(payload)
            mark = said["link"].rpartition("?d=")[2]
            posts.append(OwnPost(remote_id, mark, said["link"], said["text"], fingerprint, at))
        return Listed(tuple(sorted(posts, key=lambda post: post.created_at)), now)

    def find(self, order: Order, *, now: datetime) -> Seen:
        """Find the posts of a delivery id, as far back as its first try."""
        since = order.first_attempt_at
        copies = tuple(
            Copy(remote_id, fingerprint, at)
            for remote_id, (_, fingerprint, at) in self.posts.items()
            if remote_id.startswith(order.delivery_id) and (since is None or at >= since)
        )
        return Found(copies) if copies else Missing(now)


TRAITS = Traits(
    exactness=Exactness.READABLE,
    can_edit=True,
    can_withdraw=True,
    deadline_s=10,
    settle_s=5,
    key_life_s=0,
    lease_s=60,
)


def an_account(name: str, clock: Clock) -> Account:
    """Return an account on a network that shows edits and lists its posts."""
    settings = {"base_url": "http://127.0.0.1:1", "rules": "mastodon", "class": "D"}
    return Account.objects.create(surface="sandbox", name=name, settings=settings, added_at=clock())


def run_for(worker: Worker, clock: Clock, *, seconds: int) -> None:
    """Let the worker work while time passes."""
    end = clock() + timedelta(seconds=seconds)
    while clock() < end:
        worker.run_until_quiet()
        clock.move(seconds=5)


def texts(timeline: Timeline) -> list[str]:
    """Return what readers of the network see."""
    return [msgspec.json.decode(payload)["text"] for payload, _, _ in timeline.posts.values()]
