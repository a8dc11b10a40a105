"""A running nginx is told of a move by the hook, and answers by files where it need not be told."""

import os
import subprocess
import sys
import time
from contextlib import contextmanager

import pytest

from broadsheet.projections.objects import Gone, Moved, ObjectKey, Page
from broadsheet.surfaces.website.store import Store
from broadsheet.web.telling import TOLD, look
from tests.integration.deploy.asking import Served
from tests.integration.deploy.tree import LIVE, OLD, TRAM
from tests.servers.deployed import by_caddy, by_nginx, write_maps
from tests.servers.newspaper import BROADSHEET, until
from tests.servers.processes import program

MANY = 20_000  # moved addresses: a change of a paper's whole scheme


@pytest.fixture
def store(tmp_path):
    """Give a store over a home in which nothing moved yet."""
    store = Store(tmp_path / "site", renditions=tmp_path / "renditions")
    for key in (LIVE, OLD):
        store.put(ObjectKey(key), Page(TRAM))
    write_maps(tmp_path)
    return store


@pytest.fixture
def nginx(store, tmp_path):
    """Give an nginx over that home."""
    with by_nginx(tmp_path, folder=tmp_path / "nginx") as url:
        yield Served(url)


@pytest.fixture
def hook(tmp_path):
    """Give the command that has that nginx read its configuration."""
    folder = tmp_path / "nginx"
    binary = program("nginx", package="nginx")
    return f"{binary} -c {folder}/nginx.conf -e {folder}/error.log -p {folder} -s reload"


def test_a_move_reaches_a_running_server(nginx, store, tmp_path, hook):
    """Until it is told, nginx knows nothing of a moved address; then it leads from there."""
    store.put(ObjectKey(OLD), Moved(ObjectKey(LIVE)))
    before = nginx.ask(OLD)

    look(tmp_path / "site", tmp_path / "maps", hook=hook)

    assert 404 == before.status_code
    moved = until(lambda: (a := nginx.ask(OLD)).status_code == 301 and a, what="nginx reloads")
    assert LIVE == moved.headers["location"]


def test_what_comes_back_needs_no_telling(nginx, store, tmp_path, hook):
    """A page that is live again, or gone for good, is so at once: the map is not asked."""
    store.put(ObjectKey(OLD), Moved(ObjectKey(LIVE)))
    look(tmp_path / "site", tmp_path / "maps", hook=hook)
    until(lambda: nginx.ask(OLD).status_code == 301, what="nginx reloads")

    statuses = []
    for rendered in (Page(TRAM), Gone(b"<p>Retracted.</p>")):
        store.put(ObjectKey(OLD), rendered)
        statuses.append(nginx.ask(OLD).status_code)

    assert [200, 410] == statuses


def test_a_follower_tells(nginx, store, tmp_path, hook):
    """`broadsheet deploy maps --follow` tells nginx of a move that nobody else tells."""
    with _following(tmp_path, hook):
        until((tmp_path / "maps" / TOLD).exists, what="the follower looked once")

        store.put(ObjectKey(OLD), Moved(ObjectKey(LIVE)))

        assert until(lambda: nginx.ask(OLD).status_code == 301, what="the follower tells")


@pytest.mark.parametrize("by", [by_nginx, by_caddy], ids=["nginx", "caddy"])
def test_a_paper_that_moved_as_a_whole_is_served(store, tmp_path, by):
    """Twenty thousand moved addresses start a server within seconds, and each is answered."""
    for number in range(MANY):
        marker = tmp_path / "site" / "old" / f"{number}.301"
        marker.parent.mkdir(exist_ok=True)
        marker.write_text(LIVE)
    write_maps(tmp_path)
    began_at_s = time.monotonic()

    with by(tmp_path, folder=tmp_path / "server") as url:
        took_s = time.monotonic() - began_at_s
        answers = [Served(url).ask(f"/old/{number}") for number in (0, MANY // 2, MANY - 1)]

    assert [LIVE] * 3 == [answer.headers["location"] for answer in answers]
    assert took_s < 20


@contextmanager
def _following(home, hook):
    command = [*BROADSHEET, "deploy", "maps", "--follow", "--hook", hook]
    told = ("--site", home / "site", "--into", home / "maps")
    environment = os.environ | {"BROADSHEET_HOME": str(home / "none")}
    with subprocess.Popen([*command, *told], env=environment, stdout=sys.stderr) as follower:
        try:
            yield
        finally:
            follower.terminate()
