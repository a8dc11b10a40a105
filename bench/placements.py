"""
Measures how many posts a second reach the sandbox network: python -m bench placements.

Stories are published to an account of the strictest class (the id is ours), then one
thread delivers all of their posts, on SQLite and on PostgreSQL: each placement is an
attempt committed before the request leaves, the request, and its outcome committed after.
"""

import json
import subprocess
import sys
import tempfile
from pathlib import Path

from bench import papers, sizes
from bench.measuring import keep, say_table
from bench.papers import REPOSITORY
from broadsheet.config.home import Home

WITH_POSTGRES = (sys.executable, "-m", "bench.with_postgres")
STORIES_A_SECOND = 10  # for the estimate alone: published, brought out and posted
STARTING_S = 20.0  # a database, a paper, a sandbox


def estimate_s() -> float:
    """Return about how long this takes."""
    return 2 * (STARTING_S + sizes.POSTS / STORIES_A_SECOND)


def main() -> None:
    """Measure on both databases, and print."""
    table = []
    for database, before in (("SQLite", ()), ("PostgreSQL", WITH_POSTGRES)):
        with tempfile.TemporaryDirectory(prefix="broadsheet-bench-") as folder:
            here = Home(Path(folder) / "home")
            command = [*before, *papers.within(here, "bench.placing", str(sizes.POSTS))]
            said = subprocess.run(
                command, check=True, stdout=subprocess.PIPE, text=True, cwd=REPOSITORY
            ).stdout
        found = json.loads(said.strip().splitlines()[-1])
        keep("placements", {"database": database, **found})
        rate, core = found["placed"] / found["wall_s"], found["placed"] / found["core_s"]
        table.append((database, f"{found['placed']}", f"{rate:.0f}", f"{core:.0f}"))
    say_table(
        "Posts delivered to the sandbox network",
        ("", "placed", "a second", "a core's second of the press"),
        table,
    )
