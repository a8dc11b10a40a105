"""What the desk counts before a story is withdrawn is what then changes, kind by kind."""

import re
from collections import Counter
from collections.abc import Callable, Mapping
from datetime import timedelta
from pathlib import Path
from typing import Any, cast

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse

from broadsheet.newsroom import acts
from broadsheet.newsroom.desk import live_as
from broadsheet.newsroom.models import RelatedStory, Story, StoryTopic, Topic
from broadsheet.press import reach
from broadsheet.press.actions import edit
from broadsheet.press.listing import Ending
from broadsheet.press.models import LedgerRow
from broadsheet.press.ports import Networks
from broadsheet.press.reach import KINDS, Kind, reach_of
from broadsheet.press.worker import Worker
from broadsheet.story.records import PAPER, Front, Slot, StoryState
from tests.factories import rows
from tests.factories.logged import version_of
from tests.factories.pictures import a_picture_file, a_picture_row, make_sizes
from tests.factories.press import Clock, OneNetwork, a_worker
from tests.integration.adversary.network import HAS_ALL, Wall, an_account, hand, run_for

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]

Objects = Mapping[str, tuple[str, str, str]]  # live, recipe and subject, by key
ABSENT = "absent"


@pytest.fixture
def clock() -> Clock:
    """Return a clock that stands at noon."""
    return Clock()


@pytest.fixture
def worker(tmp_path: Path, clock: Clock, settings: Any) -> Worker:
    """Return a worker over the newsroom's own rows and pictures, with one account."""
    rows.a_paper()
    settings.HOME.renditions.mkdir(parents=True, exist_ok=True)
    (tmp_path / "renditions").symlink_to(settings.HOME.renditions)
    network = OneNetwork(Wall(clock), HAS_ALL)
    worker = a_worker(tmp_path, clock, networks=cast("Networks", network))
    settings.BROADSHEET_WIRING = hand(worker.wired)
    an_account("main", clock)
    return worker


def published(story: Story, clock: Clock) -> Story:
    """Return a story after what its row says is published, a minute later."""
    story.save_revision()
    clock.move(minutes=1)
    with rows.acting("ada", now=clock()):
        acts.publish_newest(Story.objects.get(pk=story.pk))
    return Story.objects.get(pk=story.pk)


def placed(story: Story, clock: Clock, *, fronts: list[str]) -> None:
    """Place a story on fronts by hand."""
    for front in fronts:
        slots = (Slot(place="lead", story=version_of(story).id),)
        with transaction.atomic():
            edit.edit_front(Front(id=front, slots=slots), now=clock(), by="ada")


def everywhere(worker: Worker, clock: Clock) -> Story:
    """Return a story that stands wherever one can, alone in some places, with others elsewhere."""
    world, city, arts = map(rows.a_section_row, ("World", "City", "Arts"))
    shared, own = a_picture_row(), a_picture_row(file=a_picture_file("blue"))
    make_sizes(now=clock())
    original = published(rows.a_draft(city, title="The original"), clock)
    draft = rows.a_draft(world, title="Everywhere", lead=own, language="ar")
    story = rows.with_byline(draft, rows.an_author_row())
    told = [(block.block_type, block.value) for block in story.body]
    story.body = [*told, ("picture", {"picture": shared, "caption": ""})]
    story.aliases.set([city])
    story.topics.add(StoryTopic(topic=Topic.objects.create(name="Trams")))
    story.translation_of = original
    story = published(story, clock)
    french = rows.a_draft(arts, title="En français", translation_of=original, language="fr")
    published(french, clock)
    leading = rows.a_draft(arts, title="The day after", lead=shared)
    leading.related.add(RelatedStory(to=story))
    published(leading, clock)
    placed(story, clock, fronts=[PAPER, str(arts.uuid)])
    with rows.acting("ada", now=clock()):
        acts.change_address(story, words="moved")
    run_for(worker, clock, seconds=60)
    return Story.objects.get(pk=story.pk)


def retract(story: Story, clock: Clock) -> None:
    """Retract a story."""
    with rows.acting("ada", now=clock()):
        acts.retract(Story.objects.get(pk=story.pk), reason="It was wrong.")


def unpublish(story: Story, clock: Clock) -> None:
    """Take a story down to be fixed."""
    with rows.acting("ada", now=clock()):
        Story.objects.get(pk=story.pk).unpublish()


def expire(story: Story, clock: Clock) -> None:
    """End a story's time."""
    with rows.acting("ada", now=clock()):
        Story.objects.get(pk=story.pk).unpublish(set_expired=True)


def on_the_site() -> Objects:
    """Return what is live on the site, by key."""
    found = LedgerRow.objects.filter(surface="website")
    return {row.key: (row.live, row.recipe, row.subject) for row in found}


def changed(before: Objects, after: Objects, story: str) -> Mapping[Kind | None, int]:
    """Return how many objects of each kind are not what they were; what is new is none of them."""
    return Counter(
        _kind(live, recipe, subject, story)
        for key, (live, recipe, subject) in after.items()
        if key in before and before[key][0] != live  # what comes with the act is not there yet
    )


def _kind(live: str, recipe: str, subject: str, story: str) -> Kind | None:
    if recipe == "rendition":
        return Kind.PICTURES
    if subject == story and recipe in {"ninjs", "oembed"}:
        return Kind.COPIES
    if subject == story:
        return Kind.PAGE if recipe == "story" else Kind.FORMER
    return Kind.ENDS if live == ABSENT else KINDS.get(recipe)


@pytest.mark.parametrize(
    ("withdraw", "to"), [(retract, StoryState.RETRACTED), (unpublish, StoryState.UNPUBLISHED)]
)
def test_each_kind_is_counted(
    worker: Worker, clock: Clock, withdraw: Callable[[Story, Clock], None], to: StoryState
):
    """Of each kind as many objects change, or end, as the desk says: no more, and no fewer."""
    story = everywhere(worker, clock)
    version, before = version_of(story), on_the_site()
    told = dict(reach_of(version, to=to).objects)

    withdraw(story, clock)
    run_for(worker, clock, seconds=60)

    if to is StoryState.RETRACTED:
        del told[Kind.FORMER]  # its former addresses lead to the notice as they led to the page
    assert told == changed(before, on_the_site(), version.id)


@pytest.mark.parametrize("take_down", [unpublish, expire])
def test_retracting_what_is_down_already(
    worker: Worker, clock: Clock, take_down: Callable[[Story, Clock], None]
):
    """A story that is down gets a notice at its address, in feeds and among the corrections."""
    story = everywhere(worker, clock)
    take_down(story, clock)
    run_for(worker, clock, seconds=60)
    version, before = version_of(story), on_the_site()
    told = dict(reach_of(version, to=StoryState.RETRACTED).objects)

    retract(story, clock)
    run_for(worker, clock, seconds=60)

    found = changed(before, on_the_site(), version.id)
    # Of the paper, two sections, the author, the topic and the corrections, in three formats.
    feeds = {Kind.FEEDS: 6 * 3}
    corrected = {Kind.CORRECTIONS: 1, Kind.API: 1}
    assert {Kind.PAGE: 1, Kind.FORMER: 1, Kind.COPIES: 1, **feeds, **corrected} == told
    # What expired keeps its former addresses: they lead to where the notice comes.
    assert told == {Kind.FORMER: 1, **found}


@pytest.mark.parametrize("take_down", [unpublish, expire])
def test_retracting_what_is_down_tells_of_its_posts(
    desk: Client, worker: Worker, clock: Clock, take_down: Callable[[Story, Clock], None]
):
    """Posts of a story that is down are still out, and the page says that they are removed."""
    story = everywhere(worker, clock)
    take_down(story, clock)
    run_for(worker, clock, seconds=60)

    page = desk.get(reverse("retract_story", args=[story.pk])).content.decode()

    post = LedgerRow.objects.get(story=str(story.uuid), surface="sandbox")
    said = re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", page))
    assert f"sandbox/main {story.title} ({post.remote_id}) It is removed" in said
    assert f"Its page, {version_of(story).address} It says “retracted”" in said
    assert "The notice comes in, with your reason." in said


def test_page_of_who_wrote_more_stays(worker: Worker, clock: Clock):
    """An author's page with another story is changed, and does not end."""
    story = everywhere(worker, clock)
    alone = reach_of(version_of(story), to=StoryState.RETRACTED).objects
    author = story.bylines.first().author
    published(rows.with_byline(rows.a_draft(title="Another"), author), clock)
    run_for(worker, clock, seconds=60)

    found = reach_of(version_of(story), to=StoryState.RETRACTED).objects

    # The author's page and World's month, and both lists of the read API.
    assert alone[Kind.ENDS] - 4 == found[Kind.ENDS]
    assert alone[Kind.LISTS] + 1 == found[Kind.LISTS]


def test_month_that_ends_changes_the_months_beside_it(worker: Worker, clock: Clock):
    """A month with one story ends with it, and the months around no longer lead there."""
    section = rows.a_section_row()
    published(rows.a_draft(section, title="Before"), clock)
    clock.now += timedelta(days=40)
    story = published(rows.a_draft(section, title="Alone"), clock)
    clock.now += timedelta(days=40)
    published(rows.a_draft(section, title="After"), clock)
    run_for(worker, clock, seconds=60)
    version, before = version_of(story), on_the_site()
    told = reach_of(version, to=StoryState.UNPUBLISHED).objects

    unpublish(story, clock)
    run_for(worker, clock, seconds=60)

    assert told == changed(before, on_the_site(), version.id)
    # The paper's month and the section's, both in the read API too, and the month's sitemap.
    assert 5 == told[Kind.ENDS]


def test_a_reach_that_forgets_periods_is_found(
    worker: Worker, clock: Clock, monkeypatch: pytest.MonkeyPatch
):
    """Broken twin: what looks at no month counts fewer pages that end."""
    story = everywhere(worker, clock)
    whole = reach_of(version_of(story), to=StoryState.RETRACTED).objects
    nothing = Ending(frozenset(), frozenset())
    monkeypatch.setattr(reach, "without", lambda *_: nothing)

    found = reach_of(version_of(story), to=StoryState.RETRACTED).objects

    assert found[Kind.ENDS] < whole[Kind.ENDS]


def test_live_as_names_every_list(desk: Client, worker: Worker, clock: Clock):
    """The page of all a story is live as calls each section, topic and author by name."""
    story = everywhere(worker, clock)

    page = desk.get(reverse("story_live_as", args=[story.pk])).content.decode()

    told = set(re.findall(r"<li>([^<]+)</li>", page.partition("In lists and feeds")[2]))
    assert {
        "the front page’s list, the archive and the sitemaps",
        "the paper’s feeds",
        "the section World",
        "the section City",
        "the feeds of World",
        "the feeds of City",
        "the page of Ada Reporter",
        "the topic Trams",
        "the feeds of the topic Trams",
        "the links between its translations",
    } == told


def test_live_as_knows_the_page_from_what_leads_there(worker: Worker, clock: Clock):
    """After the address was changed twice there is one page, and two addresses that lead to it."""
    story = everywhere(worker, clock)
    with rows.acting("ada", now=clock()):
        acts.change_address(story, words="again")
    run_for(worker, clock, seconds=60)

    found = live_as.live_as(version_of(story), names={}).objects

    former = "a former address, leading to the page"
    assert [version_of(story).address] == [each.key for each in found if each.what == "its page"]
    assert ["its page", former, former] == [each.what for each in found]
    assert [True, False, False] == [each.version is not None for each in found]
