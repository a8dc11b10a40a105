"""
Measures how fast pictures become ready, against Wagtail's own path: python -m bench pictures.

The same 24-megapixel JPEGs, the same widths, formats and shapes, one picture after another,
the two ways in turn, each batch in a process of its own. For ours the clock starts at the
upload and runs through looking at the file, its metadata and every rendition with its
rights; for Wagtail's it runs for its filters alone. Two moments are told: JPEGs there, by
which a page can go out, and all there. Memory is the most that the process and the
darkroom took together.
"""

import json
import subprocess
import tempfile
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

from bench import papers, picture_files, sizes
from bench.measuring import Bar, hold, keep, say, say_table
from broadsheet.config.home import Home

BATCH = 5  # pictures; then it is the other's turn
BAR = Bar(3.0, is_least=True, unit="×")
OURS, THEIRS = "ours", "wagtail"
ESTIMATE_S = 12.0  # each picture, both ways, on a machine that does nothing else


class Taken(NamedTuple):
    """What taking pictures in took."""

    pictures: int
    first_s: float
    ready_s: float
    cpu_s: float
    peak_mb: float
    bytes: dict[str, int]


def estimate_s() -> float:
    """Return about how long this takes, and the pictures if there are none yet."""
    return sizes.PICTURES * (ESTIMATE_S + picture_files.MADE_S)


def main() -> None:
    """Measure, and print."""
    paths = picture_files.made(sizes.PICTURES)
    say(f"{len(paths)} pictures of 24 megapixels, {BATCH} at a time by each way in turn:")
    taken: dict[str, list[Taken]] = {OURS: [], THEIRS: []}
    with tempfile.TemporaryDirectory(prefix="broadsheet-bench-") as folder:
        for start in range(0, len(paths), BATCH):
            for way, batches in taken.items():
                batches.append(measure(Path(folder), way, paths[start : start + BATCH]))
                keep(f"pictures, {way}, a batch", {"batch": batches[-1]._asdict()})
    told(together(taken[OURS]), together(taken[THEIRS]))


def told(ours: Taken, theirs: Taken) -> None:
    """Print the figures of both ways, and hold ours to the bar."""
    what = f"{ours.pictures} pictures"
    say_table(
        f"{what} from upload to ready",
        ("", "JPEGs, a second", "all, a second", "all, a CPU second", "peak MB", "MB made"),
        (_row(name, taken) for name, taken in ((OURS, ours), ("Wagtail's", theirs))),
    )
    hold(f"{what} ready, against Wagtail's path", theirs.ready_s / ours.ready_s, BAR)
    hold(f"{what} ready, the same for a CPU second", theirs.cpu_s / ours.cpu_s, BAR)


def measure(folder: Path, way: str, paths: Sequence[Path]) -> Taken:
    """Take pictures in by one way, in a process of its own."""
    command = papers.within(Home(folder / "home"), "bench.picturing", way, *map(str, paths))
    said = subprocess.run(
        command, check=True, capture_output=True, text=True, cwd=papers.REPOSITORY
    )
    return Taken(**json.loads(said.stdout))


def together(batches: Iterable[Taken]) -> Taken:
    """Return what batches took: times and bytes summed, the most memory."""
    all_batches = list(batches)
    made: dict[str, int] = {}
    for batch in all_batches:
        for name, size in batch.bytes.items():
            made[name] = made.get(name, 0) + size
    return Taken(
        pictures=sum(batch.pictures for batch in all_batches),
        first_s=sum(batch.first_s for batch in all_batches),
        ready_s=sum(batch.ready_s for batch in all_batches),
        cpu_s=sum(batch.cpu_s for batch in all_batches),
        peak_mb=max(batch.peak_mb for batch in all_batches),
        bytes=made,
    )


def _row(name: str, taken: Taken) -> tuple[str, ...]:
    made = ", ".join(f"{name} {size / 1e6:.1f}" for name, size in sorted(taken.bytes.items()))
    return (
        name,
        f"{taken.pictures / taken.first_s:.2f}",
        f"{taken.pictures / taken.ready_s:.2f}",
        f"{taken.pictures / taken.cpu_s:.2f}",
        f"{taken.peak_mb:.0f}",
        made,
    )
