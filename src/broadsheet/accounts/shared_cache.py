"""
A cache in files, for what all of the desk's processes must agree on: used codes, rates.

Django's own keeps files too, but adds a key by looking first and writing then: of two
who add one at the same time both would be told that they did, and a code was used twice; and
of two who count at the same time one would be lost.
"""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.core.cache.backends.base import DEFAULT_TIMEOUT
from django.core.cache.backends.filebased import FileBasedCache


class SharedCache(FileBasedCache):
    """Django's cache in files, whose add() is done by one process at a time."""

    def __init__(self, dir: str, params: dict[str, Any]) -> None:  # noqa: A002  # Django's name
        """Keep files in a folder."""
        super().__init__(dir, params)
        self._folder = Path(dir)

    def add(
        self,
        key: Any,
        value: Any,
        timeout: float | None = DEFAULT_TIMEOUT,
        version: int | None = None,
    ) -> bool:
        """Store a value unless there is one; say whether it was stored."""
        with self._alone():
            return bool(super().add(key, value, timeout, version))

    def incr(self, key: Any, delta: int = 1, version: int | None = None) -> int:
        """
        Count on, so that no process loses what another counts; return the sum.

        Raises:
            ValueError: there is no such key, or its time is over.

        """
        with self._alone():
            return int(super().incr(key, delta, version))

    @contextmanager
    def _alone(self) -> Iterator[None]:
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        with (self._folder / "lock").open("w", encoding="ascii") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield
