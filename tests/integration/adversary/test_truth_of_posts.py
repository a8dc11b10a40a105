"""What goes out is true at the moment it goes: its page is there, and says the same."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import pytest
from django.db import transaction

from broadsheet.press import mass_change
from broadsheet.press.actions import expire, publish, retract, unpublish
from broadsheet.press.models import Account, Attempt, LedgerRow
from broadsheet.press.posts import delivering, releasing
from broadsheet.press.standing import standing
from broadsheet.press.worker import Worker
from broadsheet.reconciler.outcomes import NotSent, Sent, Unknown
from broadsheet.reconciler.ports import Exactness, Order
from broadsheet.story.ids import StoryId
from broadsheet.story.records import Correction, CorrectionKind
from tests.factories.press import Clock, OneNetwork, publish_story
from tests.factories.story import a_content, an_id
from tests.integration.adversary.network import HAS_ALL, Wall, run_for

pytestmark = pytest.mark.both_databases

STORY = StoryId(an_id(100))


@dataclass
class Gate:
    """What happens when a post is about to be made, instead or before."""

    is_shut: bool = False
    is_silent: bool = False  # no answer comes, and nothing is made
    when_made: list[Callable[[], Any]] = field(default_factory=list)


class Gated(Wall):
    """A network nobody can reach while its gate is shut."""

    def __init__(self, clock: Clock) -> None:
        """Stand open."""
        super().__init__(clock)
        self.gate = Gate()

    def create(self, order: Order, *, before_bytes_leave: Callable[[], None]) -> Sent:
        """Make the post, unless nothing leaves the machine."""
        if self.gate.is_shut:
            return NotSent("no way there")
        if self.gate.is_silent:
            return Unknown("no answer")
        for happen in self.gate.when_made:
            happen()
        return super().create(order, before_bytes_leave=before_bytes_leave)


@pytest.fixture
def wall(clock: Clock) -> Gated:
    """Return a network with a gate."""
    return Gated(clock)


def a_story_that_could_not_be_posted(worker: Worker, clock: Clock, wall: Gated) -> None:
    """Publish a story whose post is tried, and leaves nothing."""
    wall.gate.is_shut = True
    publish_story(clock, headline="Wrong words")
    worker.run_until_quiet()
    assert Attempt.objects.exists()


def open_again(worker: Worker, clock: Clock, wall: Gated) -> None:
    """Let the press see what was done, then open the gate for ten minutes."""
    worker.run_until_quiet()
    wall.gate.is_shut = wall.gate.is_silent = False
    run_for(worker, clock, seconds=600)


def correct(clock: Clock) -> None:
    """Correct the story, with a note."""
    note = Correction(
        id=an_id(7), at=clock(), kind=CorrectionKind.CORRECTION, text="It was another day."
    )
    content = a_content(slug="story-100", headline="Right words", corrections=(note,))
    with transaction.atomic():
        publish.publish(STORY, content, now=clock(), by="test", significant=False)


@pytest.mark.parametrize("take_down", [unpublish.unpublish, expire.expire])
def test_post_that_could_not_be_sent_waits_while_its_page_is_down(
    worker: Worker, clock: Clock, wall: Gated, take_down: Callable[..., Any]
) -> None:
    """A post nobody has read does not go out with a link to nothing, though it was tried."""
    a_story_that_could_not_be_posted(worker, clock, wall)
    with transaction.atomic():
        take_down(STORY, now=clock(), by="test")

    open_again(worker, clock, wall)

    stands = standing()
    assert ({}, (0, 1)) == (wall.posts, (stands.posts[0].waiting, stands.posts[0].held))
    assert stands.is_quiet
    publish_story(clock)
    run_for(worker, clock, seconds=60)
    assert (1, 0) == (len(wall.posts), standing().posts[0].held)


def test_page_taken_down_while_its_post_is_begun_keeps_it_back(
    worker: Worker, clock: Clock, wall: Gated, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is decided between a claim and the first byte counts: the journal is not begun."""
    publish_story(clock)
    while not worker._own_round().did_nothing:
        pass
    claim = delivering.PostLedger.claim

    def claimed_and_taken_down(*args: Any, **kwargs: Any) -> Any:
        found = claim(*args, **kwargs)
        if found is not None:
            with transaction.atomic():
                unpublish.unpublish(STORY, now=clock(), by="test")
        return found

    with monkeypatch.context() as patch:
        patch.setattr(delivering.PostLedger, "claim", claimed_and_taken_down)
        delivering.deliver(worker.wired.networks, clock=clock, owner="fast")
    run_for(worker, clock, seconds=60)

    assert ({}, 0) == (wall.posts, Attempt.objects.count())


@pytest.mark.parametrize("exactness", [Exactness.NATURAL_ID, Exactness.READABLE])
def test_post_in_doubt_is_not_made_while_its_page_is_down(
    worker: Worker, clock: Clock, wall: Gated, network: OneNetwork, exactness: Exactness
) -> None:
    """A released account looks for its post, and makes it only once its page is back."""
    network.traits_of_all = HAS_ALL._replace(exactness=exactness)
    Account.objects.update(on_hold="restored")
    publish_story(clock)
    with transaction.atomic():
        unpublish.unpublish(STORY, now=clock(), by="test")
    worker.run_until_quiet()
    releasing.release(Account.objects.get(), worker.wired.networks, now=clock(), by="test")

    run_for(worker, clock, seconds=120)
    while_down = len(wall.posts)
    publish_story(clock)
    run_for(worker, clock, seconds=120)

    assert (0, 1) == (while_down, len(wall.posts))


def a_story_whose_post_was_lost(worker: Worker, clock: Clock, wall: Gated) -> None:
    """Publish a story whose post got no answer, was seen to be missing, and cannot be sent."""
    wall.gate.is_silent = True
    publish_story(clock, headline="Wrong words")
    worker.run_until_quiet()
    wall.gate.is_shut = True
    run_for(worker, clock, seconds=120)


# Ways for a post to be wanted, tried and not there.
NOT_THERE = pytest.mark.parametrize(
    "publish_in_vain", [a_story_that_could_not_be_posted, a_story_whose_post_was_lost]
)


@NOT_THERE
def test_post_that_is_not_there_goes_out_corrected(
    worker: Worker,
    clock: Clock,
    wall: Gated,
    network: OneNetwork,
    publish_in_vain: Callable[[Worker, Clock, Gated], None],
) -> None:
    """Where posts cannot be edited, wrong words nobody has read are not posted to be corrected."""
    network.traits_of_all = HAS_ALL._replace(can_edit=False)
    publish_in_vain(worker, clock, wall)
    correct(clock)

    open_again(worker, clock, wall)

    assert ["Right words"] == [text.splitlines()[0] for text in wall.texts]


@NOT_THERE
def test_nothing_is_said_of_a_retraction_where_no_post_is(
    worker: Worker,
    clock: Clock,
    wall: Gated,
    network: OneNetwork,
    publish_in_vain: Callable[[Worker, Clock, Gated], None],
) -> None:
    """A network that cannot remove posts gets no notice of one that never stood: it is done."""
    network.traits_of_all = HAS_ALL._replace(can_withdraw=False)
    publish_in_vain(worker, clock, wall)
    with transaction.atomic():
        retract.retract(STORY, reason="It was not true.", now=clock(), by="test")

    open_again(worker, clock, wall)

    row = LedgerRow.objects.get(story=STORY)
    assert ({}, ("absent", "absent")) == (wall.posts, (row.desired, row.live))


def test_note_of_a_correction_waits_for_the_corrected_page(
    worker: Worker, clock: Clock, wall: Gated, network: OneNetwork
) -> None:
    """A note does not send readers to a page that is not corrected yet, however fast it is."""
    network.traits_of_all = HAS_ALL._replace(can_edit=False)
    publish_story(clock, headline="Wrong words")
    run_for(worker, clock, seconds=60)
    correct(clock)

    delivering.deliver(worker.wired.networks, clock=clock, owner="fast")
    before = len(wall.posts)
    run_for(worker, clock, seconds=60)

    assert (1, 2) == (before, len(wall.posts))


def ten_posts_that_are_due(worker: Worker, clock: Clock) -> None:
    """Publish ten stories and bring out their pages."""
    for number in range(100, 110):
        publish_story(clock, number)
    while not worker._own_round().did_nothing:
        pass


def test_account_put_on_hold_posts_no_more(worker: Worker, clock: Clock, wall: Gated) -> None:
    """A hold counts from the next post on, not from the next batch."""
    ten_posts_that_are_due(worker, clock)
    wall.gate.when_made.append(lambda: Account.objects.update(on_hold="stop"))

    delivering.deliver(worker.wired.networks, clock=clock, owner="w")

    assert 1 == len(wall.posts)


def test_worker_told_to_stop_finishes_its_request_and_not_its_batch(
    worker: Worker, clock: Clock, wall: Gated
) -> None:
    """Who stops the press waits for one request at most."""
    ten_posts_that_are_due(worker, clock)

    delivering.deliver(
        worker.wired.networks, clock=clock, owner="w", may_go_on=lambda: not wall.posts
    )

    assert 1 == len(wall.posts)


def test_retractions_that_wait_for_a_person_wait_in_doubt_too(
    worker: Worker, clock: Clock, wall: Gated
) -> None:
    """A plan to remove thirty posts is not carried out because nobody knows whether they stand."""
    for number in range(100, 130):
        publish_story(clock, number)
    run_for(worker, clock, seconds=60)
    for number in range(100, 130):
        with transaction.atomic():
            retract.retract(StoryId(an_id(number)), reason="By mistake.", now=clock(), by="test")
    worker.run_until_quiet()
    LedgerRow.objects.exclude(story="").update(live="", verify_at=clock())

    run_for(worker, clock, seconds=60)

    assert (30, 1) == (len(wall.posts), len([p for p in mass_change.waiting() if p.account]))
