"""
Decodes one untrusted picture in a process of its own, and makes what is asked of it.

A file made to hurt a decoder hurts this process and no other: it has so much memory, so
much time, writes no large file, and ends after one picture. The order comes as the first
line of the standard input, the picture after it; the answer goes to the standard output.
Killed at any moment it leaves renditions that are whole, and at most one temporary file.
"""

import resource
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import assert_never

import msgspec
import pyvips

from broadsheet.media import pixels
from broadsheet.media.formats import HEAD_BYTES, Format, format_of
from broadsheet.media.keeping import keep
from broadsheet.media.orders import (
    Answer,
    Inspect,
    Inspected,
    Made,
    MakeFirst,
    MakeRest,
    Order,
    Refused,
)
from broadsheet.media.unusable import (
    PictureTooLaborious,
    PictureUnreadable,
    PictureUnusable,
)
from broadsheet.story.records import Rendition

# By measurement (docs/decisions/2026-11-28-a-darkroom-for-pictures.md): 100 megapixels take
# at most 1.6 GB of the one and 14 s of the other.
MEMORY_BYTES = 3 * 1024**3  # address space, of which threads' stacks and arenas take a part
PROCESSOR_S = 60
GRACE_S = 5  # between the signal that says so and the kill, which anybody may have sent
WRITTEN_BYTES = 256 * 1024**2  # one file

_SAID_CHARACTERS = 120  # of a decoder, which is for whoever helps the editor
_LOOKING_PX = 400  # width at which a picture is decoded that is only looked at


def main() -> None:
    """Do the order on the standard input, and answer."""
    limit(resource.RLIMIT_AS, MEMORY_BYTES)
    limit(resource.RLIMIT_CPU, PROCESSOR_S, at_last=PROCESSOR_S + GRACE_S)
    limit(resource.RLIMIT_FSIZE, WRITTEN_BYTES)
    limit(resource.RLIMIT_CORE, 0)
    pixels.prepare()
    order: Order = msgspec.json.decode(sys.stdin.buffer.readline(), type=Order)
    sys.stdout.buffer.write(msgspec.json.encode(answer(order, sys.stdin.buffer.read())))


def limit(what: int, most: int, *, at_last: int | None = None) -> None:
    """Lower a limit of this process, to be raised at most to what it is at last."""
    _, hard = resource.getrlimit(what)
    last = most if at_last is None else at_last
    lowest = last if hard == resource.RLIM_INFINITY else min(last, hard)
    resource.setrlimit(what, (min(most, lowest), lowest))


def answer(order: Order, data: bytes) -> Answer:
    """Return what came of an order: a refusal, if the file cannot be used."""
    try:
        return _done(order, data)
    except PictureUnusable as unusable:
        return Refused(error=type(unusable).__name__, message=str(unusable))
    except MemoryError:
        return _laborious()
    except (pyvips.Error, ValueError, OSError, EOFError, SyntaxError) as broken:
        return _broken(broken)


def _done(order: Order, data: bytes) -> Answer:
    found = format_of(data[:HEAD_BYTES])
    match order:
        case Inspect():
            return _inspected(data, found)
        case MakeFirst():
            image = _decoded(data, found, pixels.enough_for_first)
            sizes = pixels.first_sizes(image)
            return Made(renditions=tuple(_kept(sizes, order)))
        case MakeRest():
            image = _decoded(data, found, pixels.enough_for_rest)
            sizes = pixels.rest_sizes(image, order.focus)
            return Made(renditions=tuple(_kept(sizes, order)))
        case _:
            assert_never(order)


def _inspected(data: bytes, found: Format) -> Inspected:
    width, height = pixels.size_of(data, found)
    smaller = min(1.0, _LOOKING_PX / width)
    pixels.decoded(
        data, found, width=round(width * smaller), height=max(1, round(height * smaller))
    )
    return Inspected(
        format=found,
        width_px=width,
        height_px=height,
        remarks=tuple(pixels.remarks(data, found, width=width)),
    )


def _decoded(
    data: bytes, found: Format, enough: Callable[[int, int], tuple[int, int]]
) -> pyvips.Image:
    width, height = enough(*pixels.size_of(data, found))
    return pixels.decoded(data, found, width=width, height=height)


def _kept(sizes: Iterable[pixels.Size], order: MakeFirst | MakeRest) -> Iterable[Rendition]:
    for size in sizes:
        file = pixels.encoded(size.pixels, size.format, packet=order.packet, segment=order.segment)
        yield Rendition(
            sha256=keep(file, folder=Path(order.folder)),
            width_px=size.pixels.width,
            height_px=size.pixels.height,
            format=size.format,
            bytes=len(file),
            shape=size.shape,
        )


def _broken(error: Exception) -> Refused:
    said = " ".join(str(getattr(error, "detail", "") or error).split()) or type(error).__name__
    if "memory" in said:
        return _laborious()
    message = (
        "the file cannot be read as a picture to its end: it is cut short or damaged; "
        "export it again as JPEG or PNG, or ask for a new copy "
        f"(the decoder says: {said[:_SAID_CHARACTERS]})"
    )
    return Refused(error=PictureUnreadable.__name__, message=message)


def _laborious() -> Refused:
    message = "decoding the picture takes too much memory; export it again as JPEG, and smaller"
    return Refused(error=PictureTooLaborious.__name__, message=message)


if __name__ == "__main__":
    main()
