"""
Runs the benches: python -m bench [NAME ...], all of them without a name.

Each prints its figures beside the bars they are held to, and how the machine was doing;
build/bench/results.json keeps every run. A missed bar is reported, and fails nothing.
"""

import sys
from collections.abc import Callable, Mapping

from bench import latency, memory, placements, rebuild, rewriting, site_server
from bench.measuring import RESULTS, machine, say

BENCHES: Mapping[str, Callable[[], None]] = {
    "latency": latency.main,
    "rewriting": rewriting.main,
    "rebuild": rebuild.main,
    "site": site_server.main,
    "placements": placements.main,
    "memory": memory.main,
}


def main() -> None:
    """
    Run the benches asked for.

    Raises:
        SystemExit: there is no bench of that name.

    """
    wanted = sys.argv[1:] or list(BENCHES)
    unknown = [name for name in wanted if name not in BENCHES]
    if unknown:
        message = f"there is no bench {unknown[0]!r}; there are {', '.join(BENCHES)}"
        raise SystemExit(message)
    for name in wanted:
        say(f"\n{name} ({machine()})")
        BENCHES[name]()
    say(f"\nKept in {RESULTS}; now: {machine()}")


if __name__ == "__main__":
    main()
