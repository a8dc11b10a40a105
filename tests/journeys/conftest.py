"""One demo newspaper for all journeys, each of which has stories of its own; and a browser."""

import shutil
import time
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.servers.browser import Browser, chromium
from tests.servers.newspaper import Newspaper, two_free_ports


class Demo(NamedTuple):
    """A demo newspaper that was made, stopped, and runs again."""

    newspaper: Newspaper
    first_output: str  # of the start that made it
    second_start_s: float
    kept: Path  # its home as it lay between the two


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demo]:
    """Give the demo newspaper at its second start."""
    folder = tmp_path_factory.mktemp("demo")
    port = two_free_ports()
    first = Newspaper(folder / "home", "--demo", port=port).await_ready()
    assert first.stop() == 0, first.output
    shutil.copytree(folder / "home", folder / "kept", ignore=shutil.ignore_patterns("*.socket"))
    began_at_s = time.monotonic()
    second = Newspaper(folder / "home", "--demo", port=port)
    try:
        second.await_ready()
        took_s = time.monotonic() - began_at_s
        yield Demo(second, first.output, took_s, folder / "kept")
    finally:
        second.stop()


@pytest.fixture(scope="session")
def newspaper(demo: Demo) -> Newspaper:
    """Give the running demo newspaper."""
    return demo.newspaper


@pytest.fixture(scope="session")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    """Give a browser."""
    with chromium(tmp_path_factory.mktemp("browser")) as running:
        yield running
