"""
Takes in pictures one after another by one way, and says how long it took and what it made.

Run in a paper's home: python -m bench.within HOME bench.picturing WAY FILE ... Prints one
JSON object. "ours" looks at the file, reads its metadata, makes the JPEGs, then the rest,
as an upload and the press do. "wagtail" runs Wagtail's filters, which make the same widths,
formats and shapes by Pillow; it reads no metadata and writes no row.
"""

import io
import json
import resource
import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import BinaryIO

from wagtail.images.models import Filter, Image

from broadsheet.media.metadata import read_metadata
from broadsheet.media.pixels import SHAPE_WIDTH_PX, SHAPES, WIDTHS_PX
from broadsheet.media.renditions import Rights, inspect, make_first, make_rest
from broadsheet.story.records import Rendition

QUALITIES = {"jpeg": 82, "webp": 80, "avif": 60}  # as media.pixels has them
FIRST = tuple(f"width-{width}|format-jpeg|jpegquality-82" for width in WIDTHS_PX)
REST = tuple(
    f"width-{width}|format-{name}|{name}quality-{QUALITIES[name]}"
    for name in ("avif", "webp")
    for width in WIDTHS_PX
) + tuple(
    f"fill-{SHAPE_WIDTH_PX}x{round(SHAPE_WIDTH_PX / ratio)}|format-jpeg|jpegquality-82"
    for ratio in SHAPES.values()
)

Sizes = Iterable[tuple[str, int]]  # format, bytes
Step = Callable[[BinaryIO], Sizes]


def main() -> None:
    """Take the pictures in, and print what that took."""
    way, *names = sys.argv[1:]
    with tempfile.TemporaryDirectory(prefix="broadsheet-bench-") as folder:
        steps = ours(Path(folder)) if way == "ours" else wagtails()
        print(json.dumps(taken([Path(name) for name in names], steps)))


def taken(paths: list[Path], steps: tuple[Step, Step]) -> dict[str, object]:
    """Take each picture in by two steps, and say what each took in all."""
    seconds = [0.0, 0.0]
    made_bytes: dict[str, int] = {}
    before_s = _processor_s()
    for path in paths:
        with path.open("rb") as file:
            for number, step in enumerate(steps):
                began = time.perf_counter()
                sizes = list(step(file))
                seconds[number] += time.perf_counter() - began
                for name, size in sizes:
                    made_bytes[name] = made_bytes.get(name, 0) + size
    return {
        "pictures": len(paths),
        "first_s": seconds[0],
        "ready_s": sum(seconds),
        "cpu_s": _processor_s() - before_s,
        "peak_mb": _peak_mb(),
        "bytes": made_bytes,
    }


def ours(folder: Path) -> tuple[Step, Step]:
    """Return our two steps."""

    def first(file: BinaryIO) -> Sizes:
        inspect(file, name="")
        rights = Rights(credit=read_metadata(file).credit)
        return _sizes(make_first(file, folder=folder, rights=rights))

    def rest(file: BinaryIO) -> Sizes:
        rights = Rights(credit=read_metadata(file).credit)
        return _sizes(make_rest(file, folder=folder, rights=rights, focus=None))

    return first, rest


def wagtails() -> tuple[Step, Step]:
    """Return the same two steps by Wagtail's filters."""
    image = Image(title="a picture", collection_id=1)  # there is no database to ask for one

    def made(specs: Iterable[str], file: BinaryIO) -> Sizes:
        for spec in specs:
            file.seek(0)
            output = io.BytesIO()
            Filter(spec=spec).run(image, output, source=file)
            yield spec.split("format-")[1].split("|")[0], len(output.getvalue())

    return (lambda file: made(FIRST, file)), (lambda file: made(REST, file))


def _sizes(renditions: Iterable[Rendition]) -> Sizes:
    return [(rendition.format, rendition.bytes) for rendition in renditions]


def _processor_s() -> float:
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(each.ru_utime + each.ru_stime for each in used)


def _peak_mb() -> float:
    """
    Return the most memory this process and the largest that it started took together.

    What rusage tells of a process begins with the one it was started by, which made the
    pictures: of this one the kernel is asked instead. Of darkrooms it tells at least as
    much as this process takes.
    """
    told = Path("/proc/self/status").read_text(encoding="ascii")
    own_kb = int(told.partition("VmHWM:")[2].split()[0])
    return (own_kb + resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss) / 1024


if __name__ == "__main__":
    main()
