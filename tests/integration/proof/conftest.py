"""Gives the proofs a database, a clock and a paper that is out and quiet."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from broadsheet.press.worker import Worker
from tests.factories.press import Clock, a_press_paper, a_worker
from tests.integration.proof.sandboxes import Sandbox, a_sandbox


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


@pytest.fixture(scope="module")
def sandbox(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sandbox]:
    """Give a running sandbox network."""
    with a_sandbox(tmp_path_factory.mktemp("sandbox")) as running:
        yield running
