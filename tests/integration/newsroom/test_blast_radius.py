"""Before a story is withdrawn the desk says where it stands, and what becomes of each copy."""

import re
from pathlib import Path
from typing import Any, cast

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from broadsheet.newsroom import acts
from broadsheet.newsroom.models import RelatedStory, Story, StoryTopic, Topic
from broadsheet.press import reach
from broadsheet.press.models import Account, LedgerRow, MassChange
from broadsheet.press.ports import Networks
from broadsheet.press.posts.routing import Fate
from broadsheet.press.reach import Kind, reach_of
from broadsheet.press.worker import Worker
from broadsheet.story.records import StoryState
from tests.factories import rows
from tests.factories.logged import version_of
from tests.factories.press import Clock, OneNetwork, a_worker
from tests.integration.adversary.network import HAS_ALL, Wall, an_account, hand, run_for

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]


@pytest.fixture
def clock() -> Clock:
    """Return a clock that stands at noon."""
    return Clock()


@pytest.fixture
def network(clock: Clock) -> OneNetwork:
    """Return a network that can all; a test may change its traits."""
    return OneNetwork(Wall(clock), HAS_ALL)


@pytest.fixture
def worker(tmp_path: Path, clock: Clock, network: OneNetwork, settings: Any) -> Worker:
    """Return a worker over the newsroom's own rows, with one account."""
    rows.a_paper()
    worker = a_worker(tmp_path, clock, networks=cast("Networks", network))
    settings.BROADSHEET_WIRING = hand(worker.wired)
    an_account("main", clock)
    return worker


def told(page: bytes) -> str:
    """Return what a page says, without its markup."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", page.decode()))


def retract_page(desk: Client, story: Story) -> str:
    """Return what the desk says before a story is retracted."""
    return told(desk.get(reverse("retract_story", args=[story.pk])).content)


def unpublish_page(desk: Client, story: Story) -> str:
    """Return what the desk says before a story is taken down to be fixed."""
    return told(desk.get(reverse("wagtailadmin_pages:unpublish", args=[story.pk])).content)


def a_live_one(worker: Worker, clock: Clock) -> Story:
    """Return a story that is out, on a topic, in two sections, with a story that leads to it."""
    world, city = rows.a_section_row(), rows.a_section_row("City")
    story = rows.with_byline(rows.a_draft(world), rows.an_author_row())
    story.aliases.set([city])
    story.topics.add(StoryTopic(topic=Topic.objects.create(name="Trams")))
    story.save_revision()
    with rows.acting("ada", now=clock()):
        acts.publish_newest(Story.objects.get(pk=story.pk))
    leading = rows.a_draft(world, title="The day after")
    leading.related.add(RelatedStory(to=story))
    leading.save_revision()
    with rows.acting("ada", now=clock()):
        acts.publish_newest(Story.objects.get(pk=leading.pk))
    run_for(worker, clock, seconds=60)
    return Story.objects.get(pk=story.pk)


def test_reach_is_what_changes_when_the_story_goes(worker: Worker, clock: Clock):
    """The objects counted are those whose bytes a retraction changes: no more, and no fewer."""
    story = a_live_one(worker, clock)
    found = reach_of(version_of(story), to=StoryState.RETRACTED).objects
    before = dict(LedgerRow.objects.filter(surface="website").values_list("key", "live"))

    with rows.acting("ada", now=clock()):
        acts.retract(story, reason="It was wrong.")
    run_for(worker, clock, seconds=60)

    after = dict(LedgerRow.objects.filter(surface="website").values_list("key", "live"))
    changed = {key for key, live in before.items() if after[key] != live}
    assert len(changed) == sum(found.values()), (changed, found)
    assert 1 == found[Kind.PAGE]
    assert 1 == found[Kind.STORIES]
    assert 5 == found[Kind.LISTS]  # the paper's, two sections', the newest as page and as slot
    # The author's, the topic's, a section's month: pages, and for programs.
    assert 6 == found[Kind.ENDS]
    assert 2 == found[Kind.COPIES]


def test_retracting_says_what_becomes_of_page_lists_and_posts(
    desk: Client, worker: Worker, clock: Clock
):
    """The page before retracting names the address, the counts, and each post with its fate."""
    story = a_live_one(worker, clock)

    said = retract_page(desk, story)

    assert f"Its page, {version_of(story).address}" in said
    assert "for good (410)" in said
    assert "5 front, section, author and topic pages" in said
    assert "6 pages, feeds and lists of authors, topics or months “Not found”" in said
    assert "1 other story that leads to it" in said
    post = LedgerRow.objects.get(story=str(story.uuid), surface="sandbox")
    assert f"sandbox/main {story.title} ({post.remote_id})" in said
    assert "It is removed, and read back" in said


def test_unpublishing_says_that_posts_stay(desk: Client, worker: Worker, clock: Clock):
    """The page before unpublishing tells of a while, and that each post stays as it is."""
    story = a_live_one(worker, clock)

    said = unpublish_page(desk, story)

    assert "until you publish the story again" in said
    assert "It stays as it is" in said
    assert "for good (410)" not in said


@pytest.mark.parametrize(
    ("can_edit", "can_withdraw", "fate"),
    [
        (True, True, Fate.REMOVED),
        (False, True, Fate.REMOVED),
        (True, False, Fate.NOTICE),
        (False, False, Fate.BY_HAND),
    ],
)
def test_fate_told_is_the_fate_met(
    worker: Worker,
    clock: Clock,
    network: OneNetwork,
    *,
    can_edit: bool,
    can_withdraw: bool,
    fate: Fate,
):
    """What the desk says of a post is what the retraction then asks of its network."""
    network.traits_of_all = HAS_ALL._replace(can_edit=can_edit, can_withdraw=can_withdraw)
    story = a_live_one(worker, clock)

    (post,) = reach_of(version_of(story), to=StoryState.RETRACTED).posts
    with rows.acting("ada", now=clock()):
        acts.retract(story, reason="It was wrong.")

    row = LedgerRow.objects.get(story=str(story.uuid), surface="sandbox")
    assert fate is post.fate
    assert (fate is Fate.NOTICE) == (row.desired != "absent")


def test_post_that_never_went_out_is_dropped(desk: Client, worker: Worker, clock: Clock):
    """A post still waiting is told as one that never went out; unpublished, as one that waits."""
    del worker
    with rows.acting("ada", now=clock()):
        story = rows.a_live_story()

    assert "never went out, and never will" in retract_page(desk, story)
    assert "waits until the story is back" in unpublish_page(desk, story)


def test_held_and_lost_accounts_are_named(desk: Client, worker: Worker, clock: Clock):
    """A post of an account on hold waits for it; one whose account is gone is for a person."""
    story = a_live_one(worker, clock)
    Account.objects.update(on_hold="token refused")
    held = retract_page(desk, story)
    Account.objects.all().delete()

    lost = retract_page(desk, story)

    assert "Not before the account is released: token refused" in held
    assert "see to it by hand" in lost


def test_what_stays_waits_for_no_account(desk: Client, worker: Worker, clock: Clock):
    """A post that stays as it is, or is gone, is not said to wait until its account is released."""
    story = a_live_one(worker, clock)
    Account.objects.update(on_hold="token refused")
    untouched = unpublish_page(desk, story)
    LedgerRow.objects.filter(story=str(story.uuid)).update(live="absent", desired="absent")

    gone = retract_page(desk, story)

    assert "It stays as it is" in untouched
    assert "It is gone already" in gone
    assert "Not before the account is released" not in untouched + gone


def test_unsent_post_of_a_held_account_waits_for_both(desk: Client, worker: Worker, clock: Clock):
    """A post that has not gone out waits for the story and for its account, and says so."""
    del worker
    with rows.acting("ada", now=clock()):
        story = rows.a_live_story()
    Account.objects.update(on_hold="token refused")

    said = unpublish_page(desk, story)

    assert "waits until the story is back. Not before the account is released" in said


def test_parked_post_waits_for_a_person(desk: Client, worker: Worker, clock: Clock):
    """An unsent post that is parked does not go out with the story by itself."""
    del worker
    with rows.acting("ada", now=clock()):
        story = rows.a_live_story()
    LedgerRow.objects.filter(story=str(story.uuid)).update(parked="the link does not fit")

    said = unpublish_page(desk, story)

    assert "It has not gone out, and waits for a person." in said
    assert "waits until the story is back" not in said


def test_large_change_that_waits_is_told(desk: Client, worker: Worker, clock: Clock):
    """While a plan waits for a publisher, pages stay as they are and posts are not removed."""
    story = a_live_one(worker, clock)
    before = retract_page(desk, story)
    for surface, account in (("website", ""), ("sandbox", "main")):
        plan = {"rows": 21, "of": 22, "up_to_seq": 9, "found_at": clock()}
        MassChange.objects.create(surface=surface, account=account, **plan)

    said = retract_page(desk, story)

    told_now = ("Until then no page changes", "Not before the large change of this account")
    assert [False, False, True, True] == [
        words in page for page in (before, said) for words in told_now
    ]


def test_story_without_posts_says_so(desk: Client, worker: Worker, clock: Clock):
    """A story that no network has is said to have no post."""
    del worker
    Account.objects.all().delete()
    with rows.acting("ada", now=clock()):
        story = rows.a_live_story()

    assert "No post about it" in retract_page(desk, story)


def test_reach_asks_as_much_in_a_larger_archive(worker: Worker, clock: Clock):
    """The number of questions does not follow the archive."""
    story = a_live_one(worker, clock)
    version = version_of(story)
    with CaptureQueriesContext(connection) as few:
        reach_of(version, to=StoryState.RETRACTED)
    for number in range(5):
        with rows.acting("ada", now=clock()):
            rows.a_live_story(title=f"Story {number}")
    run_for(worker, clock, seconds=60)

    with CaptureQueriesContext(connection) as more:
        reach_of(version, to=StoryState.RETRACTED)

    assert len(few) == len(more) <= 27  # of which 7 for each section, and for the paper


def test_a_reach_that_forgets_lists_is_found(
    worker: Worker, clock: Clock, monkeypatch: pytest.MonkeyPatch
):
    """A reach that looks at no list counts fewer objects than change."""
    story = a_live_one(worker, clock)
    version = version_of(story)
    whole = sum(reach_of(version, to=StoryState.RETRACTED).objects.values())
    monkeypatch.setattr(reach, "entries", lambda _: frozenset())

    assert sum(reach_of(version, to=StoryState.RETRACTED).objects.values()) < whole


def test_only_publishers_are_told(worker: Worker, clock: Clock, editor: Any):
    """Who may not publish gets neither of the two pages."""
    story = a_live_one(worker, clock)
    stranger = type(editor)._default_manager.create_user(username="eve", password="a-test-password")
    browser = Client()
    browser.force_login(stranger)

    for name in ("retract_story", "wagtailadmin_pages:unpublish"):
        response = browser.get(reverse(name, args=[story.pk]))
        assert response.status_code in {302, 403}
        assert b"Trams" not in response.content
