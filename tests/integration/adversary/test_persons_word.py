"""What a person says about a post is taken only where it cannot double or empty one."""

from collections.abc import Callable

import pytest

from broadsheet.press.models import LedgerRow
from broadsheet.press.posts import looking
from broadsheet.press.worker import Worker
from broadsheet.reconciler.outcomes import Done, Sent
from broadsheet.reconciler.ports import Exactness, Order
from broadsheet.story.textrule import TextRule
from tests.factories.press import Clock, OneNetwork, publish_story
from tests.factories.story import an_id
from tests.integration.adversary.network import Wall, run_for

pytestmark = pytest.mark.both_databases


class Watched(Wall):
    """A network whose page a person looks at while the first post is on its way there."""

    creates = 0
    refusal = ""

    def create(self, order: Order, *, before_bytes_leave: Callable[[], None]) -> Sent:
        """Make one more post, whatever was there."""
        before_bytes_leave()
        self.creates += 1
        if self.creates == 1:
            self._be_looked_at(order)
        self.posts[str(self.creates)] = (order.payload, order.fingerprint, self.clock())
        return Done(str(self.creates))

    def _be_looked_at(self, order: Order) -> None:
        try:
            row = LedgerRow.objects.get(key=order.key)
            looking.is_not_there(row, now=self.clock(), by="ada")
        except looking.NotPossibleNow as refused:
            self.refusal = str(refused)
        self.clock.move(seconds=1)  # so that the person saw it before the answer came


def test_word_about_a_post_on_its_way_is_refused(
    worker: Worker, clock: Clock, network: OneNetwork
) -> None:
    """Who says that a post is not there while it is being sent has it posted once, not twice."""
    network.traits_of_all = network.traits_of_all._replace(exactness=Exactness.WRITE_ONLY)
    network.surface_of_all = wall = Watched(clock)
    publish_story(clock)

    run_for(worker, clock, seconds=60)

    assert (1, True) == (wall.creates, "being sent at this moment" in wall.refusal)


class NoRule(OneNetwork):
    """Networks of which nobody knows how long a post may be."""

    def rule(self, account: object) -> TextRule:
        """Know none."""
        raise LookupError(account)


def test_post_that_could_not_be_made_is_not_sent_empty(
    worker: Worker, clock: Clock, wall: Wall, network: OneNetwork, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A retry of a post that says nothing is refused with the reason, and sends nothing."""
    with monkeypatch.context() as patch:
        patch.setattr(OneNetwork, "rule", NoRule.rule)
        publish_story(clock)
    row = LedgerRow.objects.get(story=an_id(100))

    with pytest.raises(looking.NotPossibleNow, match="no post could be made"):
        looking.try_again(row, now=clock())
    run_for(worker, clock, seconds=60)

    assert [] == wall.texts
    assert "no post could be made" in LedgerRow.objects.get(story=an_id(100)).parked
