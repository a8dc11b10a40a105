"""
Keeps renditions by their hash in private storage.

A crash leaves at most a temporary file; keeping the same bytes again changes nothing.
"""

import hashlib
import tempfile
from pathlib import Path

from broadsheet.story.ids import Sha256


class NotKept(RuntimeError):
    """The file could not be written, which is no fault of the picture's: the disk is full, say."""


def rendition_path(sha256: str, *, folder: Path) -> Path:
    """Return where a rendition lies in private storage."""
    return folder / sha256[:2] / sha256


def keep(data: bytes, *, folder: Path) -> Sha256:
    """
    Keep a file under its hash, whole or not at all, and return the hash.

    Raises:
        NotKept: it could not be written.

    """
    sha256 = hashlib.sha256(data).hexdigest()
    path = rendition_path(sha256, folder=folder)
    try:
        if not path.exists():
            _write(data, path)
    except OSError as error:
        message = f"cannot keep a rendition in {folder}: {error}"
        raise NotKept(message) from error
    return Sha256(sha256)


def _write(data: bytes, path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=path.parent, prefix=".new-", delete=False) as file:
        try:
            file.write(data)
            file.flush()
        except OSError:
            Path(file.name).unlink()
            raise
    Path(file.name).chmod(0o644)
    Path(file.name).replace(path)
