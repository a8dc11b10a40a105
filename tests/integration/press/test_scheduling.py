"""What falls due is done once, on time, and one bad story stops no other."""

from datetime import datetime, timedelta

import pytest
from django.db import transaction

from broadsheet.press.actions.schedule import schedule, unschedule
from broadsheet.press.models import LogEntry, Schedule
from broadsheet.press.worker import Worker
from broadsheet.story.ids import StoryId
from tests.factories.press import Clock, RememberingNewsroom, publish_story
from tests.factories.story import a_content, an_id

pytestmark = pytest.mark.both_databases


def scheduled(worker: Worker, number: int, *, due_at: datetime, now: datetime) -> StoryId:
    """Have a story go live at a time."""
    story = StoryId(an_id(number))
    newsroom = worker.wired.newsroom
    assert isinstance(newsroom, RememberingNewsroom)
    newsroom.contents[story] = a_content(headline=f"Story {number}", slug=f"story-{number}")
    with transaction.atomic():
        schedule(story, act="go-live", due_at=due_at, now=now, by="test")
    return story


def test_story_goes_live_at_its_minute(worker: Worker, clock: Clock) -> None:
    """A scheduled story is published when its time has come, not before, and once."""
    story = scheduled(worker, 100, due_at=clock() + timedelta(hours=1), now=clock())

    clock.move(minutes=59)
    worker.run_until_quiet()
    assert not LogEntry.objects.filter(record_id=story).exists()

    clock.move(minutes=1)
    worker.run_until_quiet()
    worker.run_until_quiet()
    assert LogEntry.objects.filter(record_id=story).count() == 1
    assert not Schedule.objects.exists()


def test_bad_story_stops_no_other(worker: Worker, clock: Clock) -> None:
    """A story that cannot go live keeps its schedule and reason; the next one goes out."""
    scheduled(worker, 100, due_at=clock(), now=clock())
    newsroom = worker.wired.newsroom
    assert isinstance(newsroom, RememberingNewsroom)
    del newsroom.contents[StoryId(an_id(100))]
    good = scheduled(worker, 101, due_at=clock(), now=clock())

    worker.run_until_quiet()

    assert LogEntry.objects.filter(record_id=good).exists()
    waiting = Schedule.objects.get()
    assert (waiting.story, waiting.failures, "KeyError" in waiting.reason) == (an_id(100), 1, True)


def test_failed_story_is_tried_again(worker: Worker, clock: Clock) -> None:
    """What failed goes live at the next try once it is mended."""
    story = scheduled(worker, 100, due_at=clock(), now=clock())
    newsroom = worker.wired.newsroom
    assert isinstance(newsroom, RememberingNewsroom)
    content = newsroom.contents.pop(story)
    worker.run_until_quiet()
    newsroom.contents[story] = content

    clock.move(seconds=11)
    worker.run_until_quiet()

    assert LogEntry.objects.filter(record_id=story).exists()


def test_unscheduled_story_stays_away(worker: Worker, clock: Clock) -> None:
    """A story taken off the schedule does not go live."""
    story = scheduled(worker, 100, due_at=clock() + timedelta(hours=1), now=clock())
    unschedule(story, act="go-live")

    clock.move(hours=2)
    worker.run_until_quiet()

    assert not LogEntry.objects.filter(record_id=story).exists()


def test_crashed_claim_is_taken_up(worker: Worker, clock: Clock) -> None:
    """A schedule claimed by a worker that died is done by the next one after its lease."""
    story = scheduled(worker, 100, due_at=clock(), now=clock())
    Schedule.objects.update(lease_owner="dead", lease_until=clock() + timedelta(seconds=60))

    worker.run_until_quiet()
    assert not LogEntry.objects.filter(record_id=story).exists()

    clock.move(seconds=61)
    worker.run_until_quiet()
    assert LogEntry.objects.filter(record_id=story).count() == 1


def test_news_leaves_its_sitemap_after_two_days(worker: Worker, clock: Clock) -> None:
    """A story older than 48 hours leaves the news sitemap by a log entry, not by a clock."""
    story = publish_story(clock, headline="Fresh")
    worker.run_until_quiet()
    news = worker.wired.run_folder.parent / "site" / "sitemaps" / "news.xml"
    assert story.address in news.read_text(encoding="utf-8")

    clock.move(hours=48, minutes=1)
    worker.run_until_quiet()

    assert not news.exists() or story.address not in news.read_text(encoding="utf-8")
    assert LogEntry.objects.latest("seq").kind == "news-window"
