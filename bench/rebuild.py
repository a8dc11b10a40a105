"""
Measures how fast the whole paper is rendered again: python -m bench rebuild.

On the smaller archive: the story pages alone, rendered and fingerprinted; every object,
so; then also written to an empty folder with its siblings; then by the press itself,
with its ledger, as a change of theme does it. Pages for each second of one core's time
are printed beside pages a second: on a machine that does other work they are the figure
to believe. Story pages and all objects are both held to the bar, so that neither a long
list nor a short archive page hides the other.
"""

import json
import subprocess
from functools import cache

from bench import papers, profiling, sizes
from bench.measuring import Bar, hold, say_table
from bench.papers import REPOSITORY

AT_LEAST = Bar(500, is_least=True, unit=" a core's second")
OBJECTS_A_SECOND = 200  # for the estimate alone
HELD = 2  # of what bench.rendering says, the first so many: they write nothing
PROFILED = 500  # pages


def estimate_s() -> float:
    """Return about how long this takes, once the archive is made."""
    return 4 * 2 * sizes.SMALL / OBJECTS_A_SECOND


def main() -> None:
    """Measure in the smaller archive, and print."""
    here = papers.archive(sizes.SMALL)
    command = papers.within(here, "bench.rendering")
    said = subprocess.run(
        command, check=True, stdout=subprocess.PIPE, text=True, cwd=REPOSITORY
    ).stdout
    found: dict[str, dict[str, float]] = json.loads(said)
    say_table(
        "Rebuilding the paper",
        ("", "objects", "a second", "a core's second"),
        (
            (
                what,
                f"{of['objects']:,.0f}",
                f"{of['objects'] / of['wall_s']:,.0f}",
                f"{of['objects'] / of['core_s']:,.0f}",
            )
            for what, of in found.items()
        ),
    )
    for what, of in list(found.items())[:HELD]:
        hold(what, of["objects"] / of["core_s"], AT_LEAST, explain=_profile)


@cache
def _profile() -> list[str]:
    """Say where the time for a story's page goes."""
    return profiling.asked_in(papers.home_of(sizes.SMALL), "render", str(PROFILED))
