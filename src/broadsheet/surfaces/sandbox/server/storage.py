"""
Keeps what the sandbox network knows: accounts, posts, dedupe keys, containers, faults.

A post is durable when its transaction is committed, before any answer leaves: killing the
process loses none that was answered. (WAL with synchronous NORMAL; a power cut is not among
the faults this network is for.)
"""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

SCHEMA = """
CREATE TABLE IF NOT EXISTS accounts (
    name TEXT PRIMARY KEY,
    title TEXT NOT NULL,
    rules TEXT NOT NULL,
    exactness TEXT NOT NULL,
    token TEXT NOT NULL,
    key_life_s REAL NOT NULL
) STRICT;
CREATE TABLE IF NOT EXISTS posts (
    id INTEGER PRIMARY KEY AUTOINCREMENT,  -- never reused: an old id stays gone
    account TEXT NOT NULL REFERENCES accounts (name),
    record TEXT,
    payload TEXT NOT NULL,
    created_at TEXT NOT NULL,
    edited_at TEXT,
    UNIQUE (account, record)
) STRICT;
CREATE INDEX IF NOT EXISTS posts_of_account ON posts (account, id);
CREATE TABLE IF NOT EXISTS keys (
    account TEXT NOT NULL REFERENCES accounts (name),
    key TEXT NOT NULL,
    post INTEGER NOT NULL,
    used_at TEXT NOT NULL,
    PRIMARY KEY (account, key)
) STRICT;
CREATE TABLE IF NOT EXISTS containers (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    account TEXT NOT NULL REFERENCES accounts (name),
    payload TEXT NOT NULL,
    made_at TEXT NOT NULL,
    post INTEGER
) STRICT;
CREATE TABLE IF NOT EXISTS faults (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    account TEXT NOT NULL REFERENCES accounts (name),
    operation TEXT NOT NULL,
    kind TEXT NOT NULL,
    seconds REAL NOT NULL,
    skip INTEGER NOT NULL,
    times INTEGER NOT NULL
) STRICT;
"""


class Account(NamedTuple):
    """One account and how it behaves."""

    name: str
    title: str
    rules: str  # a name in sandbox.rules.NETWORKS
    exactness: str  # "A" to "E"
    token: str
    key_life_s: float


class StoredPost(NamedTuple):
    """One post as it stands."""

    id: int
    record: str | None  # the id the client chose (class A)
    payload: str  # JSON, as posted
    created_at: datetime
    edited_at: datetime | None


class Container(NamedTuple):
    """A post being made, not to be seen until it is published."""

    id: int
    payload: str
    made_at: datetime
    post: int | None  # what it was published as


class StoredFault(NamedTuple):
    """One fault waiting for its request."""

    id: int
    operation: str
    kind: str
    seconds: float
    skip: int  # matching requests that go well first
    times: int  # matching requests it then spoils


class Storage:
    """The network's memory, in one SQLite file."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    @classmethod
    def opened(cls, file: Path) -> "Storage":
        """Return the storage in this file, made if it is not there."""
        connection = sqlite3.connect(file, isolation_level=None)
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = NORMAL")
        connection.execute("PRAGMA foreign_keys = ON")
        connection.executescript(SCHEMA)
        return cls(connection)

    def close(self) -> None:
        """Close the file."""
        self._connection.close()

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Do all of the block or none of it."""
        self._connection.execute("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            self._connection.execute("ROLLBACK")
            raise
        self._connection.execute("COMMIT")

    def accounts(self) -> tuple[Account, ...]:
        """Return all accounts, by name."""
        rows = self._connection.execute("SELECT * FROM accounts ORDER BY name")
        return tuple(Account(*row) for row in rows)

    def account(self, name: str) -> Account | None:
        """Return one account."""
        row = self._connection.execute("SELECT * FROM accounts WHERE name = ?", [name]).fetchone()
        return Account(*row) if row else None

    def set_account(self, account: Account) -> None:
        """Make the account, or change how it behaves; its posts stay."""
        self._connection.execute(
            "INSERT INTO accounts VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (name) DO UPDATE SET"
            " title = excluded.title, rules = excluded.rules, exactness = excluded.exactness,"
            " token = excluded.token, key_life_s = excluded.key_life_s",
            account,
        )

    def posts(self, account: str, *, below: int | None, limit: int) -> tuple[StoredPost, ...]:
        """Return posts, newest first, from the one below this id."""
        rows = self._connection.execute(
            "SELECT id, record, payload, created_at, edited_at FROM posts"
            " WHERE account = ? AND (? IS NULL OR id < ?) ORDER BY id DESC LIMIT ?",
            [account, below, below, limit],
        )
        return tuple(_post(row) for row in rows)

    def post(self, account: str, post_id: int) -> StoredPost | None:
        """Return one post."""
        row = self._connection.execute(
            "SELECT id, record, payload, created_at, edited_at FROM posts"
            " WHERE account = ? AND id = ?",
            [account, post_id],
        ).fetchone()
        return _post(row) if row else None

    def post_of_record(self, account: str, record: str) -> StoredPost | None:
        """Return the post under an id the client chose."""
        row = self._connection.execute(
            "SELECT id, record, payload, created_at, edited_at FROM posts"
            " WHERE account = ? AND record = ?",
            [account, record],
        ).fetchone()
        return _post(row) if row else None

    def add_post(self, account: str, payload: str, *, record: str | None, now: datetime) -> int:
        """Make a post and return its id."""
        cursor = self._connection.execute(
            "INSERT INTO posts (account, record, payload, created_at) VALUES (?, ?, ?, ?)",
            [account, record, payload, _written(now)],
        )
        return _new_id(cursor)

    def set_payload(self, post_id: int, payload: str, *, now: datetime) -> None:
        """Give a post other words."""
        self._connection.execute(
            "UPDATE posts SET payload = ?, edited_at = ? WHERE id = ?",
            [payload, _written(now), post_id],
        )

    def delete_post(self, post_id: int) -> None:
        """Remove a post; nothing of it stays."""
        self._connection.execute("DELETE FROM posts WHERE id = ?", [post_id])

    def post_of_key(self, account: str, key: str, *, used_since: datetime) -> int | None:
        """Return which post a dedupe key made, if it is still alive."""
        row = self._connection.execute(
            "SELECT post FROM keys WHERE account = ? AND key = ? AND used_at > ?",
            [account, key, _written(used_since)],
        ).fetchone()
        return int(row[0]) if row else None

    def keep_key(self, account: str, key: str, *, post_id: int, now: datetime) -> None:
        """Remember which post a dedupe key made."""
        self._connection.execute(
            "INSERT OR REPLACE INTO keys VALUES (?, ?, ?, ?)",
            [account, key, post_id, _written(now)],
        )

    def add_container(self, account: str, payload: str, *, now: datetime) -> int:
        """Make a container and return its id."""
        cursor = self._connection.execute(
            "INSERT INTO containers (account, payload, made_at) VALUES (?, ?, ?)",
            [account, payload, _written(now)],
        )
        return _new_id(cursor)

    def container(self, account: str, container_id: int) -> Container | None:
        """Return one container."""
        row = self._connection.execute(
            "SELECT id, payload, made_at, post FROM containers WHERE account = ? AND id = ?",
            [account, container_id],
        ).fetchone()
        return Container(row[0], row[1], _read(row[2]), row[3]) if row else None

    def set_published(self, container_id: int, *, post_id: int) -> None:
        """Remember what a container was published as."""
        self._connection.execute(
            "UPDATE containers SET post = ? WHERE id = ?", [post_id, container_id]
        )

    def faults(self, account: str) -> tuple[StoredFault, ...]:
        """Return the faults waiting for an account, in their order."""
        rows = self._connection.execute(
            "SELECT id, operation, kind, seconds, skip, times FROM faults"
            " WHERE account = ? ORDER BY id",
            [account],
        )
        return tuple(StoredFault(*row) for row in rows)

    def add_fault(self, account: str, fault: StoredFault) -> None:
        """Put a fault behind those that wait; its id is given here."""
        self._connection.execute(
            "INSERT INTO faults (account, operation, kind, seconds, skip, times)"
            " VALUES (?, ?, ?, ?, ?, ?)",
            [account, *fault[1:]],
        )

    def set_fault(self, fault: StoredFault) -> None:
        """Keep what is left of a fault: nothing, once it has spoiled its last request."""
        if fault.times:
            self._connection.execute(
                "UPDATE faults SET skip = ?, times = ? WHERE id = ?",
                [fault.skip, fault.times, fault.id],
            )
        else:
            self._connection.execute("DELETE FROM faults WHERE id = ?", [fault.id])

    def clear_faults(self, account: str) -> None:
        """Let the account behave again."""
        self._connection.execute("DELETE FROM faults WHERE account = ?", [account])


def _post(row: tuple[int, str | None, str, str, str | None]) -> StoredPost:
    post_id, record, payload, created_at, edited_at = row
    return StoredPost(
        id=post_id,
        record=record,
        payload=payload,
        created_at=_read(created_at),
        edited_at=_read(edited_at) if edited_at else None,
    )


def _written(time: datetime) -> str:
    # Always the same width, so that the order of texts is the order of times.
    return time.astimezone(UTC).isoformat(timespec="microseconds")


def _read(written: str) -> datetime:
    return datetime.fromisoformat(written)


def _new_id(cursor: sqlite3.Cursor) -> int:
    if cursor.lastrowid is None:  # cannot be after an INSERT; the type allows it
        raise RuntimeError("SQLite gave the new row no number")
    return cursor.lastrowid
