"""The newspaper's three servers over one folder: ours, nginx and Caddy by the files in deploy/."""

import threading
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from broadsheet.surfaces.website.store import Store
from tests.integration.deploy.asking import Served
from tests.integration.deploy.tree import WHAT_IS_SAID, a_picture
from tests.integration.web.conftest import FakeDesk, serving
from tests.servers.deployed import BROTLI, by_caddy, by_nginx, write_maps

SERVERS = ("ours", "nginx", "caddy")
OTHERS = SERVERS[1:]


@pytest.fixture(scope="session")
def paper(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a home whose tree holds every kind of object, and its maps."""
    home = tmp_path_factory.mktemp("served")
    store = Store(home / "site", renditions=home / "renditions")
    a_picture(home / "renditions")
    for key, rendered in WHAT_IS_SAID.items():
        store.put(key, rendered)
    write_maps(home)
    return home


@pytest.fixture(scope="session")
def desk() -> Iterator[FakeDesk]:
    """Give the desk behind all three, which remembers what it was asked."""
    with FakeDesk() as running:
        threading.Thread(target=running.serve_forever, args=(0.02,), daemon=True).start()
        yield running
        running.shutdown()


@pytest.fixture(scope="session")
def served(
    paper: Path, desk: FakeDesk, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[dict[str, Served]]:
    """Give the three servers, by name, with one desk behind them."""
    folder = tmp_path_factory.mktemp("servers")
    (folder / "ours").mkdir()
    with ExitStack() as running:
        behind = desk.address.removeprefix("http://")
        ours = running.enter_context(serving(folder / "ours", desk=desk.address))
        ours.tree.rmdir()
        ours.tree.symlink_to(paper / "site")
        urls = {
            "ours": ours.url,
            "nginx": running.enter_context(
                by_nginx(paper, folder=folder / "nginx", desk=behind, modules=(BROTLI,))
            ),
            "caddy": running.enter_context(by_caddy(paper, folder=folder / "caddy", desk=behind)),
        }
        yield {name: Served(url) for name, url in urls.items()}


@pytest.fixture(params=SERVERS)
def server(request: pytest.FixtureRequest, served: dict[str, Served]) -> Served:
    """Give each of the servers in turn."""
    return served[request.param]


@pytest.fixture(params=OTHERS)
def other(request: pytest.FixtureRequest, served: dict[str, Served]) -> Served:
    """Give each server that is not ours in turn."""
    return served[request.param]


@pytest.fixture
def ours(served: dict[str, Served]) -> Served:
    """Give the server of our own."""
    return served["ours"]
