"""The newspaper's three servers over one folder: ours, nginx and Caddy by the files in deploy/."""

import threading
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import NamedTuple
from urllib.parse import quote

import httpx
import pytest

from broadsheet.surfaces.website.store import Store
from broadsheet.web import maps
from tests.integration.deploy.tree import WHAT_IS_SAID, a_picture
from tests.integration.web.conftest import FakeDesk, serving
from tests.servers.caddy import caddy
from tests.servers.nginx import nginx

DEPLOY = Path(__file__).parents[3] / "deploy"
SERVERS = ("ours", "nginx", "caddy")
OTHERS = SERVERS[1:]
BROTLI = "ngx_http_brotli_static_module"
BROADSHEET = "127.0.0.1:8000"  # as deploy/ names it


class Served(NamedTuple):
    """A server, as its readers reach it."""

    url: str

    def ask(self, path: str, *, method: str = "GET", **headers: str) -> httpx.Response:
        """Ask for a key of the tree, with nothing but these headers."""
        return self.ask_as_written(quote(path), method=method, **headers)

    def ask_as_written(self, target: str, *, method: str = "GET", **headers: str) -> httpx.Response:
        """Ask for a target that stays as it is: httpx would resolve dots, and encode."""
        with httpx.Client(base_url=self.url, trust_env=False, timeout=10) as reader:
            reader.headers.clear()
            sent = {name.replace("_", "-"): value for name, value in headers.items()}
            request = reader.build_request(method, "/", headers=sent)
            request.url = request.url.copy_with(raw_path=target.encode("ascii"))
            return reader.send(request)


def maps_of(home: Path) -> None:
    """Write the maps of a home's tree where deploy/ looks for them."""
    moves = maps.moves_of(home / "site").moves
    (home / "maps").mkdir(exist_ok=True)
    for name, said in {"nginx": maps.for_nginx(moves), "caddy": maps.for_caddy(moves)}.items():
        (home / "maps" / f"moved.{name}").write_text(said.text, encoding="utf-8")


def configured(name: str, *, home: Path, desk: str = BROADSHEET) -> str:
    """Return a file of deploy/ for a home, and a desk behind another address."""
    text = (DEPLOY / name).read_text("utf-8")
    text = text.replace("/srv/paper/deploy", str(DEPLOY)).replace("/srv/paper", str(home))
    return text.replace(BROADSHEET, desk)


@pytest.fixture(scope="session")
def paper(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a home whose tree holds every kind of object, and its maps."""
    home = tmp_path_factory.mktemp("served")
    store = Store(home / "site", renditions=home / "renditions")
    a_picture(home / "renditions")
    for key, rendered in WHAT_IS_SAID.items():
        store.put(key, rendered)
    maps_of(home)
    return home


@pytest.fixture(scope="session")
def served(paper: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Served]]:
    """Give the three servers, by name, with one desk behind them."""
    folder = tmp_path_factory.mktemp("servers")
    (folder / "ours").mkdir()
    with FakeDesk() as desk, ExitStack() as running:
        threading.Thread(target=desk.serve_forever, args=(0.02,), daemon=True).start()
        behind = desk.address.removeprefix("http://")
        ours = running.enter_context(serving(folder / "ours", desk=desk.address))
        ours.tree.rmdir()
        ours.tree.symlink_to(paper / "site")
        urls = {
            "ours": ours.url,
            "nginx": running.enter_context(
                nginx(
                    configured("nginx/site.conf", home=paper, desk=behind)
                    + configured("nginx/brotli.conf", home=paper),
                    http=configured("nginx/http.conf", home=paper),
                    modules=(BROTLI,),
                    folder=folder / "nginx",
                )
            ),
            "caddy": running.enter_context(
                caddy(
                    configured("caddy/Caddyfile", home=paper, desk=behind), folder=folder / "caddy"
                )
            ),
        }
        yield {name: Served(url) for name, url in urls.items()}
        desk.shutdown()


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
