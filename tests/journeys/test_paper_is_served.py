"""A newspaper is started, started again, and outlives its newsroom."""

import os
import re
import shutil
import signal
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import feedparser
import pytest

from tests.servers.newspaper import Newspaper, two_free_ports, until

pytestmark = pytest.mark.xdist_group("journeys")
ROOT = Path(__file__).parents[2]
SECONDS = 60  # on a machine that runs everything else besides; two to five on an idle one
DATABASE = ("broadsheet.sqlite3", "broadsheet.sqlite3-wal", "broadsheet.sqlite3-shm")


class OwnPaper(NamedTuple):
    """A newspaper this module may break, and an address for each status a reader can meet."""

    paper: Newspaper
    addresses: dict[int, str]

    @property
    def answers(self) -> dict[int, int]:
        """Return what each address answers, under what it should."""
        return {status: self.paper.get(at).status_code for status, at in self.addresses.items()}


def address_of(paper: Newspaper, words: str) -> str:
    """Return the address of the one story whose address has these words."""
    (found,) = re.findall(rf"/\S*{words}\S*/", paper.does("story", "list", "--limit", "1000"))
    return found


@pytest.fixture(scope="module")
def own(demo, tmp_path_factory) -> Iterator[OwnPaper]:
    """Give a copy of the demo newspaper, with one story moved."""
    folder = tmp_path_factory.mktemp("own")
    shutil.copytree(demo.kept, folder / "home")
    paper = Newspaper(folder / "home", port=two_free_ports())
    try:
        paper.await_ready()
        live, moved = address_of(paper, "council-votes"), address_of(paper, "small-shipyard")
        gone = address_of(paper, "six-neighbors")
        paper.does("story", "change-address", moved, "Twelve tugs")
        yield OwnPaper(paper, {200: live, 301: moved, 404: "/2026/11/22/nothing/", 410: gone})
    finally:
        paper.process.send_signal(signal.SIGCONT)
        paper.stop()


def test_addresses_and_password_are_printed(demo):
    """The first start says where newspaper, desk and sandbox network are, and how to sign in."""
    for line in (
        rf"Newspaper +{demo.newspaper.url}/\n",
        rf"Desk +{demo.newspaper.url}/desk/\n",
        rf"Sandbox network +{demo.newspaper.sandbox_url}/\n",
        r"sign in as editor; first password \S{16}\n",
    ):
        assert re.search(line, demo.first_output), line


def test_second_start_takes_seconds_and_keeps_what_was_written(demo):
    """A second start fills nothing, and has the stories, the password and the addresses."""
    paper = demo.newspaper

    assert demo.second_start_s < SECONDS
    assert "Filling" not in paper.output
    assert paper.password in demo.first_output
    assert 200 == paper.get(address_of(paper, "council-votes")).status_code


def test_readers_get_every_kind_of_answer(own):
    """A live page, a moved one, one that never was, and a retracted one answer as such."""
    assert {200: 200, 301: 301, 404: 404, 410: 410} == own.answers


def test_moved_address_leads_to_the_current_one(own):
    """One hop leads from the old address to a page that is there."""
    there = own.paper.get(own.addresses[301]).headers["location"]

    assert (True, 200) == (there.endswith("/twelve-tugs/"), own.paper.get(there).status_code)


def test_tombstone_says_why(own):
    """A retracted story's address shows the reason and keeps the words to itself."""
    page = own.paper.get(own.addresses[410]).text

    assert "Only one of the two villages confirmed" in page
    assert page.count("villages") == 1


@pytest.mark.parametrize("name", ["site", "city"])
@pytest.mark.parametrize("kind", ["rss", "atom"])
def test_feeds_parse(newspaper, name, kind):
    """Somebody else's feed reader reads every feed without a complaint."""
    feed = feedparser.parse(newspaper.get(f"/feeds/{name}.{kind}").content)

    assert (False, True) == (feed.bozo, len(feed.entries) > 2)


def test_the_newspaper_outlives_the_newsroom(own):
    """Desk and press killed with signal 9 and the database moved away, readers notice nothing."""
    before = own.paper.get("/").content
    own.paper.process.send_signal(signal.SIGSTOP)  # it would start them again
    for words in ("config.wsgi", "config.main work"):
        os.killpg(own.paper.process_with(words), signal.SIGKILL)  # its own workers, too
    away = own.paper.home.parent / "away"
    away.mkdir()
    for name in DATABASE:
        if (own.paper.home / name).exists():
            (own.paper.home / name).rename(away / name)

    assert {200: 200, 301: 301, 404: 404, 410: 410} == own.answers
    assert before == own.paper.get("/").content
    assert 503 == own.paper.get("/desk/login/").status_code

    for name in away.iterdir():
        name.rename(own.paper.home / name.name)
    own.paper.process.send_signal(signal.SIGCONT)
    until(lambda: own.paper.get("/desk/login/").status_code == 200, what="the desk is back")
