"""One demo newspaper for all journeys, each of which has stories of its own; and a browser."""

import shutil
import time
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.servers.browser import Browser, chromium
from tests.servers.newspaper import Newspaper, two_free_ports

_RUNNING: list[Browser] = []  # one, once a test asked for it


class Demo(NamedTuple):
    """A demo newspaper that was made, stopped, and runs again."""

    newspaper: Newspaper
    first_output: str  # of the start that made it
    second_start_s: float
    kept: Path  # its home as it lay between the two


# Of the package, not of the session: an idle newspaper and its tabs take a quarter of a core from
# whatever is tested after them.
@pytest.fixture(scope="package")
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


@pytest.fixture(scope="package")
def newspaper(demo: Demo) -> Newspaper:
    """Give the running demo newspaper."""
    return demo.newspaper


@pytest.fixture(scope="package")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    """Give a browser."""
    with chromium(tmp_path_factory.mktemp("browser")) as running:
        _RUNNING.append(running)
        yield running
        _RUNNING.remove(running)


@pytest.fixture(autouse=True, scope="module")
def tabs_of_the_module() -> Iterator[None]:
    """Close what the tests of a module shared."""
    yield from _closing_tabs()


@pytest.fixture(autouse=True)
def tabs_of_the_test() -> Iterator[None]:
    """Close what a test opened; what its fixtures opened for all was there before."""
    yield from _closing_tabs()


def _closing_tabs() -> Iterator[None]:
    opened = sum(each.opened for each in _RUNNING)
    yield
    for each in _RUNNING:
        each.close_since(opened)
