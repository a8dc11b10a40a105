"""Gives press tests a database, a clock and a paper."""

from pathlib import Path

import pytest

from broadsheet.press.worker import Worker
from tests.factories.press import Clock, OneNetwork, a_press_paper, a_worker
from tests.integration.press.timeline import TRAITS, Timeline, an_account


@pytest.fixture
def clock() -> Clock:
    """Return a clock that stands at noon."""
    return Clock()


@pytest.fixture
def worker(tmp_path: Path, clock: Clock, db: None) -> Worker:
    """Return a worker whose paper is out and quiet."""
    del db
    a_press_paper(clock)
    worker = a_worker(tmp_path, clock)
    worker.run_until_quiet()
    return worker


@pytest.fixture
def timeline(clock: Clock) -> Timeline:
    """Return an empty network."""
    return Timeline(clock)


@pytest.fixture
def poster(tmp_path: Path, clock: Clock, timeline: Timeline, db: None) -> Worker:
    """Return a worker whose paper has one account."""
    a_press_paper(clock)
    an_account("main", clock)
    worker = a_worker(tmp_path, clock, networks=OneNetwork(timeline, TRAITS))
    worker.run_until_quiet()
    return worker
