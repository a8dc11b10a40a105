"""Finds the papers benches work on, and runs their processes: site server and press."""

import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import NamedTuple

from bench.measuring import BUILD
from broadsheet.config.cli.processes import BROADSHEET
from broadsheet.config.home import Home
from broadsheet.web import server
from tests.servers.processes import a_free_port, listens, running

CACHE = Path(os.environ.get("BROADSHEET_BENCH_CACHE", BUILD / "archives"))
SITE_CORE = "1"  # the site server and who reads at full speed share it; the press is not pinned
WITHIN = (sys.executable, "-m", "bench.within")
REPOSITORY = Path(__file__).parents[1]


class Paper(NamedTuple):
    """A newspaper that is served, and whose press works."""

    home: Home
    port: int
    site: int  # process ids
    press: int


def sizes() -> tuple[int, int]:
    """Return how many stories the small and the large archive have."""
    return 1_000, int(os.environ.get("BROADSHEET_BENCH_STORIES", "100000"))


def archive(count: int) -> Home:
    """Return the home with so many stories, made or brought up to date now if need be."""
    here = Home(CACHE.resolve() / str(count))
    subprocess.run(within(here, "bench.archive", str(count)), check=True, cwd=REPOSITORY)
    return here


def within(here: Home, module: str, *arguments: str) -> Sequence[str]:
    """Return the command that runs a module of this folder in a home."""
    return (*WITHIN, str(here.root), module, *arguments)


@contextmanager
def at_work(here: Home) -> Iterator[Paper]:
    """Run a paper's site server, on one core, and its press."""
    port = a_free_port()
    told = _environment(here)
    site = [
        *("env", *told, "taskset", "-c", SITE_CORE),
        *server.command(host="127.0.0.1", port=port),
    ]
    press = ["env", *told, *BROADSHEET, "work"]
    bell = here.run / "press.sock"
    bell.unlink(missing_ok=True)
    with ExitStack() as processes:
        serving = processes.enter_context(
            running(site, log=here.run / "site.log", answers=lambda: listens(port))
        )
        working = processes.enter_context(
            running(press, log=here.run / "press.log", answers=bell.exists)
        )
        yield Paper(here, port, serving.pid, working.pid)


def _environment(here: Home) -> list[str]:
    folders = server.environment(
        site=str(here.site), static=str(here.static), desk=f"unix:{here.run}/none"
    )
    told = {**folders, "BROADSHEET_HOME": str(here.root)}
    return [f"{name}={value}" for name, value in told.items()]
