"""
Measures from the press of the button until readers have the story: python -m bench latency.

Two ways: "newsroom" is what an editor's button and the command line do, Wagtail's
publishing and the press's act in one transaction; "press" is the act alone. Both are held
to the bars. Both archives are at work at the same time, and stories are published on one
and the other in turn, so that what else the machine does falls on both alike. A reader
outside asks all addresses over HTTP until each shows the story. Under load, the home page
is read at full speed beside it, by 32 connections that share one core with the site server.
"""

import statistics
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import ExitStack
from functools import cache
from typing import NamedTuple

from bench import papers, profiling, sizes
from bench.measuring import Bar, aim, hold, keep, percentiles, say, say_table
from bench.staging import A_SECOND, Sample, publish, stage

WAYS = ("newsroom", "press")
IDLE, LOADED = "idle", "read at full speed"
GROWS_AT_MOST = Bar(1.3, is_least=False, unit="×")
LOADED_AT_MOST = Bar(1.5, is_least=False, unit="×")
BARE_AT_MOST = Bar(10, is_least=False, unit="×")
GOAL = Bar(60, is_least=False, unit=" ms")
SHOWN = ("act", "page", "home", "section", "author", "rss", "atom", "sitemap", "first", "all")
PROFILED = 5  # publications
SEEN_AFTER_S = 0.5  # for the estimate alone; with the press's settling and the bare writing


class Row(NamedTuple):
    """What one row of the table is of."""

    size: int
    way: str
    condition: str

    def __str__(self) -> str:
        """Return the row's name."""
        return f"{self.size:,} stories, {self.way}, {self.condition}"


Samples = Mapping[Row, Sequence[Sample]]


def estimate_s() -> float:
    """Return about how long this takes, once the archives are made."""
    return 2 * len(WAYS) * 2 * (sizes.PUBLISHED + 1) * (A_SECOND + SEEN_AFTER_S)


def main() -> None:
    """Measure, keep each sample at once, and print."""
    samples: dict[Row, list[Sample]] = defaultdict(list)
    both = (sizes.SMALL, sizes.LARGE)
    with ExitStack() as stages:
        stage_of = {size: stages.enter_context(stage(size)) for size in both}
        for condition in (IDLE, LOADED):
            for place in range(sizes.PUBLISHED + 1):
                for way in WAYS:
                    for size, on in stage_of.items():
                        sample = publish(on, way, is_loaded=condition == LOADED)
                        if place:  # the first of each kind warms up what is kept
                            row = Row(size, way, condition)
                            samples[row].append(sample)
                            keep(f"latency: {row}", {"sample": sample})
    _say_rows(samples)
    for way in WAYS:
        hold_way(samples, way, explain=_profile)


def medians(samples: Iterable[Sample]) -> Sample:
    """Return the median of each figure of the samples."""
    listed = list(samples)
    return {name: statistics.median(sample[name] for sample in listed) for name in listed[0]}


def hold_way(
    samples: Samples, way: str, *, explain: Callable[[int, str, str], Sequence[str]]
) -> None:
    """Hold one way of publishing to the bars; explain says where a row's time goes."""
    small, large = sizes.SMALL, sizes.LARGE
    of = {row: medians(found) for row, found in samples.items() if row.way == way}
    idle = {size: of[Row(size, way, IDLE)] for size in (small, large)}
    hold(
        f"{way}, idle: {large:,} stories against {small:,}",
        idle[large]["all"] / idle[small]["all"],
        GROWS_AT_MOST,
        explain=lambda: [*explain(small, way, IDLE), *explain(large, way, IDLE)],
    )
    for size in (small, large):
        hold(
            f"{way}, {size:,} stories: read at full speed against idle",
            of[Row(size, way, LOADED)]["all"] / idle[size]["all"],
            LOADED_AT_MOST,
            explain=lambda size=size: explain(size, way, LOADED),  # type: ignore[misc]
        )
        hold(
            f"{way}, {size:,} stories, idle: against a bare write and rename of the same bytes",
            idle[size]["all"] / idle[size]["bare"],
            BARE_AT_MOST,
            explain=lambda size=size: explain(size, way, IDLE),  # type: ignore[misc]
        )
        aim(
            f"{way}, {size:,} stories, idle: page, home, section and feeds show it",
            idle[size]["first"],
            GOAL,
        )


def _say_rows(samples: Samples) -> None:
    what = "Published until readers have it, ms: medians; 90th percentile of all"
    say(f"{what} (first: the last of page, home, section, rss and atom)")
    table = []
    for row, found in samples.items():
        median = medians(found)
        last = percentiles([sample["all"] for sample in found])[1]
        cells = [*(f"{median[name]:.0f}" for name in SHOWN), f"{last:.0f}"]
        cells += [f"{median['bare']:.1f}", f"{median['files']:.0f}", f"{median['bytes']:,.0f}"]
        table.append((str(row), *cells))
    say_table(what, ("", *SHOWN, "p90", "bare", "files written", "bytes"), table)


@cache
def _profile(size: int, way: str, condition: str) -> Sequence[str]:
    """Say where a publication's time goes, from the act until all is written and recorded."""
    here = papers.home_of(size)
    with ExitStack() as beside:
        if condition == LOADED:
            site = beside.enter_context(papers.served(here))
            beside.enter_context(papers.read_at_full_speed(site.port))
        return [str(Row(size, way, condition)), *profiling.asked_in(here, way, str(PROFILED))]
