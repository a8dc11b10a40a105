"""
Starts a PostgreSQL of the tests' own, as Debian packages it.

Also a program: `python -m tests.servers.postgres COMMAND ...` runs a command with
BROADSHEET_DATABASE naming a fresh database (scripts/with-postgres).
"""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg
from psycopg import sql

from tests.servers.processes import ServerMissing, a_free_port, as_user, listens, running

PACKAGE = "postgresql"
USER = "postgres"  # whom the package makes; PostgreSQL refuses to run as root
# Tests do not cut the power, so nothing needs to reach the disk. Small, since several run at once.
FAST = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "shared_buffers=32MB")
_numbers = count(1)


@contextmanager
def cluster() -> Iterator[str]:
    """
    Give the address of a running PostgreSQL; stop and delete it after.

    Raises:
        ServerMissing: PostgreSQL is not installed.
        ServerDidNotStart: see its log in the message.

    """
    programs = _programs()
    folder = Path(tempfile.mkdtemp(prefix="broadsheet-postgres-"))
    try:
        _hand_over(folder)
        _initialize(programs / "initdb", folder)
        port = a_free_port()
        options = [
            f"port={port}",
            "listen_addresses=127.0.0.1",
            f"unix_socket_directories={folder}",
        ]
        command = [programs / "postgres", "-D", folder / "data"]
        for option in (*options, *FAST):
            command += ["-c", option]
        log = folder / "log"
        address = f"postgresql://postgres@127.0.0.1:{port}/postgres"
        with running(command, log=log, answers=lambda: _answers(address, port), user=USER):
            yield address
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def new_database(address: str) -> str:
    """Return the address of an empty database of its own in a cluster."""
    name = f"paper_{os.getpid()}_{next(_numbers)}"
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
    return urlunsplit(urlsplit(address)._replace(path=f"/{name}"))


def drop_database(address: str) -> None:
    """Delete a database of a cluster, whoever is still connected to it."""
    name = urlsplit(address).path.lstrip("/")
    with psycopg.connect(
        urlunsplit(urlsplit(address)._replace(path="/postgres")), autocommit=True
    ) as (connection):
        connection.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))


def main(command: list[str]) -> int:
    """Run a command while a PostgreSQL stands ready for it; return its exit code."""
    with cluster() as address:
        database = new_database(address)
        # Tests clear BROADSHEET_DATABASE, lest they meet a real newspaper, and take the other.
        names = {"BROADSHEET_DATABASE": database, "BROADSHEET_TEST_DATABASE": database}
        return subprocess.run(command, env=os.environ | names, check=False).returncode


def _programs() -> Path:
    """Return the folder with the newest PostgreSQL's programs; Debian keeps them off the path."""
    folders = Path("/usr/lib/postgresql").glob("*/bin/initdb")
    newest = max(folders, key=lambda found: float(found.parts[-3]), default=None)
    if newest is None:
        message = (
            f"the tests need PostgreSQL from the Debian package {PACKAGE}; "
            "as root: scripts/install-test-servers (make test runs it)"
        )
        raise ServerMissing(message)
    return newest.parent


def _hand_over(folder: Path) -> None:
    if os.geteuid() == 0:
        shutil.chown(folder, USER, USER)


def _initialize(initdb: Path, folder: Path) -> None:
    initialize = [initdb, "-D", folder / "data", "-U", "postgres", "-A", "trust", "-E", "UTF8"]
    made = subprocess.run(
        [*as_user(USER), *initialize, "--locale=C.UTF-8", "--no-sync"],
        cwd="/",
        capture_output=True,
        text=True,
        check=False,
    )
    if made.returncode != 0:
        message = f"initdb failed in {folder}:\n{made.stdout}{made.stderr}"
        raise RuntimeError(message)


def _answers(address: str, port: int) -> bool:
    if not listens(port):
        return False
    try:
        psycopg.connect(address, connect_timeout=2).close()
    except psycopg.OperationalError:  # it listens before it takes anyone in
        return False
    return True


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
