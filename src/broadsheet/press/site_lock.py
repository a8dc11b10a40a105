"""
Lets one process at a time move the cursor and write the public tree.

A lock on a file in the home, held by the kernel: it ends with the process, however
that ends, and never while a stopped one might wake up and write old bytes over new. It
keeps apart the processes of one home: two homes over one database must not run at once
(docs/howto/move-to-postgresql.md).
"""

import fcntl
import os
from pathlib import Path
from types import TracebackType
from typing import Self


class SiteLock:
    """The right to move the cursor and write the tree."""

    def __init__(self, path: Path) -> None:
        """Name the lock; take nothing yet."""
        self._path = path
        self._file: int | None = None

    @property
    def is_ours(self) -> bool:
        """Return whether we have the lock."""
        return self._file is not None

    def try_to_take(self) -> bool:
        """Take the lock if nobody has it; return whether we have it now."""
        if self._file is not None:
            return True
        file = os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(file)
            return False
        self._file = file
        return True

    def release(self) -> None:
        """Give the lock back; nothing if we do not have it."""
        if self._file is not None:
            os.close(self._file)
            self._file = None

    def __enter__(self) -> Self:
        """Leave taking to the caller; make sure of giving back."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        """Give the lock back."""
        self.release()
