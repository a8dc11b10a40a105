"""Damage to files, notes and rows costs a reading or a repair, and never the press."""

import json
import logging
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from broadsheet.press import deriving, instance, log, sweeps
from broadsheet.press.actions import retract
from broadsheet.press.models import Account, LedgerRow, LogEntry
from broadsheet.press.ports import Mismatch
from broadsheet.press.tables import Tables
from broadsheet.press.waking import Bell
from broadsheet.press.worker import Worker
from tests.factories.press import Clock, RememberingNewsroom, edit_section, publish_story
from tests.integration.adversary.network import Wall, run_for

pytestmark = pytest.mark.both_databases


def site_of(worker: Worker) -> Path:
    """Return the public tree."""
    return worker.wired.run_folder.parent / "site"


def a_next(worker: Worker, clock: Clock) -> Worker:
    """Return the worker that comes after this one."""
    worker.lock.release()
    return Worker(worker.wired, owner="next", clock=clock)


def test_file_that_cannot_be_read_stops_no_sweep(worker: Worker) -> None:
    """A folder in the place of a file is found by the content sweep, and the rest is read."""
    robots = site_of(worker) / "robots.txt"
    robots.unlink()
    robots.mkdir()
    (robots / "stranger").touch()

    after = sweeps.reread_some(worker.wired.store, after_id=0, is_stopping=lambda: False)
    while after:
        after = sweeps.reread_some(worker.wired.store, after_id=after, is_stopping=lambda: False)

    assert "damaged" == LedgerRow.objects.get(key="/robots.txt").live


class UnreadableNewsroom(RememberingNewsroom):
    """A newsroom one of whose rows cannot be read."""

    def edges(self, *, limit: int) -> Iterator[Mismatch]:
        """Fail as a damaged row does."""
        raise ValueError(limit)


def test_row_that_cannot_be_read_stops_no_round(worker: Worker, clock: Clock) -> None:
    """The press works on when the sweep for lost edges cannot read the newsroom."""
    Account.objects.all().delete()  # its thread would need a database of its own
    broken = worker.wired._replace(newsroom=UnreadableNewsroom())
    story = publish_story(clock)
    turns = iter([False, True])

    worker.lock.release()
    Worker(broken, owner="broken", clock=clock).run(is_stopping=lambda: next(turns))

    assert (site_of(worker) / story.address.strip("/") / "index.html").exists()


@pytest.mark.parametrize("left", ["", "{", '{"at": 5}', "[]"])
def test_damaged_checkpoint_means_reading_everything(
    worker: Worker, clock: Clock, left: str
) -> None:
    """A power cut that emptied the checkpoint is followed by a reading of every file."""
    story = publish_story(clock)
    worker.run_until_quiet()
    page = site_of(worker) / story.address.strip("/") / "index.html"
    whole = page.read_bytes()
    page.write_bytes(b"")
    (worker.wired.run_folder / sweeps.CHECKPOINT).write_text(left, encoding="utf-8")

    a_next(worker, clock).run_until_quiet()

    assert whole == page.read_bytes()


@pytest.mark.parametrize("left", ["", "{", "[]", "{}"])
def test_damaged_instance_note_holds_accounts(worker: Worker, clock: Clock, left: str) -> None:
    """A damaged note of the home's id stops nothing but posting."""
    worker.wired.instance_file.write_text(left, encoding="utf-8")

    a_next(worker, clock).run_until_quiet()

    assert "missing or damaged" in Account.objects.get().on_hold


def test_copied_home_holds_accounts(worker: Worker, clock: Clock, tmp_path: Path) -> None:
    """A home copied with its database to another folder does not post beside the first."""
    copy = tmp_path / "copy"
    copy.mkdir()
    note = worker.wired.instance_file.read_text(encoding="utf-8")
    (copy / "instance.json").write_text(note, encoding="utf-8")

    why = instance.check(copy / "instance.json")

    assert "was it copied?" in why
    assert why == Account.objects.get().on_hold
    assert "" == instance.check(copy / "instance.json")


def test_site_converges_after_an_older_database_was_restored(worker: Worker, clock: Clock) -> None:
    """Pages the restored database has an older version of say again what the log says."""
    story = publish_story(clock, headline="As in the backup")
    worker.run_until_quiet()
    page = site_of(worker) / story.address.strip("/") / "index.html"
    page.write_text("As written after the backup", encoding="utf-8")
    note = json.loads(worker.wired.instance_file.read_text(encoding="utf-8"))
    note["seq"] += 10
    worker.wired.instance_file.write_text(json.dumps(note), encoding="utf-8")

    a_next(worker, clock).run_until_quiet()

    assert "As in the backup" in page.read_text(encoding="utf-8")


def test_stop_before_the_beginning_is_not_clean(worker: Worker, clock: Clock) -> None:
    """A worker told to stop before it looked at what a crash left does not call it sound."""
    worker.lock.release()
    path = worker.wired.run_folder / sweeps.CHECKPOINT
    before = path.read_text(encoding="utf-8")

    Worker(worker.wired, owner="brief", clock=clock).run(is_stopping=lambda: True)

    assert before == path.read_text(encoding="utf-8")


def test_worker_that_lost_the_lock_remembers_nothing(worker: Worker, clock: Clock) -> None:
    """What another worker derived meanwhile is seen, though both live on."""
    story = publish_story(clock, headline="First")
    worker.run_until_quiet()
    other = Worker(worker.wired, owner="other", clock=clock)
    publish_story(clock, headline="Second")
    other.run_until_quiet()

    publish_story(clock, headline="First")
    worker.run_until_quiet()

    page = site_of(worker) / story.address.strip("/") / "index.html"
    assert "Second" not in page.read_text(encoding="utf-8")
    assert "First" in page.read_text(encoding="utf-8")


def test_bell_at_a_long_path_is_deaf_and_harmless(tmp_path: Path, db: None) -> None:
    """A home too deep for a socket's path has no bell; the worker looks each second."""
    del db
    deep = tmp_path / ("d" * 60) / ("e" * 60)
    deep.mkdir(parents=True)

    with Bell(deep / "press.sock") as bell:
        rang = bell.wait(0.01)

    assert not rang


def test_site_wide_change_is_announced_with_its_count(
    worker: Worker, clock: Clock, caplog: pytest.LogCaptureFixture
) -> None:
    """Who runs the press is told how many objects a change of the menu renders again."""
    with caplog.at_level(logging.INFO):
        edit_section(clock, 2, slug="sports")
        worker.run_until_quiet()

    assert any(
        "paper/paper/menu changed:" in record.getMessage()
        and "objects are rendered again" in record.getMessage()
        for record in caplog.records
    )


def test_section_with_another_number_and_the_same_place_outdates_no_menu(
    worker: Worker, clock: Clock, caplog: pytest.LogCaptureFixture
) -> None:
    """A position that leaves all sections in their order outdates nobody's menu."""
    with caplog.at_level(logging.INFO):
        edit_section(clock, 1, slug="world", position=0, description="News from everywhere.")
        deriving.derive(Tables())

    outdated = set(LedgerRow.objects.exclude(dirty_seq=None).values_list("key", flat=True))
    assert (True, False) == ("/world/" in outdated, "/" in outdated)
    assert not [record for record in caplog.records if "changed:" in record.getMessage()]
    worker.run_until_quiet()


def test_quiet_round_takes_no_write_lock(worker: Worker) -> None:
    """A round with nothing to do begins no transaction, so no editor waits for it."""
    worker.run_until_quiet()

    with CaptureQueriesContext(connection) as asked:
        worker.round()

    written = [q["sql"] for q in asked.captured_queries if not q["sql"].startswith("SELECT")]
    assert [] == written


def test_entry_that_cannot_be_read_stops_nothing_but_what_follows_it(
    worker: Worker, clock: Clock, wall: Wall
) -> None:
    """While the log cannot be followed, a post is still withdrawn, and a lost page mended."""
    story = publish_story(clock, headline="As written")
    run_for(worker, clock, seconds=30)
    page = site_of(worker) / story.address.strip("/") / "index.html"
    page.write_bytes(b"")
    with transaction.atomic():
        retract.retract(story.id, reason="Wrong.", now=clock(), by="test")
    LogEntry.objects.filter(seq=log.length()).update(version=b"damaged")

    sweeps.reread_some(worker.wired.store, after_id=0, is_stopping=lambda: False)
    sweeps.reread_some(
        worker.wired.store,
        after_id=LedgerRow.objects.get(key=story.address).id - 1,
        is_stopping=lambda: False,
    )
    run_for(worker, clock, seconds=60)

    assert ({}, True) == (wall.posts, "As written" in page.read_text(encoding="utf-8"))
