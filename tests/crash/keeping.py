"""
Keeps states of a newspaper, its database and its files, and brings them back.

What a killed process leaves behind is told by a digest: recovery is a function of it, so
equal leavings are recovered once.
"""

import hashlib
import json
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import NamedTuple, Protocol
from urllib.parse import urlsplit, urlunsplit

import psycopg
from psycopg import sql

from broadsheet.config.home import Home
from broadsheet.surfaces.website.tree import MOVES_NOTED, WRITING

HALF_WRITTEN = "half-written"  # its name is of chance, and nothing in it is ever read
FILES = ("site", "private", "run", "instance.json")


class Left(NamedTuple):
    """What a process left: digests of the database, and of the files."""

    rows: str
    files: str


class Database(Protocol):
    """A database whose states can be kept; nobody in this process is connected to it."""

    def keep(self, name: str) -> None:
        """Keep the state it is in under a name."""
        ...

    def bring_back(self, name: str) -> None:
        """Put it back into a state."""
        ...

    def digest(self) -> str:
        """Return what tells its contents from others."""
        ...


class Keeping:
    """The states of one home and its database."""

    def __init__(self, home: Home, database: Database, *, folder: Path) -> None:
        """Keep files in a folder."""
        self._home, self._database, self._folder = home, database, folder
        self._left: dict[str, Left] = {}

    def __contains__(self, name: str) -> bool:
        """Return whether a state of this name is kept."""
        return name in self._left

    def keep(self, name: str) -> None:
        """Keep the state the newspaper is in under a name."""
        self._database.keep(name)
        kept = self._folder / name
        kept.mkdir(parents=True)
        for part in FILES:
            _copy(self._home.root / part, kept / part)
        self._left[name] = self.left()

    def bring_back(self, name: str) -> None:
        """Put the newspaper back into a state."""
        self._database.bring_back(name)
        for part in FILES:
            place = self._home.root / part
            shutil.rmtree(place) if place.is_dir() else place.unlink(missing_ok=True)
            _copy(self._folder / name / part, place)

    def kept(self, name: str) -> Left:
        """Return what tells a kept state from others."""
        return self._left[name]

    def left(self) -> Left:
        """Return what tells the state the newspaper is in from others."""
        return Left(self._database.digest(), json.dumps(files_in(self._home.root, *FILES)))


def files_in(root: Path, *parts: str) -> list[tuple[str, str]]:
    """Return every folder, socket and file, with its hash; half-written ones are all one."""
    found = set()
    for part in parts:
        place = root / part
        for file in [place] if place.is_file() else place.rglob("*"):
            if file.parent.name == WRITING and not file.match(MOVES_NOTED):
                found.add((HALF_WRITTEN, ""))
            elif file.is_file():
                digest = hashlib.sha256(file.read_bytes()).hexdigest()
                found.add((str(file.relative_to(root)), digest[:16]))
            elif file.is_dir():
                found.add((str(file.relative_to(root)), "folder"))
            elif file.is_socket():
                found.add((str(file.relative_to(root)), "socket"))
    return sorted(found)


class Sqlite:
    """A SQLite file."""

    def __init__(self, file: Path, *, folder: Path) -> None:
        """Keep copies in a folder."""
        self._file, self._folder = file, folder

    def keep(self, name: str) -> None:
        """Copy the file, everything written into it."""
        with closing(sqlite3.connect(self._file)) as connection:
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        shutil.copyfile(self._file, self._folder / f"{name}.sqlite3")

    def bring_back(self, name: str) -> None:
        """Copy it back, without what a killed writer left beside it."""
        for suffix in ("-wal", "-shm"):
            self._file.with_name(self._file.name + suffix).unlink(missing_ok=True)
        shutil.copyfile(self._folder / f"{name}.sqlite3", self._file)

    def digest(self) -> str:
        """Hash every row of every table."""
        digest = hashlib.sha256()
        with closing(sqlite3.connect(self._file)) as connection:
            tables = connection.execute(
                "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE '%fts%'"
                " AND name NOT LIKE 'sqlite_%' ORDER BY name"
            ).fetchall()
            for (table,) in tables:
                rows = connection.execute(f'SELECT * FROM "{table}"').fetchall()  # noqa: S608
                digest.update(f"{table} {sorted(map(repr, rows))}".encode())
        return digest.hexdigest()


class Postgres:
    """A PostgreSQL database, and others beside it as its kept states."""

    def __init__(self, address: str) -> None:
        """Name the database."""
        self._address = address
        self._name = urlsplit(address).path.lstrip("/")

    def keep(self, name: str) -> None:
        """Copy the database beside itself."""
        with self._elsewhere() as connection:
            connection.execute(
                "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname = %s",
                [self._name],
            )
            connection.execute(self._copy(self._kept(name), self._name))

    def bring_back(self, name: str) -> None:
        """Copy a kept one to its place; connections of the dead are cut."""
        with self._elsewhere() as connection:
            connection.execute(
                sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(self._name))
            )
            connection.execute(self._copy(self._name, self._kept(name)))

    def digest(self) -> str:
        """Have the server hash every row of every table."""
        with psycopg.connect(self._address, autocommit=True) as connection:
            tables = connection.execute(
                "SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1"
            ).fetchall()
            hashed = sql.SQL(" UNION ALL ").join(
                sql.SQL(
                    "SELECT {}, md5(string_agg(t::text, '|' ORDER BY t::text)) FROM {} t"
                ).format(sql.Literal(table), sql.Identifier(table))
                for (table,) in tables
            )
            # The server may read several tables at once, and tell of them in any order.
            found = sorted(connection.execute(hashed).fetchall())
            return hashlib.sha256(repr(found).encode()).hexdigest()

    def _elsewhere(self) -> psycopg.Connection[tuple[object, ...]]:
        address = urlunsplit(urlsplit(self._address)._replace(path="/postgres"))
        return psycopg.connect(address, autocommit=True)

    def _kept(self, name: str) -> str:
        return f"{self._name}_{name}".replace("-", "_")

    @staticmethod
    def _copy(fresh: str, source: str) -> sql.Composed:
        return sql.SQL("CREATE DATABASE {} TEMPLATE {} STRATEGY file_copy").format(
            sql.Identifier(fresh), sql.Identifier(source)
        )


def _copy(source: Path, target: Path) -> None:
    if source.is_dir():
        shutil.copytree(source, target)
    elif source.exists():
        shutil.copyfile(source, target)
