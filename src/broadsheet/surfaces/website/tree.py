"""
Writes, reads and removes files of the public tree, each in one step that readers see whole.

New files are written in one closed folder of the tree (.writing) and renamed from there,
so that what a killed writer leaves lies in one place, whatever the archive's size.
"""

import errno
import hashlib
import os
import secrets
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

WRITING = ".writing"  # begins with a dot: no key and no address leads there
# Touched whenever a moved address came, changed or went: whoever keeps a list of them looks
# then (web.telling), and need not walk an archive to find out that nothing moved.
MOVES_NOTED = f"{WRITING}/moves"
_NS_PER_S = 1_000_000_000
# How often a folder may vanish under a writer: each time, a neighbor's last file had to go
# in the moment between making the folder and using it.
_TRIES = 100


class Tree:
    """A folder whose files are replaced, never changed."""

    def __init__(self, root: Path) -> None:
        """Work in this folder; make nothing yet."""
        self.root = root
        self._writing = root / WRITING

    def write_all(self, contents: Mapping[Path, bytes]) -> None:
        """
        Replace files in the order given, after all of them are written out.

        Raises:
            OSError: one could not be; those before it are replaced, the others are as they were.

        """
        waiting: dict[Path, Path] = {}
        try:
            for target, data in contents.items():
                temporary = self._writing / secrets.token_hex(8)
                waiting[target] = temporary
                self._write(temporary, data)
                _date(temporary, after=target)
            for target in contents:
                _move_into_place(waiting[target], target)
                del waiting[target]
        finally:
            for temporary in waiting.values():
                with suppress(OSError):
                    temporary.unlink(missing_ok=True)

    def adopt(self, target: Path, source: Path, *, sha256: str) -> None:
        """
        Make the file show a file kept elsewhere, without a second copy where the disk allows.

        Raises:
            OSError: the source is missing, or its bytes are not those of its name.

        """
        data = source.read_bytes()
        if hashlib.sha256(data).hexdigest() != sha256:
            raise OSError(
                errno.EIO, f"the file kept as {sha256} has other bytes than its name says"
            )
        with self._temporary() as temporary:
            try:
                os.link(source, temporary)
            except OSError:  # another disk, or one without hard links
                self._write(temporary, data)
            temporary.chmod(0o644)
            _move_into_place(temporary, target)

    def prune(self, folder: Path) -> None:
        """Remove the folder and those above it as far as they are empty; the root stays."""
        while folder != self.root and self.root in folder.parents:
            try:
                folder.rmdir()
            except FileNotFoundError:
                pass
            except OSError:  # not empty, or a neighbor just wrote into it
                return
            folder = folder.parent

    def folders(self) -> Iterator[tuple[str, list[str]]]:
        """
        Give each folder as a prefix ("" or "2026/11/"), with the names of its files.

        A link to a folder counts as a file: nothing of ours lies behind it.
        """
        for folder, below, names in os.walk(self.root):
            relative = os.path.relpath(folder, self.root)
            if relative == ".":
                below[:] = [name for name in below if name != WRITING]
            links = [name for name in below if Path(folder, name).is_symlink()]
            yield "" if relative == "." else f"{relative}/", names + links

    def note_move(self) -> None:
        """
        Say that moved addresses are others than before; called after they are.

        Raises:
            OSError: it could not be said.

        """
        self._make_writing()
        note = self.root / MOVES_NOTED
        note.touch()
        now = time.time_ns()  # finer than what the kernel dates a file by itself
        os.utime(note, ns=(now, now))

    def sweep_temporaries(self) -> int:
        """Remove what killed writers left; return how many files. Nobody may be writing."""
        found = self._writing.iterdir() if self._writing.is_dir() else ()
        left = [file for file in found if file != self.root / MOVES_NOTED]
        for file in left:
            remove(file)
        return len(left)

    def _write(self, temporary: Path, data: bytes) -> None:
        try:
            _write(temporary, data)
        except FileNotFoundError:  # the first file ever: made then, not looked for each time
            self._make_writing()
            _write(temporary, data)

    def _make_writing(self) -> None:
        self._writing.mkdir(mode=0o700, parents=True, exist_ok=True)

    @contextmanager
    def _temporary(self) -> Iterator[Path]:
        self._make_writing()
        temporary = self._writing / secrets.token_hex(8)
        try:
            yield temporary
        finally:
            # Renaming a file onto another name of itself leaves both, says POSIX.
            with suppress(OSError):
                temporary.unlink(missing_ok=True)


def read(file: Path) -> bytes | None:
    """
    Return a file's bytes; None if there is none.

    Raises:
        OSError: there is one, and it cannot be read.

    """
    try:
        return file.read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        return None


def remove(file: Path) -> bool:
    """
    Remove a file, and return whether there was one.

    Raises:
        OSError: it is there, and stays.

    """
    try:
        file.unlink()
    except (FileNotFoundError, NotADirectoryError):
        return False
    return True


def _write(file: Path, data: bytes) -> None:
    descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, 0o644)
    with os.fdopen(descriptor, "wb") as opened:
        opened.write(data)


def _date(file: Path, *, after: Path) -> None:
    """
    Give the file a time whose second is later than that of the file it replaces.

    Web servers tell versions apart by size and second (nginx's ETag): two versions of one
    size in one second would be confirmed as unchanged.
    """
    now = time.time_ns()
    try:
        previous = after.lstat().st_mtime_ns
    except (FileNotFoundError, NotADirectoryError):
        previous = 0
    modified = max(now, (previous // _NS_PER_S + 1) * _NS_PER_S)
    os.utime(file, ns=(modified, modified))


def _move_into_place(temporary: Path, target: Path) -> None:
    """
    Rename, making the folder; a folder pruned in between is made again.

    Raises:
        OSError: it could not be, for a reason that trying again does not change.

    """
    for _ in range(_TRIES):
        try:
            with suppress(FileNotFoundError, NotADirectoryError):
                temporary.replace(target)
                return
            with suppress(FileNotFoundError):  # of a folder above, pruned just now
                target.parent.mkdir(parents=True, exist_ok=True)
        except FileExistsError:  # also of a folder made and pruned by somebody else meanwhile
            if target.parent.is_file():
                raise
    raise OSError(errno.EBUSY, f"the folder {target.parent.name} vanished {_TRIES} times")
