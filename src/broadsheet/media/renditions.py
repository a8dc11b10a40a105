"""
Makes the sizes of a picture that readers get.

Never in a reader's request, and never in a write transaction: decoding costs up to a
second. What comes out says nothing of where and with what the picture was taken: only
pixels are carried over, in sRGB, the right way up, and the rights that are handed in.

Each picture is decoded in a short-lived process of its own (media.darkroom), which the
decoders of hostile files may take down; this one survives. Making the same picture again
with the same rights gives the same bytes. A crash leaves at most a temporary file.
"""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import IO, BinaryIO, TypeVar

import msgspec

from broadsheet.media import rights as writing
from broadsheet.media.formats import misnamed
from broadsheet.media.keeping import rendition_path
from broadsheet.media.orders import (
    Focus,
    Inspect,
    Inspected,
    Made,
    MakeFirst,
    MakeRest,
    Order,
    Refused,
)
from broadsheet.media.rights import Rights
from broadsheet.media.unusable import (
    PictureNotTaken,
    PictureTooLaborious,
    PictureTooLarge,
    PictureUnreadable,
    PictureUnusable,
)
from broadsheet.story.records import Rendition

__all__ = [
    "DarkroomFailed",
    "Focus",
    "Inspected",
    "PictureNotTaken",
    "PictureTooLaborious",
    "PictureTooLarge",
    "PictureUnreadable",
    "PictureUnusable",
    "Rights",
    "inspect",
    "make_first",
    "make_renditions",
    "make_rest",
    "rendition_path",
]

# Without the folder it happens to be started in among those code is read from (-P).
COMMAND = (sys.executable, "-P", "-m", "broadsheet.media.darkroom")
DEADLINE_S = 180  # for one picture on a busy machine; its processor time is limited besides
_ERRORS = {
    error.__name__: error
    for error in (PictureNotTaken, PictureTooLaborious, PictureTooLarge, PictureUnreadable)
}
_NOTHING = Rights()
# What ends a process that is well: the press is stopped, or the machine has no memory left. A
# picture that takes too much ends by SIGXCPU, or by its own limit of memory.
_FROM_OUTSIDE = {signal.SIGHUP, signal.SIGINT, signal.SIGKILL, signal.SIGTERM}

Answer = TypeVar("Answer", Inspected, Made)


class DarkroomFailed(OSError):
    """No fault of the picture's: the disk is full, say, or ours. Worth trying again."""


def inspect(original: BinaryIO, *, name: str) -> Inspected:
    """
    Return what a file is, decoded once to its end at a small size; its name may be empty.

    Raises:
        PictureUnusable: it cannot be used; the message says why and what to do.

    """
    found = _developed(original, Inspect(), into=Inspected)
    remark = misnamed(name, found.format)
    return msgspec.structs.replace(found, remarks=(remark, *found.remarks)) if remark else found


def make_first(original: BinaryIO, *, folder: Path, rights: Rights) -> tuple[Rendition, ...]:
    """
    Make what a page needs to go out, JPEGs of the whole picture, and keep each by its hash.

    Returns them widest first.

    Raises:
        PictureUnusable: it cannot be used; the message says why and what to do.
        RightsTooLong: the rights do not fit into a file.
        DarkroomFailed: it cannot be made now, which is no fault of the picture's.

    """
    packet, segment = writing.packet(rights), writing.segment(rights)
    return _made(original, MakeFirst(folder=str(folder), packet=packet, segment=segment))


def make_rest(
    original: BinaryIO, *, folder: Path, rights: Rights, focus: Focus | None
) -> tuple[Rendition, ...]:
    """
    Make the whole picture as AVIF and WebP, and its parts for cards; keep each by its hash.

    Parts lie around the focus; without one, where the eye goes.

    Raises:
        PictureUnusable: it cannot be used; the message says why and what to do.
        RightsTooLong: the rights do not fit into a file.
        DarkroomFailed: it cannot be made now, which is no fault of the picture's.

    """
    packet, segment = writing.packet(rights), writing.segment(rights)
    order = MakeRest(folder=str(folder), packet=packet, segment=segment, focus=focus)
    return _made(original, order)


def make_renditions(original: BinaryIO, *, folder: Path) -> tuple[Rendition, ...]:
    """
    Make what a page needs to go out, without rights, and keep it; widest first.

    Raises:
        PictureUnusable: it cannot be used; the message says why and what to do.

    """
    return make_first(original, folder=folder, rights=_NOTHING)


def _made(original: BinaryIO, order: MakeFirst | MakeRest) -> tuple[Rendition, ...]:
    return _developed(original, order, into=Made).renditions


def _developed(original: BinaryIO, order: Order, *, into: type[Answer]) -> Answer:
    """Have the darkroom do an order; what it refuses is raised."""
    original.seek(0)
    with tempfile.TemporaryFile() as asked, tempfile.TemporaryFile() as complaints:
        asked.write(msgspec.json.encode(order) + b"\n")
        shutil.copyfileobj(original, asked)
        asked.seek(0)
        said = _said(asked, complaints)
    try:
        answer: Answer | Refused = msgspec.json.decode(said, type=into | Refused)
    except msgspec.DecodeError as error:
        message = f"the program that decodes pictures ended with no answer: {error}"
        raise DarkroomFailed(message) from error
    if isinstance(answer, Refused):
        raise _ERRORS[answer.error](answer.message)
    return answer


def _said(asked: IO[bytes], complaints: IO[bytes]) -> bytes:
    try:
        done = subprocess.run(
            COMMAND,
            check=False,
            stdin=asked,
            stdout=subprocess.PIPE,
            stderr=complaints,
            env=_environment(),
            timeout=DEADLINE_S,
        )
    except subprocess.TimeoutExpired as error:
        raise _laborious() from error
    if done.returncode == 0:
        return done.stdout
    if done.returncode < 0:
        raise _ended_by(signal.Signals(-done.returncode))
    complaints.seek(0)
    said = complaints.read()[-2_000:].decode(errors="replace").strip()
    said = said.rpartition("\n")[2]  # of a traceback, what a person can act on
    message = f"the darkroom failed, which is no fault of the picture's: {said}"
    raise DarkroomFailed(message)


def _ended_by(ended: signal.Signals) -> PictureUnusable | DarkroomFailed:
    if ended is signal.SIGXCPU:
        return _laborious()
    if ended in _FROM_OUTSIDE:
        return DarkroomFailed(f"the darkroom was ended from outside ({ended.name}); try again")
    return PictureUnreadable(
        f"the file breaks the program that decodes it ({ended.name}); "
        "export it again as JPEG or PNG, or ask for a new copy"
    )


def _environment() -> dict[str, str]:
    """Return what the darkroom may know: where its code lies, and nothing of ours."""
    told = {name: os.environ[name] for name in ("PATH", "TMPDIR", "LANG") if name in os.environ}
    return told | {
        "PYTHONPATH": os.pathsep.join(filter(None, sys.path)),
        # As much memory on a machine of many cores as on one of few.
        "MALLOC_ARENA_MAX": "2",
    }


def _laborious() -> PictureTooLaborious:
    return PictureTooLaborious(
        "decoding the picture takes too much time or memory; export it again as JPEG, and smaller"
    )
