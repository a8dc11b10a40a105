"""
What all benches share: tables that show the bar beside the figure, and where results are kept.

A bar is what the newspaper promises; a figure that misses it is printed as missed.
"""

import json
import os
import statistics
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

BUILD = Path(__file__).parents[1] / "build" / "bench"
RESULTS = BUILD / "results.json"  # one JSON object a line, the newest last


class Bar(NamedTuple):
    """What a figure is held to."""

    limit: float
    is_least: bool  # the figure must be at least the limit, not at most
    goal: str = ""  # beyond the bar, in words

    def __str__(self) -> str:
        """Return the bar in words."""
        goal = f", goal {self.goal}" if self.goal else ""
        return f"bar: {'at least' if self.is_least else 'at most'} {self.limit:g}{goal}"

    def is_met(self, figure: float) -> bool:
        """Return whether a figure keeps to the bar."""
        return figure >= self.limit if self.is_least else figure <= self.limit


def machine() -> str:
    """Return what else the machine is doing, in words: figures are read beside it."""
    load = ", ".join(f"{each:.1f}" for each in os.getloadavg())
    return f"{os.cpu_count()} cores, load {load}, {datetime.now(UTC):%Y-%m-%d %H:%M} UTC"


def say(text: str = "") -> None:
    """Print a line at once."""
    print(text, flush=True)


def say_table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """Print a table: the first column to the left, the others to the right."""
    lines = [head, *rows]
    widths = [max(len(cell) for cell in column) for column in zip(*lines, strict=True)]
    for line in lines:
        cells = [line[0].ljust(widths[0])]
        cells += [cell.rjust(width) for cell, width in zip(line[1:], widths[1:], strict=True)]
        say("  " + "  ".join(cells))


def hold(what: str, figure: float, bar: Bar, *, unit: str = "") -> None:
    """Print a figure beside its bar, and keep both."""
    verdict = "met" if bar.is_met(figure) else "MISSED"
    say(f"  {what}: {figure:.2f}{unit} ({bar}): {verdict}")
    keep(what, {"figure": figure, "bar": str(bar), "verdict": verdict})


def keep(what: str, result: Mapping[str, object]) -> None:
    """Add a result to those of earlier runs."""
    RESULTS.parent.mkdir(parents=True, exist_ok=True)
    line = {"at": datetime.now(UTC).isoformat(), "what": what, "machine": machine(), **result}
    with RESULTS.open("a", encoding="utf-8") as file:
        file.write(json.dumps(line, ensure_ascii=False) + "\n")


def percentiles(samples: Sequence[float]) -> tuple[float, float]:
    """Return the median and the 90th percentile."""
    ordered = sorted(samples)
    return statistics.median(ordered), ordered[min(len(ordered) - 1, round(0.9 * len(ordered)))]
