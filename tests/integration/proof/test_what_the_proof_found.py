"""Faults the random newsroom once found, each as the shortest story that shows it."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.db import transaction

from broadsheet.press import deriving, rebuilding
from broadsheet.press.actions import edit, erase, publish, unpublish
from broadsheet.press.models import LedgerRow
from broadsheet.press.worker import Worker
from broadsheet.projections.objects import ObjectKey, Rendered
from broadsheet.story.ids import SectionId, StoryId
from tests.factories.press import Clock, a_worker, newest_story, publish_story
from tests.factories.story import a_content, an_id

pytestmark = pytest.mark.both_databases

WORLD = SectionId(an_id(1))


class Killed(BaseException):
    """The worker's process ends here."""


def found(worker: Worker) -> rebuilding.Comparison:
    """Return how the files compare with a rebuild from the log."""
    return rebuilding.compare(worker.wired.printing, worker.wired.store, progress=lambda _: None)


def another_worker(worker: Worker, clock: Clock) -> Worker:
    """Return a worker of another process over the same home."""
    worker.lock.release()
    return a_worker(worker.wired.run_folder.parent, clock)


def move_world(slug: str, clock: Clock) -> None:
    """Move the section World to another address."""
    with transaction.atomic():
        edit.edit_section(
            WORLD, name="World", slug=slug, position=1, description="", now=clock(), by="test"
        )


def test_story_of_the_first_hour_of_a_month_is_in_its_archive(worker: Worker, clock: Clock) -> None:
    """A month begins at midnight in the paper's zone, in the tables as in the fold."""
    with transaction.atomic():
        publish.import_story(
            StoryId(an_id(700)),
            a_content(headline="Half past midnight in Berlin"),
            first_published_at=datetime(2025, 12, 31, 23, 30, tzinfo=UTC),
            now=clock(),
            by="test",
        )

    worker.run_until_quiet()

    archive = worker.wired.run_folder.parent / "site" / "archive" / "2026" / "01" / "index.html"
    assert "Half past midnight" in archive.read_text(encoding="utf-8")
    assert found(worker).agrees


def test_erased_story_leaves_the_lists_whoever_derives_it(worker: Worker, clock: Clock) -> None:
    """A worker that never saw the story's words takes it off fronts, feeds and archives."""
    story = publish_story(clock, headline="Unforgettable")
    worker.run_until_quiet()
    with transaction.atomic():
        erase.erase(story.id, reason="By order of the court.", now=clock(), by="test")

    after = another_worker(worker, clock)
    after.run_until_quiet()

    site = worker.wired.run_folder.parent / "site"
    pages = [file for file in site.rglob("*") if file.suffix in {".html", ".rss", ".atom", ".xml"}]
    assert [] == [file for file in pages if "Unforgettable" in file.read_text(encoding="utf-8")]
    assert found(after).agrees


def test_page_of_a_killed_worker_goes_when_the_story_does(
    worker: Worker, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A page written but never recorded is removed when its story is taken down."""
    story = publish_story(clock)
    put = worker.wired.store.put

    def put_and_die(key: ObjectKey, rendered: Rendered) -> None:
        put(key, rendered)
        raise Killed

    with monkeypatch.context() as patched, pytest.raises(Killed):
        patched.setattr(worker.wired.store, "put", put_and_die)
        worker.run_until_quiet()
    with transaction.atomic():
        unpublish.unpublish(story.id, now=clock(), by="test")

    after = another_worker(worker, clock)
    after.run_until_quiet()

    assert not _file(worker, story.address).exists()
    assert found(after).agrees


def test_month_that_emptied_before_its_section_moved_leads_nowhere(
    worker: Worker, clock: Clock
) -> None:
    """An archive without stories is absent at every address its section ever had."""
    story = publish_story(clock)
    worker.run_until_quiet()
    with transaction.atomic():
        unpublish.unpublish(story.id, now=clock(), by="test")
    worker.run_until_quiet()

    for slug in ("earth", "globe"):
        move_world(slug, clock)
        worker.run_until_quiet()

    assert found(worker).agrees


def test_story_taken_down_before_it_was_derived_calls_for_nothing(
    worker: Worker, clock: Clock
) -> None:
    """A story published and taken down within one batch leaves no archive to redirect."""
    story = publish_story(clock)
    with transaction.atomic():
        unpublish.unpublish(story.id, now=clock(), by="test")
    worker.run_until_quiet()
    move_world("earth", clock)

    worker.run_until_quiet()

    assert newest_story().address == story.address
    assert found(worker).agrees


def test_section_that_moved_and_came_back_keeps_the_addresses_between(
    worker: Worker, clock: Clock
) -> None:
    """A section moved twice between two looks of the worker redirects its archives, too."""
    publish_story(clock)
    worker.run_until_quiet()
    for slug in ("earth", "world"):
        move_world(slug, clock)

    worker.run_until_quiet()

    assert found(worker).agrees


def test_one_more_story_of_a_month_outdates_no_list_of_months(worker: Worker, clock: Clock) -> None:
    """The sitemap index says months and their newest update, not how many stories they hold."""
    publish_story(clock)
    worker.run_until_quiet()
    with transaction.atomic():
        publish.import_story(
            StoryId(an_id(700)),
            a_content(headline="Of the week before"),
            first_published_at=clock() - timedelta(days=7),
            now=clock(),
            by="test",
        )

    deriving.derive(worker.tables)

    dirty = LedgerRow.objects.filter(dirty_seq__isnull=False).values_list("key", flat=True)
    assert {"/sitemap.xml": False, "/sitemaps/2026-11.xml": True} == {
        key: key in dirty for key in ("/sitemap.xml", "/sitemaps/2026-11.xml")
    }


def _file(worker: Worker, path: str) -> Path:
    return worker.wired.run_folder.parent / "site" / path.strip("/") / "index.html"
