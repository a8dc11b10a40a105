"""`broadsheet demo` alone, in an empty folder, makes a newspaper somebody can sign in to."""

import subprocess
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.servers.newspaper import broadsheet

pytestmark = pytest.mark.xdist_group("demo's home")  # filling one takes a minute


class Filled(NamedTuple):
    """A home, and what the command that filled it said."""

    home: Path
    done: subprocess.CompletedProcess[str]


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Filled:
    """Give a home that the demo has made and filled."""
    home = tmp_path_factory.mktemp("demo") / "home"
    home.mkdir()
    return Filled(home, broadsheet(home, "demo"))


def test_demo_makes_the_home_it_fills(filled):
    """The first command of a new user gives a paper with stories and says how to go on."""
    home, done = filled

    assert (0, "") == (done.returncode, done.stderr)
    assert f"{home} is a newspaper's home." in done.stdout
    assert f"sign in as editor; the first password lies in {home / 'desk-password'}" in done.stdout
    assert "`broadsheet run` serves it" in done.stdout
    assert "The demo newspaper is out." in done.stdout
    assert (home / "desk-password").is_file()
    assert (home / "site" / "index.html").is_file()


@pytest.mark.parametrize(
    ("words", "is_shown"),
    [
        ("Storm night: Tern passes the bay", True),
        ("The Harbor Light belongs to the Harbor Light Cooperative", True),  # a policy
        ("Marathon moves to the night", False),  # scheduled
        ("What the sonar found", False),  # under embargo
    ],
)
def test_demo_shows_nothing_before_its_time(filled, words, is_shown):
    """What is scheduled or under embargo stands in no file of the site; what is live does."""
    texts = (*filled.home.glob("site/**/*.html"), *filled.home.glob("site/**/*.xml"))

    showing = [text for text in texts if words in text.read_text("utf-8")]

    assert len(texts) > 100
    assert is_shown is bool(showing), showing
