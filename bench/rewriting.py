"""
Counts what an act re-renders and rewrites, and who had no reason to: python -m bench rewriting.

An object may be rendered again only if a fact it read says something else, or a list it
read was changed within its window; and written only if its bytes differ.
"""

import json
import subprocess

from bench import papers
from bench.measuring import Bar, hold, say_table
from bench.papers import REPOSITORY

NONE = Bar(0, is_least=False)


def main() -> None:
    """Count on both archives, and print."""
    table, unfounded = [], 0
    for size in papers.sizes():
        here = papers.archive(size)
        command = papers.within(here, "bench.counting")
        said = subprocess.run(
            command, check=True, stdout=subprocess.PIPE, text=True, cwd=REPOSITORY
        ).stdout
        for act in json.loads(said):
            table.append(
                (
                    f"{size:,} stories: {act['act']}",
                    *(str(act[name]) for name in ("rendered", "written", "unfounded", "same")),
                )
            )
            unfounded += act["unfounded"] + act["same"]
    say_table(("", "rendered", "written", "without a changed fact", "written the same"), table)
    hold("objects rendered without a changed fact, or written the same", unfounded, NONE)
