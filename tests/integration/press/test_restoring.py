"""A database taken back to a backup has forgotten posts: they are found, and never made twice."""

from datetime import timedelta

import pytest
from click.testing import CliRunner

from broadsheet.config.main import cli
from broadsheet.press.models import Account, FoundPost, LedgerRow
from broadsheet.press.posts import adopting, looking, releasing
from broadsheet.press.posts.releasing import Released
from broadsheet.press.worker import Worker
from broadsheet.story.records import Story
from tests.factories.press import Clock, publish_story
from tests.factories.story import an_id
from tests.integration.press import restoring
from tests.integration.press.timeline import Timeline, run_for, texts

pytestmark = pytest.mark.both_databases


class Lost:
    """A home whose backup is from before a story was published and posted."""

    def __init__(self, poster: Worker, clock: Clock, timeline: Timeline) -> None:
        """Publish and post a story, then take the database back."""
        self.clock, self.timeline = clock, timeline
        backup = restoring.keep()
        self.story: Story = publish_story(clock)
        run_for(poster, clock, seconds=60)
        assert len(timeline.posts) == 1
        self.remote_id = next(iter(timeline.posts))
        clock.move(hours=1)
        restoring.bring_back(backup)
        self.worker = Worker(poster.wired, owner="restored", clock=clock)
        self.work(seconds=30)
        assert "was it restored?" in self.account.on_hold

    @property
    def account(self) -> Account:
        """Return the account as the database has it."""
        return Account.objects.get()

    def work(self, *, seconds: int = 180) -> None:
        """Let the press work while time passes."""
        run_for(self.worker, self.clock, seconds=seconds)

    def release(self, *, is_unlisted: bool = False) -> Released:
        """Release the account."""
        return releasing.release(
            self.account,
            self.worker.wired.networks,
            now=self.clock(),
            by="publisher",
            is_unlisted=is_unlisted,
        )


@pytest.fixture
def lost(poster: Worker, clock: Clock, timeline: Timeline) -> Lost:
    """Return a restored home that has forgotten a post."""
    return Lost(poster, clock, timeline)


def test_story_published_again_keeps_its_post(lost: Lost) -> None:
    """After restore, release and republication the first post stands, and no other."""
    released = lost.release()
    publish_story(lost.clock)
    lost.work()

    row = LedgerRow.objects.get(surface="sandbox")
    assert (0, 1) == released
    assert (lost.remote_id, row.desired) == (row.remote_id, row.live)
    assert [lost.remote_id] == list(lost.timeline.posts)
    assert [] == list(adopting.waiting())


def test_without_the_list_a_story_published_again_is_posted_twice(lost: Lost) -> None:
    """A release that does not list what is out there doubles the post: the list is needed."""
    lost.release(is_unlisted=True)
    publish_story(lost.clock)
    lost.work()

    assert len(lost.timeline.posts) == 2


def test_story_published_again_with_other_words_edits_its_post(lost: Lost) -> None:
    """A post that is taken over says in the end what the story says."""
    lost.release()
    publish_story(lost.clock, headline="Harbor reopens")
    lost.work()

    assert [lost.remote_id] == list(lost.timeline.posts)
    assert texts(lost.timeline)[0].startswith("Harbor reopens")


def test_story_published_again_while_on_hold_keeps_its_post(lost: Lost) -> None:
    """What was decided before the release takes its post over at the release."""
    publish_story(lost.clock)
    lost.work(seconds=30)
    assert [lost.remote_id] == list(lost.timeline.posts)

    lost.release()
    lost.work()

    row = LedgerRow.objects.get(surface="sandbox")
    assert [lost.remote_id] == list(lost.timeline.posts)
    assert (lost.remote_id, row.desired) == (row.remote_id, row.live)


def test_both_copies_of_a_doubled_post_are_taken_over(lost: Lost) -> None:
    """Of a post that had been doubled the older copy stays."""
    payload, fingerprint, at = lost.timeline.posts[lost.remote_id]
    younger = f"{lost.remote_id}-again"
    lost.timeline.posts[younger] = (payload, fingerprint, at + timedelta(seconds=9))

    lost.release()
    publish_story(lost.clock)
    lost.work()

    assert [lost.remote_id] == list(lost.timeline.posts)


@pytest.mark.parametrize("is_on_hold", [True, False])
def test_story_published_again_another_day_waits_for_a_person(
    lost: Lost, *, is_on_hold: bool
) -> None:
    """With another address nothing is posted until a person says what the found post is."""
    if not is_on_hold:
        lost.release()
    lost.clock.move(days=1)
    publish_story(lost.clock)
    if is_on_hold:
        lost.release()
    lost.work()
    row = LedgerRow.objects.get(surface="sandbox")
    assert lost.remote_id in row.parked
    assert [lost.remote_id] == list(lost.timeline.posts)

    adopting.dismiss(adopting.find_waiting("sandbox/main", lost.remote_id))
    looking.try_again(row, now=lost.clock())
    lost.work()

    assert len(lost.timeline.posts) == 2


def test_account_stays_on_hold_until_its_posts_can_be_listed(lost: Lost) -> None:
    """A list that cannot be read releases nothing and changes nothing."""
    lost.timeline.is_unlisted = True

    with pytest.raises(releasing.NotListed, match="lists nothing today"):
        lost.release()

    assert "was it restored?" in lost.account.on_hold
    assert not FoundPost.objects.exists()


def test_release_of_an_unreachable_account_says_what_to_do(db: None) -> None:
    """The command line refuses in words, and a person who looked may say so."""
    del db
    settings = {"base_url": "http://127.0.0.1:1", "rules": "x", "class": "E"}
    Account.objects.create(
        surface="sandbox", name="main", settings=settings, added_at=Clock()(), on_hold="Restored."
    )

    refused = CliRunner().invoke(cli, ["account", "release", "main"])
    said = CliRunner().invoke(cli, ["account", "release", "main", "--without-list"])

    assert (1, 0) == (refused.exit_code, said.exit_code)
    assert "stays on hold" in refused.output
    assert "--without-list" in refused.output
    assert "" == Account.objects.get().on_hold


def test_found_post_waits_for_a_person(lost: Lost) -> None:
    """A post that no story takes is listed, and removed when a person says so."""
    lost.release()
    told = CliRunner().invoke(cli, ["status"]).output
    listed = CliRunner().invoke(cli, ["account", "list"]).output
    assert f"Found      sandbox/main {lost.remote_id}" in told
    assert lost.story.address in told
    assert "1 found that no story has" in listed

    adopting.withdraw(adopting.find_waiting("sandbox/main", lost.remote_id))
    lost.work()

    assert {} == lost.timeline.posts
    assert "Found" not in CliRunner().invoke(cli, ["status"]).output


def test_dismissed_post_is_listed_no_more(lost: Lost) -> None:
    """A found post that a person lets be stays, and is not found again."""
    lost.release()
    dismissed = CliRunner().invoke(cli, ["post", "dismiss-found", "sandbox/main", lost.remote_id])
    again = CliRunner().invoke(cli, ["post", "dismiss-found", "sandbox/main", lost.remote_id])
    Account.objects.update(on_hold="Restored once more.")

    released = lost.release()

    assert (0, 1, 0) == (dismissed.exit_code, again.exit_code, released.found)
    assert [lost.remote_id] == list(lost.timeline.posts)


@pytest.mark.parametrize("is_unlisted", [False, True])
def test_row_that_was_not_sent_yet_in_the_backup_finds_its_post(
    poster: Worker, clock: Clock, timeline: Timeline, *, is_unlisted: bool
) -> None:
    """A post made after the backup for a row of before it is read back, however old it is."""
    publish_story(clock)
    backup = restoring.keep()
    run_for(poster, clock, seconds=60)
    remote_id = next(iter(timeline.posts))
    clock.move(days=2)
    restoring.bring_back(backup)
    Account.objects.update(on_hold="Restored.")

    releasing.release(
        Account.objects.get(),
        poster.wired.networks,
        now=clock(),
        by="publisher",
        is_unlisted=is_unlisted,
    )
    run_for(Worker(poster.wired, owner="restored", clock=clock), clock, seconds=180)

    assert [remote_id] == list(timeline.posts)
    assert remote_id == LedgerRow.objects.get(story=an_id(100), surface="sandbox").remote_id
