"""
A network of each class, in memory: what readers see, and what it keeps against doubling.

It is honest and instant; what goes wrong on the way to it is in surface.py.
"""

from dataclasses import dataclass, field
from typing import NamedTuple

from broadsheet.reconciler.outcomes import Done, Duplicate, Ready, Refused, Sent
from broadsheet.reconciler.placements import Action
from broadsheet.reconciler.ports import Exactness, Order, Traits

BAD_WORDS = "bad"  # fingerprints that begin so stand for words the network will not take


class Temper(NamedTuple):
    """Says how a network behaves where its class leaves that open."""

    tells_words: bool  # a reading tells what a copy shows
    minds_other_words: bool  # class A: creating again with other words is answered Duplicate
    refuses_repeats: bool  # class D: the same words again are answered Duplicate


@dataclass(slots=True)
class Post:
    """One post readers can see."""

    remote_id: str
    delivery_id: str
    fingerprint: str
    created_at: float


class Request(NamedTuple):
    """One write, as it arrives."""

    action: Action
    order: Order
    target: str  # remote id or container


class _Container(NamedTuple):
    order: Order
    made_at: float
    post: str  # the remote id it was published as; "" if not yet


@dataclass(slots=True)
class Network:
    """One simulated network with one account. Times are seconds since the beginning."""

    traits: Traits
    temper: Temper
    posts: dict[str, Post] = field(default_factory=dict)
    peak: dict[str, int] = field(default_factory=dict)  # most copies at once, by delivery id
    _keys: dict[str, tuple[str, float]] = field(default_factory=dict)  # key: (post, used at)
    _containers: dict[str, _Container] = field(default_factory=dict)
    _made: int = 0

    def carry_out(self, request: Request, *, now: float) -> Sent:
        """Do what a request asks, and return the true answer."""
        if request.order.fingerprint.startswith(BAD_WORDS):
            return Refused("these words are not allowed here")
        match request.action:
            case Action.CREATE:
                return self._create(request.order, now=now)
            case Action.PREPARE:
                return self._prepare(request.order, now=now)
            case Action.PUBLISH:
                return self._publish(request.target, now=now)
            case Action.EDIT:
                return self._edit(request)
            case _:
                self.posts.pop(request.target, None)
                return Done(request.target)

    def copies(self, delivery_id: str) -> list[Post]:
        """Return the posts that bear this mark, oldest first."""
        posts = [post for post in self.posts.values() if post.delivery_id == delivery_id]
        return sorted(posts, key=lambda post: post.created_at)

    def _create(self, order: Order, *, now: float) -> Sent:
        match self.traits.exactness:
            case Exactness.NATURAL_ID:
                return self._create_under(order, now=now)
            case Exactness.DEDUPE_KEY:
                post, used_at = self._keys.get(order.dedupe_key, ("", 0.0))
                if post and now < used_at + self.traits.key_life_s:
                    return Done(post)
                made = self._add(order, self._new_id(), now=now)
                self._keys[order.dedupe_key] = (made.remote_id, now)
                return made
            case Exactness.READABLE if self.temper.refuses_repeats and self._repeats(order):
                return Duplicate("you said this already")
            case _:
                return self._add(order, self._new_id(), now=now)

    def _create_under(self, order: Order, *, now: float) -> Sent:
        """Make the post under the id the order brings; if it is there, change nothing."""
        post = self.posts.get(order.dedupe_key)
        if post is None:
            return self._add(order, order.dedupe_key, now=now)
        if post.fingerprint != order.fingerprint and self.temper.minds_other_words:
            return Duplicate("it is there with other words")
        return Done(post.remote_id)

    def _prepare(self, order: Order, *, now: float) -> Sent:
        container = f"container-{self._new_id()}"
        self._containers[container] = _Container(order, made_at=now, post="")
        return Ready(container)

    def _publish(self, target: str, *, now: float) -> Sent:
        container = self._containers[target]
        if now >= container.made_at + self.traits.key_life_s:
            return Refused("the container has expired")
        if container.post:
            return Done(container.post)
        made = self._add(container.order, self._new_id(), now=now)
        self._containers[target] = container._replace(post=made.remote_id)
        return made

    def _edit(self, request: Request) -> Sent:
        post = self.posts.get(request.target)
        if post is None:
            return Refused("there is no such post")
        post.fingerprint = request.order.fingerprint
        return Done(post.remote_id)

    def _add(self, order: Order, remote_id: str, *, now: float) -> Done:
        self.posts[remote_id] = Post(remote_id, order.delivery_id, order.fingerprint, now)
        together = len(self.copies(order.delivery_id))
        self.peak[order.delivery_id] = max(together, self.peak.get(order.delivery_id, 0))
        return Done(remote_id)

    def _repeats(self, order: Order) -> bool:
        return any(post.fingerprint == order.fingerprint for post in self.posts.values())

    def _new_id(self) -> str:
        self._made += 1
        return str(self._made)
