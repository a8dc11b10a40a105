"""
Says how large a run of the benches is, as its environment tells (docs/performance.md).

Figures are only compared with figures of the same sizes; each result is kept with them.
"""

import os
from pathlib import Path

BUILD = Path(__file__).parents[1] / "build" / "bench"

CACHE = Path(os.environ.get("BROADSHEET_BENCH_CACHE", BUILD / "archives"))
RESULTS = Path(os.environ.get("BROADSHEET_BENCH_RESULTS", BUILD / "results.json"))
SMALL = int(os.environ.get("BROADSHEET_BENCH_SMALL", "1000"))  # stories
LARGE = int(os.environ.get("BROADSHEET_BENCH_STORIES", "100000"))
PUBLISHED = int(os.environ.get("BROADSHEET_BENCH_PUBLISHED", "12"))  # in each row of latency
SECONDS = int(os.environ.get("BROADSHEET_BENCH_SECONDS", "4"))  # of each round of site_server
POSTS = int(os.environ.get("BROADSHEET_BENCH_POSTS", "200"))  # to each database
PICTURES = int(os.environ.get("BROADSHEET_BENCH_PICTURES", "50"))  # of 24 megapixels


def told() -> dict[str, int]:
    """Return what decides whether two figures may be compared."""
    return {
        "small": SMALL,
        "large": LARGE,
        "published": PUBLISHED,
        "seconds": SECONDS,
        "posts": POSTS,
    }
