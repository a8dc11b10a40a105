"""
Sets a paper to work, publishes on it, and has an outside reader say when it shows.

Three processes beside the paper's own: this one, one that publishes (bench.publishing)
and one that reads over HTTP alone (bench.reading). After each publication the files it
wrote are written and renamed once more, bare, in a folder of the same disk.
"""

import json
import subprocess
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import IO, NamedTuple, cast

from bench import papers
from bench.measuring import say
from bench.papers import REPOSITORY, Paper

SHOWS = (
    *("page", "home", "section", "author", "rss", "atom"),
    *("sitemap", "news sitemap", "sitemap index"),
)
FIRST = ("page", "home", "section", "rss", "atom")  # what the goal is about
A_SECOND = 1.05  # dates are to the second: two stories in one would give one sitemap index
# ms after the act began, by what shows it; "act": it is committed; "first" and "all": the
# last of FIRST and of SHOWS shows it; "bare": see bare_ms. And numbers: "files", "bytes".
Sample = Mapping[str, float]


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


@contextmanager
def stage(size: int) -> Iterator[Stage]:
    """Set a paper to work, with a publisher and a reader."""
    with papers.at_work(papers.archive(size)) as paper, ExitStack() as ending:
        publisher = _started(papers.within(paper.home, "bench.publishing"), ending)
        reader = _started((*papers.WITHIN[:2], "bench.reading", str(paper.port)), ending)
        yield Stage(paper, publisher, reader)


def publish(stage: Stage, way: str, *, is_loaded: bool) -> Sample:
    """Publish one story; return when each address showed it."""
    stage.publisher.tell(way)
    shows: dict[str, str] = json.loads(stage.publisher.hear())
    stage.reader.tell(json.dumps(shows))
    stage.reader.hear()  # "ready"
    with papers.read_at_full_speed(stage.paper.port) if is_loaded else ExitStack():
        time.sleep(A_SECOND)
        stage.publisher.tell("now")
        began, committed = json.loads(stage.publisher.hear())
        seen: dict[str, float] = json.loads(stage.reader.hear())
    missing = shows.keys() - seen.keys()
    if missing:
        say(f"  not seen within a minute: {sorted(missing)}")
    times = {name: seen.get(path, float("inf")) for name, path in zip(SHOWS, shows, strict=True)}
    after_ms = {name: 1000 * (at - began) for name, at in times.items()}
    return {
        "act": 1000 * (committed - began),
        **after_ms,
        "first": max(after_ms[name] for name in FIRST),
        "all": max(after_ms.values()),
        **_bare(stage),
    }


def bare_ms(contents: Sequence[bytes], *, beside: Path) -> float:
    """Return how long it takes to write files under another name and rename each."""
    with tempfile.TemporaryDirectory(dir=beside) as folder:
        targets = [Path(folder) / str(place) for place in range(len(contents))]
        for target, data in zip(targets, contents, strict=True):
            target.write_bytes(data)
        began = time.perf_counter()
        for target, data in zip(targets, contents, strict=True):
            fresh = target.with_suffix(".new")
            fresh.write_bytes(data)
            fresh.replace(target)
        return 1000 * (time.perf_counter() - began)


def _bare(stage: Stage) -> Sample:
    """Write bare what the publication just wrote: the same files, the same bytes."""
    stage.publisher.tell("written")
    site = stage.paper.home.site
    contents = [(site / file).read_bytes() for file in json.loads(stage.publisher.hear())]
    return {
        "bare": bare_ms(contents, beside=stage.paper.home.root),
        "files": len(contents),
        "bytes": sum(map(len, contents)),
    }


def _started(command: Sequence[str], ending: ExitStack) -> Conversation:
    process = subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=REPOSITORY
    )
    ending.callback(process.wait)
    ending.callback(process.terminate)
    return Conversation(process)
