"""
What all benches share: figures beside their bars and goals, tables, and where results are kept.

A bar is what the newspaper promises, a goal what it hopes for. A figure that misses its
bar is printed as missed, with the reason as far as a profile can tell it; nothing fails.
Each result is kept the moment it is known, so that a run that is broken off keeps what
it has: one JSON object a line, the newest last, each with its time, the machine and the
sizes of the run.
"""

import json
import os
import re
import statistics
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

from bench import sizes

Explain = Callable[[], Sequence[str]]  # says in lines where the time went, or what is wrong


class Bar(NamedTuple):
    """What a figure is held to, as a bar or as a goal."""

    limit: float
    is_least: bool  # the figure must be at least the limit, not at most
    unit: str = ""

    def __str__(self) -> str:
        """Return the bar in words."""
        return f"at {'least' if self.is_least else 'most'} {self.limit:g}{self.unit}"

    def is_met(self, figure: float) -> bool:
        """Return whether a figure keeps to the bar."""
        return figure >= self.limit if self.is_least else figure <= self.limit


def machine() -> str:
    """Return the machine and what else it is doing, in words: figures are read beside it."""
    load = ", ".join(f"{each:.1f}" for each in os.getloadavg())
    told = Path("/proc/cpuinfo").read_text(encoding="utf-8", errors="replace")
    found = re.search(r"model name\s*: (.+)", told)
    model = f" ({found[1]})" if found else ""
    return f"{os.cpu_count()} cores{model}, load {load}, {datetime.now(UTC):%Y-%m-%d %H:%M} UTC"


def say(text: str = "") -> None:
    """Print a line at once."""
    print(text, flush=True)


def say_table(what: str, head: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """Print a table, the first column to the left, the others to the right; and keep it."""
    lines = [list(head), *map(list, rows)]
    widths = [max(len(cell) for cell in column) for column in zip(*lines, strict=True)]
    for line in lines:
        cells = [line[0].ljust(widths[0])]
        cells += [cell.rjust(width) for cell, width in zip(line[1:], widths[1:], strict=True)]
        say("  " + "  ".join(cells))
    keep(what, {"table": lines})


def hold(
    what: str, figure: float, bar: Bar, *, goal: Bar | None = None, explain: Explain | None = None
) -> None:
    """Print a figure beside its bar and goal, and keep them; say why, if the bar is missed."""
    said = f"bar {bar}: {'met' if bar.is_met(figure) else 'MISSED'}"
    if goal is not None:
        said += f"; {_goal(figure, goal)}"
    say(f"  {what}: {figure:,.2f}{bar.unit} ({said})")
    kept = {"figure": figure, "unit": bar.unit, "bar": str(bar), "is_met": bar.is_met(figure)}
    keep(what, kept | _kept_goal(figure, goal))
    if explain is not None and not bar.is_met(figure):
        lines = list(explain())
        for line in lines:
            say(f"      {line}")
        keep(what, {"why": lines})


def aim(what: str, figure: float, goal: Bar) -> None:
    """Print a figure that is held to no bar beside its goal, and keep both."""
    say(f"  {what}: {figure:,.2f}{goal.unit} ({_goal(figure, goal)})")
    keep(what, {"figure": figure, "unit": goal.unit} | _kept_goal(figure, goal))


def keep(what: str, result: Mapping[str, object]) -> None:
    """Add a result to those of earlier runs."""
    sizes.RESULTS.parent.mkdir(parents=True, exist_ok=True)
    at = datetime.now(UTC).isoformat()
    line = {"at": at, "what": what, "machine": machine(), "sizes": sizes.told(), **result}
    with sizes.RESULTS.open("a", encoding="utf-8") as file:
        file.write(json.dumps(line, ensure_ascii=False) + "\n")


def kept() -> Iterator[dict[str, object]]:
    """Return what runs of these sizes kept, the oldest first; a line cut short is left out."""
    if not sizes.RESULTS.is_file():
        return
    for line in sizes.RESULTS.read_text(encoding="utf-8").splitlines():
        try:
            result = json.loads(line)
        except ValueError:
            continue
        if result.get("sizes") == sizes.told():
            yield result


def percentiles(samples: Sequence[float]) -> tuple[float, float]:
    """Return the median and the 90th percentile."""
    ordered = sorted(samples)
    return statistics.median(ordered), ordered[min(len(ordered) - 1, round(0.9 * len(ordered)))]


def _goal(figure: float, goal: Bar) -> str:
    return f"goal {goal}: {'met' if goal.is_met(figure) else 'missed'}"


def _kept_goal(figure: float, goal: Bar | None) -> dict[str, object]:
    return {} if goal is None else {"goal": str(goal), "is_goal_met": goal.is_met(figure)}
