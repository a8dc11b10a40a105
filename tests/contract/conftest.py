"""Starts the sandbox network once for each test process."""

import sys
from collections.abc import Callable, Iterator

import httpx
import pytest

from broadsheet.reconciler.ports import Exactness
from broadsheet.surfaces.sandbox.server.serving import admin_token
from tests.contract.sandbox_world import NO_TLS, SandboxServer, SandboxWorld, sandbox_stage
from tests.contract.stage import Stage
from tests.servers.processes import a_free_port, running

# Before the laws are imported, so that a broken one says what it saw.
pytest.register_assert_rewrite("tests.contract.surface_laws")


@pytest.fixture(scope="session")
def sandbox_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SandboxServer]:
    """Give a running sandbox network."""
    home = tmp_path_factory.mktemp("sandbox")
    port = a_free_port()
    server = SandboxServer(f"http://127.0.0.1:{port}", admin_token(home))
    module = "broadsheet.surfaces.sandbox.server"
    command = [sys.executable, "-m", module, "--home", home, "--port", str(port)]
    with running(command, log=home / "log", answers=lambda: answers(server.base_url)):
        yield server


@pytest.fixture
def sandbox_stage_of(sandbox_server: SandboxServer) -> Iterator[Callable[[str, str], Stage]]:
    """Give a function that sets up an account with a network's rules and a class."""
    worlds: list[SandboxWorld] = []

    def stage(rules: str, exactness: str) -> Stage:
        worlds.append(SandboxWorld(sandbox_server, rules=rules, exactness=Exactness(exactness)))
        return sandbox_stage(worlds[-1])

    yield stage
    for world in worlds:
        world.close()


def answers(base_url: str) -> bool:
    """Return whether a sandbox network serves there."""
    try:
        return httpx.get(f"{base_url}/health", verify=NO_TLS, trust_env=False).status_code == 200
    except httpx.TransportError:
        return False
