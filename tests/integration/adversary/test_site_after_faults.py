"""What a fault, or an unlucky order of acts, leaves of the site is nothing readers can see."""

from collections.abc import Callable
from pathlib import Path
from typing import cast

import msgspec
import pytest
from django.db import OperationalError, connection, transaction
from django.test.utils import CaptureQueriesContext

from broadsheet.press import deriving, draining, log, rebuilding, sweeps
from broadsheet.press.actions import edit, retract
from broadsheet.press.dirtying import mark_all_dirty
from broadsheet.press.models import LedgerRow
from broadsheet.press.models.ledger import Lane
from broadsheet.press.ports import Press
from broadsheet.press.worker import Worker
from broadsheet.projections.facts import Facts
from broadsheet.projections.objects import Absent, Object, ObjectKey, Page, Recipe, Rendered
from tests.factories.press import Clock, edit_author, edit_section, publish_story
from tests.factories.story import a_section, paper_settings

pytestmark = pytest.mark.both_databases


def site_of(worker: Worker) -> Path:
    """Return the public tree."""
    return worker.wired.run_folder.parent / "site"


def page_of(worker: Worker, address: str) -> Path:
    """Return the file of a page."""
    return site_of(worker) / address.strip("/") / "index.html"


class Failing:
    """A press one of whose pages meets an error, once or each time."""

    def __init__(self, press: Press, key: str, *, error: Exception, times: int) -> None:
        """Fail so often."""
        self._press, self._key, self._error, self._times = press, key, error, times
        self.generation, self.objects = press.generation, press.objects

    def render(self, obj: Object, facts: Facts) -> Rendered:
        """Render, or fail."""
        if obj.key == self._key and self._times:
            self._times -= 1
            raise self._error
        return self._press.render(obj, facts)


class Redesigned(Failing):
    """The same press, of a release with another style sheet."""

    STYLE = ObjectKey("/assets/style-new.css")

    def __init__(self, press: Press, key: str, *, error: Exception) -> None:
        """Fail each time."""
        super().__init__(press, key, error=error, times=1_000)
        self.generation = f"{press.generation}/redesigned"
        self.objects = (Object(self.STYLE, Recipe.ASSET, ""),)

    def render(self, obj: Object, facts: Facts) -> Rendered:
        """Give the new style sheet, and none of the old."""
        if obj.recipe is Recipe.ASSET:
            return Page(b"body {}") if obj.key == self.STYLE else Absent()
        return super().render(obj, facts)


def test_section_that_comes_after_its_stories_has_its_archive(worker: Worker, clock: Clock) -> None:
    """The months of a section are called for when its address is known, not only on stories."""
    publish_story(clock, section=a_section(33).id)
    worker.run_until_quiet()
    edit_section(clock, 33, slug="late")
    worker.run_until_quiet()

    found = rebuilding.compare(worker.wired.printing, worker.wired.store, progress=lambda _: None)

    assert found.agrees, found


def test_page_that_met_a_busy_database_is_tried_again(worker: Worker, clock: Clock) -> None:
    """An error of the database is the machine's, and passes; nobody has to take the page up."""
    story = publish_story(clock)
    busy = OperationalError("disk I/O error")
    failing = Failing(worker.wired.printing, story.address, error=busy, times=1)
    worker.wired = worker.wired._replace(printing=cast("Press", failing))

    for _ in range(5):
        worker.run_until_quiet()
        clock.move(minutes=5)

    assert page_of(worker, story.address).exists()


def test_old_style_sheet_stays_while_a_page_needs_it(worker: Worker, clock: Clock) -> None:
    """A page that cannot be rendered anew keeps the style sheet it was made for."""
    story = publish_story(clock)
    worker.run_until_quiet()
    old = next((site_of(worker) / "assets").rglob("*.css"))
    worker.lock.release()
    failing = Redesigned(worker.wired.printing, story.address, error=OSError("disk full"))
    redesigned = worker.wired._replace(printing=cast("Press", failing))

    Worker(redesigned, owner="next", clock=clock).run_until_quiet()

    assert (True, True) == (page_of(worker, story.address).exists(), old.exists())


def test_old_style_sheet_goes_when_nobody_needs_it(worker: Worker, clock: Clock) -> None:
    """Once every page is made for the new one, the old style sheet is gone."""
    publish_story(clock)
    worker.run_until_quiet()
    old = next((site_of(worker) / "assets").rglob("*.css"))
    worker.lock.release()
    fine = Redesigned(worker.wired.printing, "/no-such-page/", error=OSError("never"))
    redesigned = worker.wired._replace(printing=cast("Press", fine))

    Worker(redesigned, owner="next", clock=clock).run_until_quiet()

    assert not old.exists()


def test_rebuild_writes_lost_files_and_complains_of_none(
    worker: Worker, clock: Clock, caplog: pytest.LogCaptureFixture
) -> None:
    """Who orders a rebuild gets every file back, and no word about files it knows are lost."""
    story = publish_story(clock)
    worker.run_until_quiet()
    worker.lock.release()
    page_of(worker, story.address).unlink()
    (site_of(worker) / "robots.txt").unlink()

    sweeps.doubt_the_site()
    Worker(worker.wired, owner="next", clock=clock).run_until_quiet()

    found = rebuilding.compare(worker.wired.printing, worker.wired.store, progress=lambda _: None)
    assert found.agrees, found
    assert [] == caplog.messages


def test_command_does_not_wait_for_what_waits_for_a_stuck_page(
    worker: Worker, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A style sheet kept for a page that is stuck has nobody wait until the time is up."""
    story = publish_story(clock)
    worker.run_until_quiet()
    worker.lock.release()
    error = ValueError("a template error")
    failing = Failing(worker.wired.printing, story.address, error=error, times=1_000)
    wired = worker.wired._replace(printing=cast("Press", failing))
    since = log.length()
    with transaction.atomic():
        moved = msgspec.structs.replace(paper_settings(), time_zone="Asia/Tokyo")
        edit.edit_settings(moved, now=clock(), by="test")
    monkeypatch.setattr(draining.time, "sleep", pytest.fail)

    drained = draining.drain(wired, since=since, timeout_s=60)

    assert [story.address] == [stuck.key for stuck in drained.stuck]


def test_rendering_everything_delays_no_retraction(worker: Worker, clock: Clock) -> None:
    """What is in a hurry stays so when every object is asked for."""
    story = publish_story(clock)
    worker.run_until_quiet()
    with transaction.atomic():
        retract.retract(story.id, reason="It was not true.", now=clock(), by="test")
    deriving.derive(worker.tables)

    mark_all_dirty(log.length())

    assert Lane.TAKE_DOWN == LedgerRow.objects.get(key=story.address).lane


@pytest.mark.parametrize(
    "move",
    [
        lambda clock: edit_section(clock, 1, slug="globe"),
        lambda clock: edit_author(clock, slug="ada-r"),
    ],
    ids=["section", "author"],
)
def test_turn_is_taken_before_anything_is_read(
    worker: Worker, clock: Clock, move: Callable[[Clock], None]
) -> None:
    """Two who edit one section at once follow each other: no address of it is lost."""
    worker.run_until_quiet()

    with CaptureQueriesContext(connection) as asked:
        move(clock)

    told = [query["sql"] for query in asked.captured_queries]
    turn = next(place for place, sql in enumerate(told) if "press_counter" in sql)
    reads = [place for place, sql in enumerate(told) if "SELECT" in sql and "record_id" in sql]
    assert turn < min(reads)
