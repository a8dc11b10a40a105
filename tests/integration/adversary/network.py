"""A network that does as it is asked, for tests of what it is asked."""

from collections.abc import Callable
from datetime import datetime, timedelta

import msgspec

from broadsheet.press.models import Account
from broadsheet.press.ports import Wiring
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
)
from broadsheet.reconciler.ports import Exactness, Order, Traits
from tests.factories.press import Clock

HAS_ALL = Traits(
    exactness=Exactness.READABLE,
    can_edit=True,
    can_withdraw=True,
    deadline_s=5,
    settle_s=10,
    key_life_s=0,
    lease_s=20,
)


_handed: list[Wiring] = []


def hand(wired: Wiring) -> str:
    """Have acts use a wiring too, and return its name for settings.BROADSHEET_WIRING."""
    _handed[:] = [wired]
    return f"{__name__}.handed"


def handed() -> Wiring:
    """Return what acts of this test are wired with."""
    return _handed[0]


class Wall:
    """Posts on a wall, by remote id."""

    def __init__(self, clock: Clock) -> None:
        """Start empty."""
        self.clock = clock
        self.posts: dict[str, tuple[bytes, str, datetime]] = {}

    def create(self, order: Order, *, before_bytes_leave: Callable[[], None]) -> Sent:
        """Make the post."""
        before_bytes_leave()
        self.posts[order.delivery_id] = (order.payload, order.fingerprint, self.clock())
        return Done(order.delivery_id)

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
        self.posts[remote_id] = (order.payload, order.fingerprint, self.posts[remote_id][2])
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
        posts = []
        for remote_id, (payload, fingerprint, at) in self.posts.items():
            said = msgspec.json.decode(payload)
            mark = said["link"].rpartition("?d=")[2]
            posts.append(OwnPost(remote_id, mark, said["link"], said["text"], fingerprint, at))
        return Listed(tuple(sorted(posts, key=lambda post: post.created_at)), now)

    def find(self, order: Order, *, now: datetime) -> Seen:
        """Look for a post by its delivery id."""
        found = self.posts.get(order.delivery_id)
        if found is None:
            return Missing(now)
        return Found((Copy(order.delivery_id, found[1], found[2]),))

    @property
    def texts(self) -> list[str]:
        """Return what readers of the network see."""
        return [msgspec.json.decode(payload)["text"] for payload, _, _ in self.posts.values()]


def an_account(name: str, clock: Clock) -> Account:
    """Connect an account."""
    return Account.objects.create(surface="sandbox", name=name, settings={}, added_at=clock())


def run_for(worker: Worker, clock: Clock, *, seconds: int) -> None:
    """Let the worker work while time passes."""
    end = clock() + timedelta(seconds=seconds)
    while clock() < end:
        worker.run_until_quiet()
        clock.move(seconds=5)
