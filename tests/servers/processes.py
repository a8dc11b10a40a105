"""Finds, starts and stops other people's servers; what they have in common."""

import os
import shutil
import socket
import subprocess
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

STARTS_WITHIN_S = 30  # on a busy machine with two cores; a server alone needs less than one
STOPS_WITHIN_S = 10


class ServerMissing(RuntimeError):  # names what happened, as all our errors do
    """A server the tests talk to is not installed."""


class ServerDidNotStart(RuntimeError):  # names what happened, as all our errors do
    """A server ended, or did not answer in time."""


def program(name: str, *, package: str) -> Path:
    """
    Return where a program of a Debian package lies.

    Raises:
        ServerMissing: it is not installed. Tests fail then; they are never skipped.

    """
    found = shutil.which(name, path=f"{os.environ.get('PATH', '')}:/usr/sbin:/usr/local/sbin")
    if found is None:
        message = (
            f"the tests need '{name}' from the Debian package {package}; "
            f"as root: scripts/install-test-servers (make test runs it)"
        )
        raise ServerMissing(message)
    return Path(found)


def a_free_port() -> int:
    """Return a loopback port nobody listens on; somebody may take it a moment later."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def running(
    command: Sequence[str | Path],
    *,
    log: Path,
    answers: Callable[[], bool],
    user: str | None = None,
) -> Iterator[subprocess.Popen[bytes]]:
    """
    Run a server until the block ends; enter it when the server answers.

    When the test process is killed, the kernel sends the server INT: nothing stays behind.

    Raises:
        ServerDidNotStart: with the last lines of its log.

    """
    tied = [*as_user(user), "--pdeathsig", "INT", *map(str, command)]
    with log.open("ab") as output:
        server = subprocess.Popen(
            tied, stdin=subprocess.DEVNULL, stdout=output, stderr=output, cwd="/"
        )
    try:
        _await(server, log=log, answers=answers)
        yield server
    finally:
        _stop(server)


def as_user(user: str | None) -> list[str]:
    """Return what to put before a command that root must not run itself."""
    if user is None or os.geteuid() != 0:
        return ["setpriv"]
    return ["setpriv", "--reuid", user, "--regid", user, "--clear-groups"]


def listens(port: int) -> bool:
    """Return whether something accepts connections on a loopback port."""
    with socket.socket() as probe:
        probe.settimeout(1)
        return probe.connect_ex(("127.0.0.1", port)) == 0


def _await(server: subprocess.Popen[bytes], *, log: Path, answers: Callable[[], bool]) -> None:
    deadline = time.monotonic() + STARTS_WITHIN_S
    while server.poll() is None and time.monotonic() < deadline:
        if answers():
            return
        time.sleep(0.02)
    state = "did not answer" if server.returncode is None else f"ended ({server.returncode})"
    last = log.read_text(errors="replace")[-2000:]
    message = f"{server.args!r} {state}; its log ends:\n{last}"
    raise ServerDidNotStart(message)


def _stop(server: subprocess.Popen[bytes]) -> None:
    server.terminate()
    try:
        server.wait(STOPS_WITHIN_S)
    except subprocess.TimeoutExpired:
        server.kill()
        server.wait(STOPS_WITHIN_S)
