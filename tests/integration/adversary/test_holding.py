"""What is held back is exactly what should be, for as long as it should be."""

import time
from collections.abc import Callable
from typing import cast

import pytest
from django.db import transaction

from broadsheet.press import log, mass_change
from broadsheet.press.actions import retract, unpublish
from broadsheet.press.draining import drain
from broadsheet.press.models import Account, LedgerRow, ListMember, MassChange
from broadsheet.press.ports import Networks
from broadsheet.press.posts import delivering
from broadsheet.press.worker import Worker
from broadsheet.projections.lists import HOME
from broadsheet.reconciler.outcomes import Sent
from broadsheet.reconciler.ports import Order
from broadsheet.story.records import Story
from tests.factories.press import Clock, OneNetwork, publish_story
from tests.factories.story import an_id
from tests.integration.adversary.network import Wall, run_for

pytestmark = pytest.mark.both_databases


def pages_of(worker: Worker, stories: list[Story]) -> int:
    """Return how many of the stories have a page readers can open."""
    site = worker.wired.run_folder.parent / "site"
    return sum((site / story.address.strip("/") / "index.html").exists() for story in stories)


def take_down(stories: list[Story], clock: Clock) -> None:
    """Unpublish stories, each in an act of its own."""
    for story in stories:
        with transaction.atomic():
            unpublish.unpublish(story.id, now=clock(), by="test")


def test_no_post_goes_out_before_its_page(worker: Worker, clock: Clock, wall: Wall) -> None:
    """A post waits for the page it links to, however fast its thread is."""
    publish_story(clock)

    account = Account.objects.get()
    delivering.deliver_to(account, worker.wired.networks, clock=clock, owner="fast")
    before = len(wall.posts)
    run_for(worker, clock, seconds=30)

    assert (0, 1) == (before, len(wall.posts))


def test_plan_taken_back_holds_nothing(worker: Worker, clock: Clock) -> None:
    """Thirty stories taken down by mistake and published again need no confirmation."""
    stories = [publish_story(clock, number) for number in range(100, 130)]
    worker.run_until_quiet()
    take_down(stories, clock)
    worker.run_until_quiet()
    assert 1 == len(mass_change.waiting())

    for number in range(100, 130):
        publish_story(clock, number)
    worker.run_until_quiet()

    assert ([], 30) == (mass_change.waiting(), pages_of(worker, stories))


def a_paper_of_a_thousand_pages(worker: Worker, clock: Clock, *, rendered: int) -> list[Story]:
    """
    Return the stories of a paper that has a thousand live pages.

    The others are what deriving leaves of a story: a line in the list of all. Rendering
    them would take a second, and nothing here looks at them.
    """
    stories = [publish_story(clock, 1_000 + number) for number in range(rendered)]
    worker.run_until_quiet()
    ListMember.objects.bulk_create(
        ListMember(
            list_name=HOME,
            key=f"1999-12-31T00:00:00Z/{number}",
            story=an_id(5_000 + number),
            published_at=clock(),
            updated_at=clock(),
            address=f"/old/{number}/",
            day="1999-12-31",
        )
        for number in range(1_000 - rendered)
    )
    return stories


@pytest.mark.parametrize(("taken_down", "left", "plans"), [(50, 1, []), (51, 51, [(51, 1_000)])])
def test_a_twentieth_of_a_thousand_pages_goes_unasked(
    worker: Worker, clock: Clock, taken_down: int, left: int, plans: list[tuple[int, int]]
) -> None:
    """Of a thousand pages fifty are taken down unasked; fifty-one wait for a publisher."""
    stories = a_paper_of_a_thousand_pages(worker, clock, rendered=51)

    take_down(stories[:taken_down], clock)
    worker.run_until_quiet()

    waiting = [(plan.rows, plan.of) for plan in mass_change.waiting()]
    assert (left, plans) == (pages_of(worker, stories), waiting)


@pytest.mark.parametrize(("withdrawn", "gone"), [(20, 20), (21, 0)])
def test_twenty_posts_are_withdrawn_unasked(
    worker: Worker, clock: Clock, wall: Wall, withdrawn: int, gone: int
) -> None:
    """Twenty posts are withdrawn; twenty-one wait for a publisher."""
    for number in range(100, 122):
        publish_story(clock, number)
    run_for(worker, clock, seconds=60)
    rows = list(LedgerRow.objects.filter(surface="sandbox").values_list("id", flat=True))
    LedgerRow.objects.filter(id__in=rows[:withdrawn]).update(desired="absent")

    run_for(worker, clock, seconds=60)

    assert (22 - gone, 0 if gone else 1) == (len(wall.posts), len(mass_change.waiting()))


def test_confirmation_covers_what_was_confirmed_whatever_follows(
    worker: Worker, clock: Clock
) -> None:
    """A story published between the confirmation and the next look asks no second one."""
    stories = [publish_story(clock, number) for number in range(100, 130)]
    worker.run_until_quiet()
    take_down(stories, clock)
    worker.run_until_quiet()

    mass_change.confirm(MassChange.objects.get().id, now=clock(), by="publisher")
    later = publish_story(clock, 200)
    worker.run_until_quiet()

    assert (0, 1) == (pages_of(worker, stories), pages_of(worker, [later]))


def test_stories_that_came_and_went_unseen_are_no_plan(worker: Worker, clock: Clock) -> None:
    """Deriving a log from its beginning never waits for acts of long ago."""
    take_down([publish_story(clock, number) for number in range(100, 130)], clock)

    worker.run_until_quiet()

    assert [] == mass_change.waiting()


def test_held_plan_lets_new_posts_out(worker: Worker, clock: Clock, wall: Wall) -> None:
    """While twenty-two withdrawals wait for a publisher, a new story is posted."""
    for number in range(100, 122):
        publish_story(clock, number)
    run_for(worker, clock, seconds=60)
    LedgerRow.objects.filter(surface="sandbox").update(desired="absent")

    publish_story(clock, 300, headline="News of the hour")
    run_for(worker, clock, seconds=60)

    assert (23, 1) == (len(wall.posts), sum("News of the hour" in text for text in wall.texts))
    assert 1 == len(mass_change.waiting())


def test_parked_posts_are_no_plan(worker: Worker, clock: Clock, wall: Wall) -> None:
    """Posts that wait for a person anyway do not add up to a mass change."""
    stories = [publish_story(clock, number) for number in range(100, 123)]
    run_for(worker, clock, seconds=60)
    parked = LedgerRow.objects.filter(surface="sandbox", story__in=[s.id for s in stories[1:]])
    parked.update(desired="other words", parked="Ask a person.")

    with transaction.atomic():
        retract.retract(stories[0].id, reason="Wrong.", now=clock(), by="test")
    run_for(worker, clock, seconds=60)

    assert (22, []) == (len(wall.posts), mass_change.waiting())


class NoToken:
    """Networks whose one account has a token nobody can read."""

    def __init__(self, networks: Networks) -> None:
        """Keep the others' answers."""
        self.traits, self.rule = networks.traits, networks.rule

    def surface(self, account: Account) -> None:
        """Fail as a token does that another home sealed."""
        message = "this account's token was sealed with another home's key"
        raise RuntimeError(message)


def test_account_that_cannot_be_opened_is_held_with_the_reason(
    worker: Worker, clock: Clock
) -> None:
    """An account whose token cannot be read stops no round, and says why it posts nothing."""
    publish_story(clock)
    networks = cast("Networks", NoToken(worker.wired.networks))
    broken = Worker(worker.wired._replace(networks=networks), owner="broken", clock=clock)

    broken.run_until_quiet()

    assert "another home's key" in Account.objects.get().on_hold


class Breaking(Wall):
    """A network at whose first post our own code breaks."""

    has_broken = False

    def create(self, order: Order, *, before_bytes_leave: Callable[[], None]) -> Sent:
        """Break once."""
        if not self.has_broken:
            self.has_broken = True
            raise KeyError(order.key)
        return super().create(order, before_bytes_leave=before_bytes_leave)


def test_post_that_breaks_our_code_is_parked_and_the_others_go_out(
    worker: Worker, clock: Clock, network: OneNetwork
) -> None:
    """One post that cannot be handled waits for a person, with the reason."""
    network.surface_of_all = wall = Breaking(clock)
    publish_story(clock, 100)
    publish_story(clock, 101)

    run_for(worker, clock, seconds=120)

    parked = LedgerRow.objects.exclude(parked="").get()
    assert (1, an_id(100)) == (len(wall.posts), parked.story)
    assert "KeyError" in parked.parked


def test_command_does_not_wait_for_a_publisher(worker: Worker, clock: Clock) -> None:
    """While a plan waits for confirmation, a command says at once that its act is not out."""
    stories = [publish_story(clock, number) for number in range(100, 130)]
    worker.run_until_quiet()
    since = log.length()
    take_down(stories, clock)
    began_s = time.monotonic()

    found = drain(worker.wired, since=since, timeout_s=60)

    assert (False, (MassChange.objects.get().id,)) == (found.is_out, found.plans)
    assert time.monotonic() - began_s < 30


def test_dead_network_does_not_keep_the_site_waiting(
    worker: Worker, clock: Clock, network: OneNetwork
) -> None:
    """Every page and list of an act is out before a command asks the first network."""
    network.surface_of_all = wall = Watching(clock)
    publish_story(clock, 100)

    run_for(worker, clock, seconds=5)

    assert {0} == set(wall.waiting_when_asked)


class Watching(Wall):
    """A network that looks at what the site has yet to do whenever it is asked for something."""

    def __init__(self, clock: Clock) -> None:
        """Start with nothing seen."""
        super().__init__(clock)
        self.waiting_when_asked: list[int] = []

    def create(self, order: Order, *, before_bytes_leave: Callable[[], None]) -> Sent:
        """Count the objects that are out of date, and make the post."""
        waiting = LedgerRow.objects.filter(dirty_seq__isnull=False).count()
        self.waiting_when_asked.append(waiting)
        return super().create(order, before_bytes_leave=before_bytes_leave)
