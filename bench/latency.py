"""
Measures from the press of the button until readers have the story: python -m bench latency.

Both archives are at work at the same time, and stories are published on one and the other
in turn, so that what else the machine does falls on both alike. A reader outside asks all
addresses over HTTP until each shows the story. Under load, the home page is read at full
speed beside it, by 32 connections that share one core with the site server.
"""

import json
import os
import statistics
import subprocess
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import IO, NamedTuple, cast

from bench import papers
from bench.measuring import Bar, hold, keep, percentiles, say, say_table
from bench.papers import REPOSITORY, SITE_CORE, Paper
from tests.servers.processes import program

PUBLISHED = int(os.environ.get("BROADSHEET_BENCH_PUBLISHED", "12"))  # in each row of the table
WAYS = ("press", "newsroom")
CONDITIONS = ("idle", "read at full speed")
SHOWS = (
    *("page", "home", "section", "author", "rss", "atom"),
    *("sitemap", "news sitemap", "sitemap index"),
)
GROWS_AT_MOST = Bar(1.3, is_least=False)
LOADED_AT_MOST = Bar(1.5, is_least=False)
BARE_AT_MOST = Bar(10, is_least=False, goal="60 ms")
A_SECOND = 1.05  # dates are to the second: two stories in one would give one sitemap index
Sample = Mapping[str, float]  # ms after the act began, by what shows it; "act": it is committed


class Row(NamedTuple):
    """What one row of the table is of."""

    size: int
    way: str
    condition: str


class Conversation:
    """A process that answers a line with a line."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        """Talk to a process."""
        self._in, self._out = cast("IO[str]", process.stdin), cast("IO[str]", process.stdout)

    def tell(self, line: str) -> None:
        """Send a line."""
        self._in.write(f"{line}\n")
        self._in.flush()

    def hear(self) -> str:
        """
        Return the next line.

        Raises:
            EOFError: the process ended.

        """
        line = self._out.readline()
        if not line:
            message = "a process of the bench ended; its error is above"
            raise EOFError(message)
        return line


class Stage(NamedTuple):
    """A paper at work, with its publisher and its reader."""

    paper: Paper
    publisher: Conversation
    reader: Conversation


def main() -> None:
    """Measure, and print."""
    small, large = papers.sizes()
    with ExitStack() as stages:
        stage_of = {size: stages.enter_context(stage(size)) for size in (small, large)}
        samples: dict[Row, list[Sample]] = {}
        bare: list[float] = []
        for condition in CONDITIONS:
            for place in range(PUBLISHED + 1):
                for way in WAYS:
                    for size, on in stage_of.items():
                        sample = publish(on, way, is_loaded=condition != CONDITIONS[0])
                        if place:  # the first of each kind warms up what is kept
                            samples.setdefault(Row(size, way, condition), []).append(sample)
                bare.append(_bare_ms(stage_of[small].paper))
    _report(samples, statistics.median(bare), small, large)


@contextmanager
def stage(size: int) -> Iterator[Stage]:
    """Set a paper to work, with a publisher and a reader."""
    with papers.at_work(papers.archive(size)) as paper, ExitStack() as ending:
        publisher = _started(papers.within(paper.home, "bench.publishing"), ending)
        reader = _started((*papers.WITHIN[:2], "bench.reading", str(paper.port)), ending)
        yield Stage(paper, publisher, reader)


def _started(command: tuple[str, ...] | object, ending: ExitStack) -> Conversation:
    process = subprocess.Popen(
        cast("list[str]", command),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=REPOSITORY,
    )
    ending.callback(process.wait)
    ending.callback(process.terminate)
    return Conversation(process)


def publish(stage: Stage, way: str, *, is_loaded: bool) -> Sample:
    """Publish one story; return when each address showed it."""
    stage.publisher.tell(way)
    shows: dict[str, str] = json.loads(stage.publisher.hear())
    stage.reader.tell(json.dumps(shows))
    stage.reader.hear()  # "ready"
    with _load(stage.paper) if is_loaded else ExitStack():
        time.sleep(A_SECOND)
        stage.publisher.tell("now")
        began, committed = json.loads(stage.publisher.hear())
        seen: dict[str, float] = json.loads(stage.reader.hear())
    missing = shows.keys() - seen.keys()
    if missing:
        say(f"  not seen within a minute: {sorted(missing)}")
    times = {name: seen.get(path, float("inf")) for name, path in zip(SHOWS, shows, strict=True)}
    after_ms = {name: 1000 * (at - began) for name, at in times.items()}
    return {"act": 1000 * (committed - began), **after_ms, "all": max(after_ms.values())}


@contextmanager
def _load(paper: Paper) -> Iterator[None]:
    """Read the home page at full speed."""
    command = ["taskset", "-c", SITE_CORE, str(program("wrk", package="wrk"))]
    command += ["-t1", "-c32", "-d60s", "-H", "Accept-Encoding: gzip"]
    command += [f"http://127.0.0.1:{paper.port}/"]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL) as reading:
        try:
            yield
        finally:
            reading.kill()


def _bare_ms(paper: Paper) -> float:
    """Return how long a bare write and rename of what a publish rewrites takes."""
    site = paper.home.site
    keys = ["index.html", "world/index.html", "feeds/site.rss", "feeds/site.atom", "sitemap.xml"]
    keys += ["sitemaps/news.xml", *(f"{each.name}/index.html" for each in _sections(site))][:4]
    files = [site / f"{key}{suffix}" for key in keys for suffix in ("", ".gz", ".br")]
    contents = [file.read_bytes() for file in files if file.exists()]
    with tempfile.TemporaryDirectory(dir=paper.home.root) as folder:
        targets = [Path(folder) / str(place) for place in range(len(contents))]
        for target, data in zip(targets, contents, strict=True):
            target.write_bytes(data)
        began = time.perf_counter()
        for target, data in zip(targets, contents, strict=True):
            fresh = target.with_suffix(".new")
            fresh.write_bytes(data)
            fresh.replace(target)
        return 1000 * (time.perf_counter() - began)


def _sections(site: Path) -> list[Path]:
    return sorted(path for path in site.iterdir() if (path / "archive").is_dir())


def _report(samples: Mapping[Row, list[Sample]], bare_ms: float, small: int, large: int) -> None:
    say("Published until readers have it, ms (median; 90th percentile of all):")
    names = ("act", "page", "home", "section", "author", "rss", "sitemap", "all")
    table = []
    for row, found in sorted(samples.items()):
        medians = {name: statistics.median(sample[name] for sample in found) for name in names}
        keep("latency", {**row._asdict(), "median_ms": medians, "samples": found})
        last = percentiles([sample["all"] for sample in found])[1]
        cells = (*(f"{medians[name]:.0f}" for name in names), f"{last:.0f}")
        table.append((f"{row.size:,} stories, {row.way}, {row.condition}", *cells))
    say_table(("", *names, "p90"), table)

    def median(size: int, way: str, condition: str) -> float:
        found = samples[Row(size, way, condition)]
        return statistics.median(sample["all"] for sample in found)

    idle, loaded = CONDITIONS
    for way in WAYS:
        growth = median(large, way, idle) / median(small, way, idle)
        hold(f"{way}: {large:,} stories against {small:,}, idle", growth, GROWS_AT_MOST, unit="×")
    for size in (small, large):
        strain = median(size, WAYS[0], loaded) / median(size, WAYS[0], idle)
        hold(f"{size:,} stories: read at full speed against idle", strain, LOADED_AT_MOST, unit="×")
    for size in (small, large):
        against = median(size, WAYS[0], idle) / bare_ms
        what = f"{size:,} stories, idle, against a bare write and rename ({bare_ms:.0f} ms)"
        hold(what, against, BARE_AT_MOST, unit="×")
