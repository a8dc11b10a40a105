"""Gives the adversary's tests a press paper, with and without a network."""

from pathlib import Path
from typing import Any, cast

import pytest

from broadsheet.press.ports import Networks
from broadsheet.press.worker import Worker
from tests.factories.press import Clock, OneNetwork, a_press_paper, a_worker
from tests.integration.adversary.network import HAS_ALL, Wall, an_account, hand


@pytest.fixture
def clock() -> Clock:
    """Return a clock that stands at noon."""
    return Clock()


@pytest.fixture
def wall(clock: Clock) -> Wall:
    """Return an empty network."""
    return Wall(clock)


@pytest.fixture
def network(wall: Wall) -> OneNetwork:
    """Return the network as the press is handed it; a test may change its traits."""
    return OneNetwork(wall, HAS_ALL)


@pytest.fixture
def worker(tmp_path: Path, clock: Clock, network: OneNetwork, db: None, settings: Any) -> Worker:
    """Return a worker whose paper is out and quiet, with one account."""
    del db
    a_press_paper(clock)
    an_account("main", clock)
    worker = a_worker(tmp_path, clock, networks=cast("Networks", network))
    settings.BROADSHEET_WIRING = hand(worker.wired)
    worker.run_until_quiet()
    return worker
