"""What readers must not see lies nowhere they could look, under no name and in no encoding."""

import gzip
from datetime import timedelta

import brotli
import msgspec
import pytest
from django.db import transaction

from broadsheet.press.actions import erase, publish, retract, schedule, unpublish
from broadsheet.press.models import LogEntry
from broadsheet.story.ids import StoryId
from tests.factories.press import publish_story
from tests.factories.story import a_content, a_paragraph, an_id

pytestmark = pytest.mark.both_databases

SECRET = "Mayor-resigns-at-noon"
DECODED = {".gz": gzip.decompress, ".br": brotli.decompress}


def _leaks(worker):
    """Return the files of the public tree that hold the secret, or are named for it."""
    site = worker.wired.run_folder.parent / "site"
    files = [path for path in site.rglob("*") if path.is_file()]
    return [
        path.relative_to(site).as_posix()
        for path in files
        if SECRET in path.as_posix()
        or SECRET.encode() in DECODED.get(path.suffix, bytes)(path.read_bytes())
    ]


def _publish_secret(clock):
    story = publish_story(clock, 100, standfirst=SECRET, body=(a_paragraph(f"{SECRET}, he said."),))
    publish_story(clock, 101)
    return story


def test_a_scheduled_story_is_nowhere_before_its_minute(worker, clock):
    """A second before its time neither the site nor the log has a word of a story; then both do."""
    story = StoryId(an_id(100))
    worker.wired.newsroom.contents[story] = a_content(headline=SECRET)
    due_at = clock() + timedelta(hours=1)
    schedule.schedule(story, act="go-live", due_at=due_at, now=clock(), by="test")
    clock.move(minutes=59, seconds=59)
    worker.run_until_quiet()
    before = _leaks(worker), [each.record_id for each in LogEntry.objects.filter(record_id=story)]

    clock.move(seconds=1)
    worker.run_until_quiet()

    assert ([], []) == before
    assert _leaks(worker)


@pytest.mark.parametrize(
    "withdraw",
    [
        lambda story, now: retract.retract(story, reason="Wrong.", now=now, by="test"),
        lambda story, now: unpublish.unpublish(story, now=now, by="test"),
        lambda story, now: erase.erase(story, reason="By order.", now=now, by="test"),
    ],
    ids=["retracted", "unpublished", "erased"],
)
def test_a_withdrawn_storys_words_are_nowhere(worker, clock, withdraw):
    """No file of the site holds a withdrawn story's words; of a retracted one, but its headline."""
    story = _publish_secret(clock)
    worker.run_until_quiet()

    with transaction.atomic():
        withdraw(story.id, clock())
    worker.run_until_quiet()

    assert [] == _leaks(worker), _leaks(worker)


def test_words_taken_out_of_a_story_are_nowhere(worker, clock):
    """What an edit took out is gone from the page, and from every list and feed."""
    story = _publish_secret(clock)
    worker.run_until_quiet()
    harmless = msgspec.structs.replace(story.content, standfirst="", body=(a_paragraph(),))

    with transaction.atomic():
        publish.publish(story.id, harmless, now=clock(), by="test", significant=False)
    worker.run_until_quiet()

    assert [] == _leaks(worker), _leaks(worker)


class _Keeping:
    """A store that takes a page away and forgets the copies beside it."""

    def __init__(self, store, site):
        self._store, self._site = store, site

    def __getattr__(self, name):
        return getattr(self._store, name)

    def put(self, key, rendered):
        """Keep the compressed copy that lay beside the page."""
        beside = self._site / key.strip("/") / "index.html.br"
        kept = beside.read_bytes() if beside.is_file() else None
        self._store.put(key, rendered)
        if kept is not None and not beside.exists():
            beside.parent.mkdir(parents=True, exist_ok=True)
            beside.write_bytes(kept)


def test_a_store_that_forgets_a_copy_is_found(worker, clock):
    """A compressed copy left behind by a withdrawal is seen."""
    story = _publish_secret(clock)
    worker.run_until_quiet()
    site = worker.wired.run_folder.parent / "site"
    worker.wired = worker.wired._replace(store=_Keeping(worker.wired.store, site))

    with transaction.atomic():
        unpublish.unpublish(story.id, now=clock(), by="test")
    worker.run_until_quiet()

    assert [f"{story.address.strip('/')}/index.html.br"] == _leaks(worker)
