"""
Keeps what journeys look like: pictures of whole pages, for people, under build/journeys/.

The folder is emptied once a run, by the first test that takes a picture, whichever process of
pytest-xdist it runs in; a run that takes none leaves the pictures of the last one alone.
"""

import fcntl
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.counts import Count
from tests.servers.browser import Screen, Tab

FOLDER = Path(__file__).parents[1] / "build" / "journeys"
DESK, TABLET, PHONE = Screen(1400, 1000), Screen(820, 1180), Screen(390, 844)
Photograph = Callable[..., None]


def emptied_once(folder: Path, *, run: str) -> Path:
    """Return the folder; whatever other runs left in it is gone."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder.parent / f"{folder.name}.lock").open("a+") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        of_run = folder / ".run"
        if not (of_run.exists() and of_run.read_text() == run):
            shutil.rmtree(folder)
            folder.mkdir()
            of_run.write_text(run)
    return folder


@pytest.fixture(scope="session")
def photographs(testrun_uid: str) -> Path:
    """Give the folder of this run's pictures."""
    return emptied_once(FOLDER, run=testrun_uid)


@pytest.fixture
def photograph(photographs: Path, request: pytest.FixtureRequest, count: Count) -> Photograph:
    """Give a function that keeps pictures of a tab under a name, on one screen or several."""
    test = re.sub(r"\W+", "-", request.node.name).strip("-")
    folder = photographs / test
    folder.mkdir()

    def take(tab: Tab, name: str, *screens: Screen) -> None:
        step = len({each.name.split("-")[0] for each in folder.iterdir()}) + 1
        for screen in screens or (DESK,):
            file = folder / f"{step:02}-{name}-{screen.width}.png"
            file.write_bytes(tab.look_at_all(screen))
            count("photographs kept in build/journeys", test, 1)
        if screens:
            tab.put_on(screens[0])

    return take
