"""
Databases and homes whose tables are already there, to be copied.

Making the tables takes ten seconds of a processor, nearly all of it in Django's and
Wagtail's own migrations. So they are made once, kept under build/, and copied for each
test process and each test home. What is kept is named for what it was made from.
"""

import fcntl
import hashlib
import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg
from psycopg import sql

ROOT = Path(__file__).parents[2]
KEPT = ROOT / "build" / "tests"
DATABASE = "broadsheet.sqlite3"
TEMPLATE = "migrated_template"  # name of the PostgreSQL database that is copied
LOCK = 20_261_122  # any number: PostgreSQL's name for our lock


def home() -> Path:
    """Return a newspaper's home with tables and nothing in them; copy it, never use it."""
    wanted = KEPT / _digest()
    with _alone():
        if not wanted.exists():
            shutil.rmtree(KEPT / "unfinished", ignore_errors=True)
            for old in KEPT.glob("????????????"):
                shutil.rmtree(old)
            _run(
                "broadsheet.config.main",
                "init",
                BROADSHEET_HOME=str(KEPT / "unfinished"),
                BROADSHEET_DATABASE="",
            )
            (KEPT / "unfinished").rename(wanted)
    return wanted


@contextmanager
def in_memory(uri: str) -> Iterator[None]:
    """Fill a SQLite database in shared memory with the tables; keep it for the block."""
    with closing(sqlite3.connect(uri, uri=True)) as memory:
        with closing(sqlite3.connect(home() / DATABASE)) as made:
            made.backup(memory)
        yield


def postgres_template(address: str) -> str:
    """Return the name of a database with the tables, in this one's cluster; make it if need be."""
    unfinished = f"{TEMPLATE}_unfinished"
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute("SELECT pg_advisory_lock(%s)", [LOCK])
        found = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [TEMPLATE])
        if found.fetchone() is None:
            connection.execute(_named("CREATE DATABASE {}", unfinished))
            elsewhere = urlunsplit(urlsplit(address)._replace(path=f"/{unfinished}"))
            _run("django", "migrate", "--verbosity=0", BROADSHEET_DATABASE=elsewhere)
            connection.execute(_named("ALTER DATABASE {} RENAME TO {}", unfinished, TEMPLATE))
    return TEMPLATE


def _named(statement: str, *names: str) -> sql.Composed:
    return sql.SQL(statement).format(*map(sql.Identifier, names))


def _run(*arguments: str, **environment: str) -> None:
    """Run a Python module in a process of its own; show what it said if it fails."""
    done = subprocess.run(
        [sys.executable, "-m", *arguments],
        env=os.environ | environment,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode != 0:
        message = f"{arguments} failed:\n{done.stdout}{done.stderr}"
        raise RuntimeError(message)


def _digest() -> str:
    """Return a name for what the tables are made from: migrations, and the locked packages."""
    made_from = [ROOT / "requirements" / "run.txt", *ROOT.glob("src/broadsheet/*/migrations/*.py")]
    digest = hashlib.sha256()
    for path in sorted(made_from):
        digest.update(path.as_posix().encode() + path.read_bytes())
    return digest.hexdigest()[:12]


@contextmanager
def _alone() -> Iterator[None]:
    """Let one test process at a time in."""
    KEPT.mkdir(parents=True, exist_ok=True)
    with (KEPT / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
