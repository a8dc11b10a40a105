"""A disk that takes no more: readers keep what they had, and it mends itself."""

import logging
import resource
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import pytest
from click.testing import CliRunner

from broadsheet.config.main import cli
from broadsheet.press.worker import Worker
from broadsheet.surfaces.website import tree
from tests.factories.press import Clock, a_press_paper, a_worker, publish_story

pytestmark = pytest.mark.django_db
ROOM = 1_000  # bytes a file may have: none of our pages has as few
LATER_S = 600  # longer than the longest pause between two tries


@contextmanager
def a_full_disk() -> Iterator[None]:
    """
    Let the kernel refuse to write (EFBIG) whatever file gets longer than a few bytes.

    A real refusal in the middle of a file, as a full disk's; the database is in memory. The
    log is not written either, since the tests' own output is such a file.
    """
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    logging.disable(logging.CRITICAL)
    resource.setrlimit(resource.RLIMIT_FSIZE, (ROOM, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
        logging.disable(logging.NOTSET)


@pytest.fixture
def clock() -> Clock:
    """Return a clock that stands at noon."""
    return Clock()


@pytest.fixture
def worker(tmp_path, clock: Clock) -> Worker:
    """Return a worker whose paper has one story out."""
    a_press_paper(clock)
    publish_story(clock, headline="Harbor reopens")
    worker = a_worker(tmp_path, clock)
    worker.run_until_quiet()
    return worker


def files(folder) -> dict[str, bytes]:
    """Return every file of the public tree."""
    return {str(path): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_full_disk_leaves_the_old_paper(worker, clock, tmp_path):
    """What does not fit is parked with the reason; old pages stay whole, and nothing half."""
    page = tmp_path / "site" / "2026/11/22/story-100/index.html"
    before, was = files(tmp_path / "site"), page.read_bytes()
    publish_story(clock, headline="Harbor reopens on Monday")

    with a_full_disk():
        worker.run_until_quiet()

    after = files(tmp_path / "site")
    said = CliRunner().invoke(cli, ["status"], catch_exceptions=False).output
    assert was == page.read_bytes()
    assert set(before) == set(after)
    assert "could not be stored: File too large; it is tried again" in said
    assert "next try" in said


def test_it_mends_itself_when_there_is_room(worker, clock, tmp_path):
    """With room again the press puts out what it could not, by itself, to the same bytes."""
    page = tmp_path / "site" / "2026/11/22/story-100/index.html"
    publish_story(clock, headline="Harbor reopens on Monday")
    with a_full_disk():
        worker.run_until_quiet()

    clock.move(seconds=LATER_S)
    worker.run_until_quiet()

    said = CliRunner().invoke(cli, ["status"], catch_exceptions=False).output
    assert b"Harbor reopens on Monday" in page.read_bytes()
    assert ("Parked" in said, "Waiting    nothing" in said) == (False, True)


def test_a_store_that_writes_in_place_would_be_found(worker, clock, tmp_path, monkeypatch):
    """The broken twin: with a store that writes in place, readers get files cut off."""
    before = files(tmp_path / "site")
    publish_story(clock, headline="Harbor reopens on Monday")
    monkeypatch.setattr(tree.Tree, "write_all", write_in_place)

    with a_full_disk():
        worker.run_until_quiet()

    after = files(tmp_path / "site")
    changed = [after[name] for name in after if after[name] != before.get(name)]
    assert ROOM in map(len, changed)


def write_in_place(_tree: tree.Tree, contents: Mapping[Path, bytes]) -> None:
    """Write each file where readers read it."""
    for target, data in contents.items():
        target.write_bytes(data)
