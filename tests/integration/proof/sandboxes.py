"""A running sandbox network whose files a proof may search."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from broadsheet.surfaces.sandbox.server.serving import admin_token
from tests.contract.sandbox_world import SandboxServer
from tests.servers.processes import a_free_port, listens, running


class Sandbox(NamedTuple):
    """A sandbox network, and the folder of all it keeps."""

    server: SandboxServer
    home: Path


@contextmanager
def a_sandbox(home: Path) -> Iterator[Sandbox]:
    """Run a sandbox network in a folder, until the block ends."""
    port = a_free_port()
    module = "broadsheet.surfaces.sandbox.server"
    command = [sys.executable, "-m", module, "--home", home, "--port", str(port)]
    token = admin_token(home)
    with running(command, log=home / "log", answers=lambda: listens(port)):
        yield Sandbox(SandboxServer(f"http://127.0.0.1:{port}", token), home)
