"""
Logs write transactions that take long: while one lasts, SQLite lets nobody else write.

A clock for each connection: it starts when a transaction begins (or first writes, where
the database tells us nothing of beginnings) and is read once the commit is on the disk.
"""

import logging
import time
from collections.abc import Callable
from typing import Any

from django.db import transaction
from django.db.backends.base.base import BaseDatabaseWrapper

LONGEST_S = 0.05  # Source: shared design, "write transactions over 50 ms are logged"
_WRITES = ("INSERT", "UPDATE", "DELETE", "WITH")
_LOG = logging.getLogger(__name__)


class WriteClock:
    """Times the write transactions of one connection, as a wrapper of its statements."""

    def __init__(self, connection: BaseDatabaseWrapper) -> None:
        """Time nothing yet."""
        self._connection = connection
        self._began_s = 0.0
        self._statements = 0
        self._first_write = ""

    def __call__(
        self,
        execute: Callable[..., Any],
        sql: str,
        params: Any,
        many: bool,  # noqa: FBT001  # Django's signature
        context: Any,
    ) -> Any:
        """Carry a statement out, noting when a transaction begins and first writes."""
        if sql.startswith("BEGIN"):
            self._begin()
        elif self._connection.in_atomic_block:
            self._note(sql)
        return execute(sql, params, many, context)

    def _begin(self) -> None:
        self._began_s, self._statements, self._first_write = time.monotonic(), 0, ""

    def _note(self, sql: str) -> None:
        is_new = all(found[1] != self._end for found in self._connection.run_on_commit)
        if not sql.startswith(_WRITES):
            self._statements += 1
            return
        if is_new:  # a transaction rolled back leaves no end, so the next write begins anew
            if self._connection.vendor != "sqlite":
                self._begin()
            self._first_write = sql
            transaction.on_commit(self._end, using=self._connection.alias)
        self._statements += 1

    def _end(self) -> None:
        took_s = time.monotonic() - self._began_s
        if took_s > LONGEST_S:
            _LOG.warning(
                "a write transaction of %d statements took %.0f ms; its first write: %.80s",
                self._statements,
                took_s * 1000,
                self._first_write,
            )


def watch_new(connection: BaseDatabaseWrapper, **_: Any) -> None:
    """Have a new connection's write transactions timed; connecting again changes nothing."""
    if not any(isinstance(wrapper, WriteClock) for wrapper in connection.execute_wrappers):
        connection.execute_wrappers.append(WriteClock(connection))
