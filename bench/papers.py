"""Finds the papers benches work on, and runs their processes: site server and press."""

import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import NamedTuple

from bench import sizes
from broadsheet.config.cli.processes import BROADSHEET
from broadsheet.config.home import Home
from broadsheet.web import server
from tests.servers.processes import a_free_port, listens, program, running

SITE_CORE = "1"  # the site server and who reads at full speed share it; the press is not pinned
WITHIN = (sys.executable, "-m", "bench.within")
REPOSITORY = Path(__file__).parents[1]


class Served(NamedTuple):
    """A newspaper's site server."""

    port: int
    process: int


class Paper(NamedTuple):
    """A newspaper that is served, and whose press works."""

    home: Home
    port: int
    site: int  # process ids
    press: int


def home_of(count: int) -> Home:
    """Return the home of the archive with so many stories, whether it is made or not."""
    return Home(sizes.CACHE.resolve() / str(count))


def archive(count: int) -> Home:
    """Return the home with so many stories, made or brought up to date now if need be."""
    here = home_of(count)
    subprocess.run(within(here, "bench.archive", str(count)), check=True, cwd=REPOSITORY)
    _mark(here).touch()
    return here


def is_made(count: int) -> bool:
    """Return whether the archive with so many stories was ever complete."""
    return _mark(home_of(count)).exists()


def within(here: Home, module: str, *arguments: str) -> Sequence[str]:
    """Return the command that runs a module of this folder in a home."""
    return (*WITHIN, str(here.root), module, *arguments)


@contextmanager
def at_work(here: Home) -> Iterator[Paper]:
    """Run a paper's site server, on one core, and its press."""
    press = ["env", *_environment(here), *BROADSHEET, "work"]
    bell = here.run / "press.sock"
    bell.unlink(missing_ok=True)
    with served(here) as site, ExitStack() as processes:
        working = processes.enter_context(
            running(press, log=here.run / "press.log", answers=bell.exists)
        )
        yield Paper(here, site.port, site.process, working.pid)


@contextmanager
def served(here: Home) -> Iterator[Served]:
    """Run a paper's site server alone, on one core."""
    port = a_free_port()
    command = ["env", *_environment(here), "taskset", "-c", SITE_CORE]
    command += server.command(host="127.0.0.1", port=port)
    log = here.run / "site.log"
    with running(command, log=log, answers=lambda: listens(port)) as process:
        yield Served(port, process.pid)


@contextmanager
def read_at_full_speed(port: int) -> Iterator[None]:
    """Read the home page over 32 connections, on the site server's own core."""
    command = ["taskset", "-c", SITE_CORE, str(program("wrk", package="wrk"))]
    command += ["-t1", "-c32", "-d120s", "-H", "Accept-Encoding: gzip"]
    command += [f"http://127.0.0.1:{port}/"]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL) as reading:
        try:
            yield
        finally:
            reading.kill()


def _mark(here: Home) -> Path:
    return here.root / "archive-is-complete"


def _environment(here: Home) -> list[str]:
    folders = server.environment(
        site=str(here.site), static=str(here.static), desk=f"unix:{here.run}/none"
    )
    told = {**folders, "BROADSHEET_HOME": str(here.root)}
    return [f"{name}={value}" for name, value in told.items()]
