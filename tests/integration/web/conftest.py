"""A real site server over a folder, and a fake desk behind it."""

import os
import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import NamedTuple

import httpx
import pytest

from broadsheet.surfaces.website.store import Store
from broadsheet.web import server
from tests.integration.web.needing import DATABASE
from tests.servers.processes import a_free_port, listens, running

OURS = "broadsheet.web.server:application"
NEEDING = "tests.integration.web.needing:application"


class Received(NamedTuple):
    """A request as the desk got it."""

    method: str
    target: str
    headers: dict[str, str]
    data: bytes


class FakeDesk(ThreadingHTTPServer):
    """Answers every request with what was asked, and two cookies; remembers the requests."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.received: list[Received] = []
        self.address = f"http://127.0.0.1:{self.server_address[1]}"


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: FakeDesk

    def handle_one_request(self) -> None:
        self.raw_requestline = self.rfile.readline(65_537)
        if not self.raw_requestline or not self.parse_request():
            self.close_connection = True
            return
        data = self._body()
        named = {name.lower(): value for name, value in self.headers.items()}
        self.server.received.append(Received(self.command, self.path, named, data))
        if "break-off" in self.path:
            self.close_connection = True
            return
        self._answer(f"{self.command} {self.path} {len(data)}".encode())

    def log_message(self, *_args: object) -> None:
        """Say nothing: tests look at what was received."""

    def _body(self) -> bytes:
        if self.headers.get("transfer-encoding") == "chunked":
            return b"".join(iter(self._chunk, b""))
        return self.rfile.read(int(self.headers.get("content-length", 0)))

    def _chunk(self) -> bytes:
        data = self.rfile.read(int(self.rfile.readline(), 16))
        self.rfile.readline()
        return data

    def _answer(self, text: bytes) -> None:
        self.send_response(302 if "redirect" in self.path else 200)
        self.send_header("Location", "/desk/elsewhere/")
        self.send_header("Set-Cookie", "sessionid=secret; Path=/desk/")
        self.send_header("Set-Cookie", "csrftoken=token; Path=/desk/")
        self.send_header("Keep-Alive", "timeout=5")
        self.send_header("Content-Length", str(len(text)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(text)


class Site(NamedTuple):
    """A running site server."""

    url: str
    port: int
    folder: Path

    @property
    def tree(self) -> Path:
        """Return the public tree."""
        return self.folder / "site"

    @property
    def static(self) -> Path:
        """Return the folder of the desk's own files."""
        return self.folder / "static"

    @property
    def renditions(self) -> Path:
        """Return the private folder of pictures."""
        return self.folder / "renditions"

    @property
    def store(self) -> Store:
        """Return a store that writes what the server reads."""
        return Store(self.tree, renditions=self.renditions)

    def reader(self) -> httpx.Client:
        """Return a client that sends just what it is told."""
        client = httpx.Client(base_url=self.url, trust_env=False, timeout=30)
        client.headers.clear()
        return client


_KEPT = ("PATH", "LANG", "HOME", "PYTHONPATH")  # of our environment: how Python finds the paper


@contextmanager
def serving(
    folder: Path, *, desk: str, application: str = OURS, proxies: str = ""
) -> Iterator[Site]:
    """Run a site server over `folder`/site, with nothing else in its environment."""
    tree = folder / "site"
    tree.mkdir()
    port = a_free_port()
    told = server.environment(site=str(tree), static=str(folder / "static"), desk=desk)
    told[server.PROXIES] = proxies
    bare = {name: os.environ[name] for name in _KEPT if name in os.environ}
    if application != OURS:
        bare["PYTHONPATH"] = str(Path(__file__).parents[3])  # where the tests are found
    assignments = [f"{name}={value}" for name, value in (bare | told).items()]
    ours = server.command(host="127.0.0.1", port=port)
    command = ["env", "-i", *assignments, *(application if each == OURS else each for each in ours)]
    with running(command, log=folder / "site.log", answers=lambda: listens(port)):
        yield Site(f"http://127.0.0.1:{port}", port, folder)


@pytest.fixture(scope="session")
def shared_desk() -> Iterator[FakeDesk]:
    """Give a desk that answers, for every test of this process."""
    with FakeDesk() as fake:
        threading.Thread(target=fake.serve_forever, args=(0.02,), daemon=True).start()
        yield fake
        fake.shutdown()


@pytest.fixture(scope="session")
def shared_site(tmp_path_factory: pytest.TempPathFactory, shared_desk: FakeDesk) -> Iterator[Site]:
    """Give a site server, for every test of this process."""
    with serving(tmp_path_factory.mktemp("paper"), desk=shared_desk.address) as site:
        yield site


@pytest.fixture
def desk(shared_desk: FakeDesk) -> FakeDesk:
    """Give a desk that has received nothing yet."""
    shared_desk.received.clear()
    return shared_desk


@pytest.fixture
def site(shared_site: Site) -> Site:
    """Give a site server whose folders are empty."""
    for folder in (shared_site.tree, shared_site.static, shared_site.renditions):
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir()
    return shared_site


@pytest.fixture
def site_without_desk(tmp_path: Path) -> Iterator[Site]:
    """Give a site server whose desk does not run."""
    with serving(tmp_path, desk=f"unix:{tmp_path}/nothing") as site:
        yield site


@pytest.fixture
def needing_site(tmp_path: Path) -> Iterator[Site]:
    """Give a site server that needs a database, and that database."""
    (tmp_path / DATABASE).touch()
    with serving(tmp_path, desk=f"unix:{tmp_path}/nothing", application=NEEDING) as site:
        yield site
