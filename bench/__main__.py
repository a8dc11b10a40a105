"""
Runs the benches: python -m bench [PART ...], all of them, in their order, without a name.

What is quick comes first, so that a run that is broken off has figures. Each part prints
its figures beside the bars they are held to, and how the machine was doing, and keeps
them at once (bench.sizes.RESULTS). A missed bar is reported with a profile, and fails
nothing. Two more words: `parts` says what there is and about how long it takes,
`report` renders the newest results as Markdown.
"""

import sys
import time
from collections.abc import Callable, Iterable, Mapping
from typing import NamedTuple

from bench import (
    archives,
    desk,
    latency,
    memory,
    pictures,
    placements,
    rebuild,
    report,
    rewriting,
    site_server,
    sizes,
    weight,
)
from bench.measuring import keep, kept, machine, say


class Part(NamedTuple):
    """One bench, and what it is about."""

    run: Callable[[], None]
    estimate_s: Callable[[], float]
    what: str


PARTS: Mapping[str, Part] = {
    "site": Part(site_server.main, site_server.estimate_s, "the site server against nginx"),
    "placements": Part(placements.main, placements.estimate_s, "posts a second"),
    "pictures": Part(pictures.main, pictures.estimate_s, "pictures against Wagtail's own path"),
    "archives": Part(archives.main, archives.estimate_s, "make the archives, once"),
    "weight": Part(weight.main, weight.estimate_s, "bytes and requests of a page"),
    "rebuild": Part(rebuild.main, rebuild.estimate_s, "pages a core's second"),
    "rewriting": Part(rewriting.main, rewriting.estimate_s, "what an act renders and writes again"),
    "latency": Part(latency.main, latency.estimate_s, "from the button to the readers"),
    "desk": Part(desk.main, desk.estimate_s, "pages of the desk, in milliseconds and questions"),
    "memory": Part(memory.main, memory.estimate_s, "what the processes take"),
}


def main() -> None:
    """
    Run the parts asked for.

    Raises:
        SystemExit: there is no part of that name.

    """
    wanted = sys.argv[1:] or list(PARTS)
    if wanted == ["report"]:
        report.main()
        return
    is_list = wanted == ["parts"]
    names = list(PARTS) if is_list else wanted
    unknown = [name for name in names if name not in PARTS]
    if unknown:
        message = f"there is no part {unknown[0]!r}; there are {', '.join(PARTS)}, parts and report"
        raise SystemExit(message)
    _say_parts(names)
    if not is_list:
        _run(names)


def _say_parts(names: Iterable[str]) -> None:
    """Say what runs, in its order, and how long it takes: as it last did, or by its sizes."""
    took = {each["what"]: float(str(each["took_s"])) for each in kept() if "took_s" in each}
    total_s = 0.0
    for name in names:
        part = PARTS[name]
        is_new = name not in took or name == "archives"  # which is quick once it is done
        seconds = part.estimate_s() if is_new else took[name]
        total_s += seconds
        known = "estimated" if is_new else "as it last took"
        say(f"  {name:11} {_minutes(seconds):>9} {known:15}  {part.what}")
    say(f"  {'':11} {_minutes(total_s):>9} in all; results are kept in {sizes.RESULTS}")


def _run(names: Iterable[str]) -> None:
    for name in names:
        say(f"\n{name} ({machine()})")
        began = time.monotonic()
        PARTS[name].run()
        took_s = time.monotonic() - began
        keep(name, {"took_s": took_s})
        say(f"  took {_minutes(took_s)}")
    say(f"\nKept in {sizes.RESULTS}; now: {machine()}")


def _minutes(seconds: float) -> str:
    return f"{seconds / 60:.1f} min"


if __name__ == "__main__":
    main()
