"""What the desk says a retraction does to a post is what is done, on networks of every class."""

from collections.abc import Callable
from pathlib import Path
from typing import Any, cast

import pytest

from broadsheet.newsroom import acts
from broadsheet.newsroom.writing import blast_radius
from broadsheet.press.models import LedgerRow
from broadsheet.press.ports import Networks
from broadsheet.press.posts.routing import Fate
from broadsheet.press.reach import reach_of
from broadsheet.press.worker import Worker
from broadsheet.reconciler.outcomes import Done, Ready, Sent, Unknown
from broadsheet.reconciler.ports import Exactness, Order
from broadsheet.story.records import StoryState
from tests.factories import rows
from tests.factories.logged import version_of
from tests.factories.press import Clock, OneNetwork, a_worker
from tests.integration.adversary.network import HAS_ALL, Wall, an_account, hand, run_for

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]


class AnyWall(Wall):
    """A wall that takes containers too, and may answer nothing although it made the post."""

    answers = True

    def create(self, order: Order, *, before_bytes_leave: Callable[[], None]) -> Sent:
        """Make the post, once for each mark; answer if it does."""
        if order.delivery_id not in self.posts:
            super().create(order, before_bytes_leave=before_bytes_leave)
        return Done(order.delivery_id) if self.answers else Unknown("no answer came")

    def prepare(self, order: Order, *, before_bytes_leave: Callable[[], None]) -> Sent:
        """Return a container named for the post."""
        before_bytes_leave()
        return Ready(order.delivery_id)

    def publish(
        self, order: Order, container_id: str, *, before_bytes_leave: Callable[[], None]
    ) -> Sent:
        """Make the post of a container."""
        del container_id
        return self.create(order, before_bytes_leave=before_bytes_leave)


@pytest.fixture
def clock() -> Clock:
    """Return a clock that stands at noon."""
    return Clock()


@pytest.fixture
def network(clock: Clock) -> OneNetwork:
    """Return a network whose class a test sets."""
    return OneNetwork(AnyWall(clock), HAS_ALL)


@pytest.fixture
def worker(tmp_path: Path, clock: Clock, network: OneNetwork, settings: Any) -> Worker:
    """Return a worker over the newsroom's own rows, with one account."""
    rows.a_paper()
    worker = a_worker(tmp_path, clock, networks=cast("Networks", network))
    settings.BROADSHEET_WIRING = hand(worker.wired)
    an_account("main", clock)
    return worker


READABLE = [each for each in Exactness if each is not Exactness.WRITE_ONLY]


@pytest.mark.parametrize(
    ("exactness", "answers", "fate"),
    [
        *((each, answers, Fate.REMOVED) for each in READABLE for answers in (True, False)),
        (Exactness.WRITE_ONLY, True, Fate.UNREAD),
        (Exactness.WRITE_ONLY, False, Fate.IN_DOUBT),
    ],
)
def test_fate_told_is_what_is_done(
    worker: Worker,
    clock: Clock,
    network: OneNetwork,
    *,
    exactness: Exactness,
    answers: bool,
    fate: Fate,
):
    """Of a post that is out, or may be, what is told comes true: removed, read back or a person."""
    network.traits_of_all = HAS_ALL._replace(exactness=exactness, key_life_s=3600)
    wall = cast("AnyWall", network.surface_of_all)
    wall.answers = answers
    with rows.acting("ada", now=clock()):
        story = rows.a_live_story()
    run_for(worker, clock, seconds=5)
    since = clock()
    (post,) = reach_of(version_of(story), to=StoryState.RETRACTED).posts

    with rows.acting("ada", now=clock()):
        acts.retract(story, reason="It was wrong.")
    run_for(worker, clock, seconds=120)

    row = LedgerRow.objects.get(story=str(story.uuid), surface="sandbox")
    waits_for_a_person = fate is Fate.IN_DOUBT
    assert fate is post.fate
    assert waits_for_a_person == bool(row.parked)
    assert waits_for_a_person == bool(wall.posts)
    reads = row.attempts.filter(action="find", started_at__gt=since)
    assert (exactness is not Exactness.WRITE_ONLY) == reads.exists()


def test_every_fate_is_told():
    """Whatever becomes of a post, the desk has words for it, of both acts."""
    assert set(Fate) == set(blast_radius._FATES)
