"""
Says how long the desk's pages take: python -m bench desk.

The same pages of a paper with few stories and one with many, each with its rows at the desk
(bench.desk_rows), asked for through Django's test client (bench.desk_pages).
"""

import json
import statistics
import subprocess

from bench import papers, sizes
from bench.measuring import Bar, hold, keep, say_table
from broadsheet.config.home import Home

BAR = Bar(300, is_least=False, unit=" ms")
HELD_TO_IT = ("dashboard", "list, newest")
STORIES_A_SECOND = 400.0  # rows of them made, about; once
MAKING_UP_S = 60.0


def estimate_s() -> float:
    """Return about how long this takes, the first time."""
    both = (sizes.SMALL, sizes.LARGE)
    return MAKING_UP_S + sum(
        0 if _home(count).database.exists() else count / STORIES_A_SECOND for count in both
    )


def main() -> None:
    """Ask both papers for their pages, and print what that took."""
    small, large = (_asked(count) for count in (sizes.SMALL, sizes.LARGE))
    table = []
    for name, taken in large.items():
        few_ms, many_ms = (statistics.median(each[name]["ms"]) for each in (small, large))
        questions = f"{small[name]['queries']} and {taken['queries']}"
        table.append((name, f"{few_ms:.0f} ms", f"{many_ms:.0f} ms", questions))
    keep("desk", {"small": small, "large": large})
    say_table(
        "Pages of the desk, half of the times at most",
        ("", f"{sizes.SMALL:,} stories", f"{sizes.LARGE:,} stories", "questions"),
        table,
    )
    for name in HELD_TO_IT:
        hold(f"{name}, {sizes.LARGE:,} stories", statistics.median(large[name]["ms"]), BAR)


def _asked(count: int) -> dict[str, dict[str, list[float]]]:
    here = _home(count)
    subprocess.run(
        papers.within(here, "bench.desk_rows", str(count)), check=True, cwd=papers.REPOSITORY
    )
    answered = subprocess.run(
        papers.within(here, "bench.desk_pages"),
        check=True,
        cwd=papers.REPOSITORY,
        stdout=subprocess.PIPE,
    )
    found: dict[str, dict[str, list[float]]] = json.loads(answered.stdout)
    return found


def _home(count: int) -> Home:
    return Home(sizes.CACHE.resolve() / f"desk-{count}")
