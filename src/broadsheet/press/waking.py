"""
Wakes the worker when there may be something to do. A lost wake-up costs time, never truth.

On one machine a byte on a datagram socket in the home; with PostgreSQL also NOTIFY, so
that the worker hears of acts that another machine committed.
"""

import contextlib
import logging
import select
import socket
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from django.conf import settings
from django.db import connection, transaction

_LOG = logging.getLogger(__name__)

CHANNEL = "broadsheet_press"


def wake_on_commit() -> None:
    """Wake the worker once the transaction is committed; nothing if it is rolled back."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(f"NOTIFY {CHANNEL}")
    transaction.on_commit(_ring)


def _ring() -> None:
    bell = str(settings.HOME.run / "press.sock")
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as sender:
        sender.setblocking(False)
        # No worker, or one that has been rung already: both are fine.
        with contextlib.suppress(OSError):
            sender.sendto(b"!", bell)


class Bell:
    """What the worker waits at. Use it as a context manager."""

    def __init__(self, path: Path) -> None:
        """Hang the bell at a path; an old one is taken down."""
        self._path = path
        self._socket = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)

    def __enter__(self) -> Self:
        """Start to listen."""
        self._path.unlink(missing_ok=True)
        try:
            self._socket.bind(str(self._path))
        except OSError as error:  # a socket's path has at most 107 bytes (unix(7))
            _LOG.warning("no bell at %s (%s): looking each second", self._path, error)
        self._socket.setblocking(False)
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute(f"LISTEN {CHANNEL}")
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        """Stop listening."""
        self._socket.close()
        self._path.unlink(missing_ok=True)

    def has_rung(self) -> bool:
        """Return whether the bell has rung since it was last waited for; it goes on ringing."""
        return self._listen(0)

    def wait(self, timeout_s: float) -> bool:
        """Wait until the bell rings, at most this long; return whether it rang."""
        has_rung = self._listen(timeout_s)
        self._empty()
        return has_rung

    def _listen(self, timeout_s: float) -> bool:
        ears: list[Any] = [self._socket]
        if connection.vendor == "postgresql" and connection.connection is not None:
            ears.append(connection.connection)
        ready, _, _ = select.select(ears, [], [], timeout_s)
        return bool(ready)

    def _empty(self) -> None:
        with contextlib.suppress(BlockingIOError):
            while self._socket.recv(16):
                pass
        if connection.vendor == "postgresql" and connection.connection is not None:
            for _ in connection.connection.notifies(timeout=0):
                pass
