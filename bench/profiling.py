"""
Says where time goes, for figures that miss their bar: the functions that took most of it.

A profile slows what it watches (by about half), so its times are read against each
other; the figure beside it was measured without.
"""

import pstats
import re
import subprocess

from bench import papers
from broadsheet.config.home import Home

LINES = 20
_ADDRESS = re.compile(r" at 0x[0-9a-f]+")
_WHERE = re.compile(r".*/(?:site-packages|python3\.\d+|src|)/")


def lines(stats: pstats.Stats, *, of: int) -> list[str]:
    """Return the functions that took most time themselves, in ms for each of so many acts."""
    found = sorted(
        (
            (own_s, all_s, calls, _named(function))
            for function, (_, calls, own_s, all_s, _) in stats.stats.items()  # type: ignore[attr-defined]
        ),
        reverse=True,
    )
    total_ms = 1000 * sum(own_s for own_s, *_ in found) / of
    return [
        f"profile: {total_ms:,.4g} ms each, of {of:,}; own ms, with what it called, calls:",
        *(
            f"{1000 * own_s / of:10.4f} {1000 * all_s / of:10.4f} {calls / of:9.1f}  {name}"
            for own_s, all_s, calls, name in found[:LINES]
        ),
    ]


def asked_in(here: Home, *arguments: str) -> list[str]:
    """Return what bench.profiled says of a paper."""
    command = papers.within(here, "bench.profiled", *arguments)
    said = subprocess.run(
        command, check=True, stdout=subprocess.PIPE, text=True, cwd=papers.REPOSITORY
    )
    return said.stdout.splitlines()


def _named(function: tuple[str, int, str]) -> str:
    file, line, name = function
    return f"{_WHERE.sub('', file)}:{line} {name}" if line else _ADDRESS.sub("", name)
