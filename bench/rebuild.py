"""
Measures how fast the whole paper is rendered again: python -m bench rebuild.

On the smaller archive, every object once: rendered and fingerprinted; then also written
to an empty folder with its siblings; then by the press itself, with its ledger. Pages
for each second of one core's time are printed beside pages a second: on a machine that
does other work they are the figure to believe.
"""

import json
import subprocess

from bench import papers
from bench.measuring import Bar, hold, keep, say_table
from bench.papers import REPOSITORY

AT_LEAST = Bar(500, is_least=True)


def main() -> None:
    """Measure in the smaller archive, and print."""
    here = papers.archive(papers.sizes()[0])
    command = papers.within(here, "bench.rendering")
    said = subprocess.run(
        command, check=True, stdout=subprocess.PIPE, text=True, cwd=REPOSITORY
    ).stdout
    found: dict[str, dict[str, float]] = json.loads(said)
    keep("rebuild", found)
    say_table(
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
    first = next(iter(found.values()))
    hold(
        "rendered and fingerprinted, a core's second", first["objects"] / first["core_s"], AT_LEAST
    )
