"""
Runs a whole newspaper as a person would: `broadsheet run`, and commands in its home.

Nothing is reached but what a reader, an editor or an operator reaches: the public port, the
command line, and the sandbox network's administration.
"""

import os
import re
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, NamedTuple, TypeVar
from urllib.parse import unquote

import httpx

from broadsheet.surfaces.sandbox.administration import SandboxAdministration
from broadsheet.surfaces.sandbox.server.serving import admin_token
from tests.servers.processes import a_free_port

WITHIN_S = 180  # for anything, on a busy machine
BROADSHEET = (sys.executable, "-m", "broadsheet.config.main")
# What the newspaper of whoever runs the tests is told by must not reach the tests' own.
_TOLD_BY = ("BROADSHEET_DATABASE", "BROADSHEET_URL", "BROADSHEET_SANDBOX", "BROADSHEET_HOSTS")

_T = TypeVar("_T")


def until(holds: Callable[[], _T], *, what: str, within_s: float = WITHIN_S) -> _T:
    """Wait until something counts as true, and return it."""
    deadline = time.monotonic() + within_s
    while time.monotonic() < deadline:
        found = holds()
        if found:
            return found
        time.sleep(0.1)
    msg = f"{what}: not within {within_s} s"
    raise AssertionError(msg)


def broadsheet(
    home: Path, *arguments: str | Path, cwd: Path | None = None, **told: str
) -> subprocess.CompletedProcess[str]:
    """Run a command in a home and return how it ended and what it said."""
    return subprocess.run(
        [*BROADSHEET, *map(str, arguments)],
        env=_environment(home) | told,
        cwd=cwd or home.parent,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
        timeout=WITHIN_S,
    )


def two_free_ports() -> int:
    """Return a free port after which the next is free, too: the sandbox network's."""
    while True:
        port = a_free_port()
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port + 1)) != 0 and port < 65_000:
                return port


class Published(NamedTuple):
    """A story as the command line says it is published."""

    id: str
    address: str
    said: str


class Newspaper:
    """A running `broadsheet run`."""

    def __init__(self, home: Path, *options: str, port: int) -> None:
        """Start it; `await_ready` waits until it answers."""
        self.home = home
        self.url = f"http://127.0.0.1:{port}"
        self.sandbox_url = f"http://127.0.0.1:{port + 1}"
        self.said: list[str] = []
        self.process = subprocess.Popen(
            [*BROADSHEET, "run", "--port", str(port), *options],
            env=_environment(home),
            cwd=home.parent,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )
        self._listening = threading.Thread(target=self._listen, daemon=True)
        self._listening.start()

    @property
    def output(self) -> str:
        """Return all that was said so far."""
        return "".join(self.said)

    @property
    def password(self) -> str:
        """Return the editor's first password, as it was printed."""
        return self.await_words(r"sign in as editor; first password (\S+)")[1]

    def await_words(self, pattern: str) -> re.Match[str]:
        """Return where a pattern is found in what was said, once it is."""

        def found() -> re.Match[str] | None:
            assert self.process.poll() is None, self.output
            return re.search(pattern, self.output)

        return until(found, what=f"{pattern} in {self.output}")

    def await_ready(self) -> "Newspaper":
        """Wait until everything is said to answer."""
        self.await_words("Stop with Ctrl-C")
        return self

    def stop(self) -> int:
        """Ask it to stop; return its exit status."""
        self.process.terminate()
        status = self.process.wait(WITHIN_S)
        self._listening.join(WITHIN_S)
        return status

    def broadsheet(self, *arguments: str | Path) -> subprocess.CompletedProcess[str]:
        """Run a command in this newspaper's home."""
        return broadsheet(self.home, *arguments)

    def does(self, *arguments: str | Path) -> str:
        """Run a command that must succeed; return what it said."""
        done = self.broadsheet(*arguments)
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def get(self, path: str) -> httpx.Response:
        """Ask as a reader does, and follow nothing."""
        with httpx.Client(base_url=self.url, trust_env=False, timeout=60) as reader:
            return reader.get(path)

    def posts(self, account: str, words: str) -> list[dict[str, Any]]:
        """Return a sandbox account's posts about something, however links are written there."""
        token = admin_token(self.home / "sandbox")
        administration = SandboxAdministration(self.sandbox_url, token=token)
        try:
            posts = administration.posts(account)
            return [post for post in posts if words in unquote(str(post["payload"]))]
        finally:
            administration.close()

    def takes_in(self, page: Path, *options: str) -> "Published":
        """Take a page in and publish it; return where it is."""
        said = self.does("intake", "copy", page, "--publish", *options)
        found = re.search(r"Published ([0-9a-f-]{36}) at (/\S+/)", said)
        assert found, said
        return Published(found[1], found[2], said)

    def process_with(self, words: str) -> int:
        """Return the id of the newspaper's process whose command line holds these words."""
        children = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text()
        (found,) = [
            int(pid)
            for pid in children.split()
            if words in Path(f"/proc/{pid}/cmdline").read_text().replace("\0", " ")
        ]
        return found

    def _listen(self) -> None:
        assert self.process.stdout is not None
        with self.process.stdout as lines:
            self.said.extend(lines)


def _environment(home: Path) -> Mapping[str, str]:
    kept = {name: value for name, value in os.environ.items() if name not in _TOLD_BY}
    return kept | {"BROADSHEET_HOME": str(home)}
