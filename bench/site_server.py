"""
Measures the site server against nginx: the same files, one core each, one load generator.

python -m bench site prints requests per second, the median and the 99th percentile
of each, and the ratio, for one hot page and for 1,000 pages in rotation. Both servers are
pinned to one core, wrk to another; rounds alternate, and the median round counts. Requests
for each second of the server's processor time are printed beside: on a machine that does
other work they are the figure to believe, on an idle one they agree with the rate. Both
ratios are held to the bar.
"""

import os
import pstats
import random
import re
import statistics
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from functools import partial
from pathlib import Path
from typing import NamedTuple

from bench import profiled_site, profiling, sizes
from bench.measuring import Bar, hold, keep, say, say_table
from broadsheet.projections.objects import ObjectKey, Page
from broadsheet.surfaces.website.store import Store
from broadsheet.web import server
from tests.servers.processes import a_free_port, listens, program, running

PAGES = 1_000
PAGE_BYTES = 20_000  # a story page with its furniture; about 7 kB as gzip
ROUNDS = 3
CONNECTIONS = 32
BAR, GOAL = Bar(0.3, is_least=True, unit="×"), Bar(0.5, is_least=True, unit="×")
OURS, THEIRS = "site server", "nginx"
APPLICATION, PROFILED = "broadsheet.web.server:application", "bench.profiled_site:application"
REPOSITORY = Path(__file__).parents[1]
MAKING_S = 30.0  # for the estimate alone: pages are written, servers started
SERVER_CORE, READER_CORE = "0", "1"

NGINX = """
daemon off;
worker_processes 1;
{user}
pid {folder}/nginx.pid;
error_log {folder}/error.log warn;
events {{ worker_connections 1024; }}
http {{
    access_log off;
    include /etc/nginx/mime.types;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    sendfile on;
    tcp_nopush on;
    keepalive_requests 100000000;
    gzip_static on;
    server {{ listen 127.0.0.1:{port}; root {site}; }}
}}
"""

# The requests are written out before the clock starts: the generator must not be the limit.
ROTATION = """
local requests, at = {{}}, 0
init = function()
  for n = 1, {pages} do requests[n] = wrk.format("GET", "/2026/11/22/story-" .. n .. "/") end
end
request = function() at = at % {pages} + 1; return requests[at] end
"""


class Running(NamedTuple):
    """A server, and its first process."""

    url: str
    process: int


class Round(NamedTuple):
    """What wrk measured, and what the server took for it."""

    requests_per_s: float
    requests_per_cpu_s: float
    p50_ms: float
    p99_ms: float


def estimate_s() -> float:
    """Return about how long this takes."""
    return MAKING_S + 2 * 2 * ROUNDS * sizes.SECONDS


def main() -> None:
    """Measure, and print."""
    with tempfile.TemporaryDirectory(prefix="broadsheet-bench-") as name, ExitStack() as servers:
        folder, site = Path(name), Path(name) / "site"
        make_pages(site)
        compared = {
            OURS: servers.enter_context(our_server(folder, site, application=APPLICATION)),
            THEIRS: servers.enter_context(nginx(folder, site)),
        }
        rotation = folder / "rotation.lua"
        rotation.write_text(ROTATION.format(pages=PAGES), encoding="ascii")
        say(f"Site server against nginx, {PAGE_BYTES:,} byte pages as gzip, one core:")
        found = {
            what: (compare(what, compared, script), script)
            for what, script in (
                ("one hot page", []),
                (f"{PAGES:,} pages in rotation", ["-s", str(rotation)]),
            )
        }
        _say(found)
        for what, (medians, script) in found.items():
            ours, theirs, why = (
                medians[OURS],
                medians[THEIRS],
                partial(profile, folder, site, script),
            )
            rates = ours.requests_per_s / theirs.requests_per_s
            cores = ours.requests_per_cpu_s / theirs.requests_per_cpu_s
            hold(f"site server against nginx, {what}", rates, BAR, goal=GOAL, explain=why)
            hold(f"the same, for a CPU second, {what}", cores, BAR, goal=GOAL, explain=why)


def make_pages(site: Path) -> None:
    """Write the pages: words at random, so that they compress about as prose does."""
    site.parent.chmod(0o755)
    chance = random.Random(7)
    words = ["".join(chance.choices("etaoinshrdlu", k=chance.randint(2, 9))) for _ in range(2_000)]
    store = Store(site, renditions=site)
    for number in range(PAGES + 1):
        text = " ".join(chance.choices(words, k=PAGE_BYTES // 4))
        key = ObjectKey(f"/2026/11/22/story-{number}/" if number else "/")
        store.put(
            key, Page(f"<!DOCTYPE html><title>{number}</title><p>{text}".encode()[:PAGE_BYTES])
        )


@contextmanager
def our_server(folder: Path, site: Path, *, application: str) -> Iterator[Running]:
    """Run the site server as `broadsheet run` does, on one core."""
    port = a_free_port()
    told = server.environment(site=str(site), static=str(folder), desk=f"unix:{folder}/none")
    assignments = [f"{name}={value}" for name, value in told.items()]
    command = ["env", "-C", str(REPOSITORY), *assignments, "taskset", "-c", SERVER_CORE]
    command += [
        application if part == APPLICATION else part
        for part in server.command(host="127.0.0.1", port=port)
    ]
    with running(command, log=folder / "site.log", answers=lambda: listens(port)) as process:
        yield Running(f"http://127.0.0.1:{port}/", process.pid)


@contextmanager
def nginx(folder: Path, site: Path) -> Iterator[Running]:
    """Run nginx with one worker, no log, and its own gzip siblings, on one core."""
    port = a_free_port()
    user = "user root;" if os.geteuid() == 0 else ""
    configuration = folder / "nginx.conf"
    text = NGINX.format(folder=folder, port=port, site=site, user=user)
    configuration.write_text(text, encoding="ascii")
    binary = program("nginx", package="nginx")
    errors = folder / "error.log"
    pinned: list[str | Path] = ["taskset", "-c", SERVER_CORE]
    command = [*pinned, binary, "-c", configuration, "-e", errors]
    with running(command, log=folder / "nginx.log", answers=lambda: listens(port)) as process:
        yield Running(f"http://127.0.0.1:{port}/", process.pid)


def compare(what: str, compared: dict[str, Running], script: list[str]) -> dict[str, Round]:
    """Measure both servers in turn, keep each round, and return their median rounds."""
    rounds: dict[str, list[Round]] = {name: [] for name in compared}
    for _ in range(ROUNDS):
        for name, running_server in compared.items():
            rounds[name].append(measure(running_server, script))
            keep(f"{name}, {what}", {"round": rounds[name][-1]._asdict()})
    return {
        name: Round(*(statistics.median(figure) for figure in zip(*measured, strict=True)))
        for name, measured in rounds.items()
    }


def profile(folder: Path, site: Path, script: list[str]) -> list[str]:
    """Say where the site server's time in Python goes; what Granian takes is not in it."""
    written = folder / profiled_site.PROFILE
    with our_server(folder, site, application=PROFILED) as profiled:
        measured = measure(profiled, script)
    stats = pstats.Stats(str(written))
    served = round(measured.requests_per_s * sizes.SECONDS)
    return profiling.lines(stats, of=served)


def _say(found: dict[str, tuple[dict[str, Round], list[str]]]) -> None:
    say_table(
        "The site server and nginx",
        ("", "a second", "a CPU second", "p50 ms", "p99 ms"),
        (
            (
                f"{what}, {name}",
                f"{of.requests_per_s:,.0f}",
                f"{of.requests_per_cpu_s:,.0f}",
                f"{of.p50_ms:.2f}",
                f"{of.p99_ms:.2f}",
            )
            for what, (medians, _) in found.items()
            for name, of in medians.items()
        ),
    )


def measure(measured: Running, script: list[str]) -> Round:
    """Run wrk once; every answer must be a 200."""
    command = ["taskset", "-c", READER_CORE, str(program("wrk", package="wrk"))]
    command += ["-t1", f"-c{CONNECTIONS}", f"-d{sizes.SECONDS}s", "--latency"]
    command += ["-H", "Accept-Encoding: gzip", *script, measured.url]
    before_s = cpu_s(measured.process)
    said = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    taken_s = cpu_s(measured.process) - before_s
    assert "Non-2xx" not in said, said
    return Round(
        float(_found(r"Requests/sec:\s+([\d.]+)", said)),
        int(_found(r"(\d+) requests in", said)) / taken_s,
        _milliseconds(_found(r"^\s+50%\s+(\S+)", said)),
        _milliseconds(_found(r"^\s+99%\s+(\S+)", said)),
    )


def cpu_s(process: int) -> float:
    """Return the processor time a process and those it started have taken, in seconds."""
    stat = Path(f"/proc/{process}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    children = Path(f"/proc/{process}/task/{process}/children").read_text(encoding="ascii").split()
    # Fields 14 and 15 of proc(5), user and system time; the name and what is before it are cut.
    own_ticks = int(stat[11]) + int(stat[12])
    return own_ticks / os.sysconf("SC_CLK_TCK") + sum(cpu_s(int(child)) for child in children)


def _found(pattern: str, text: str) -> str:
    match = re.search(pattern, text, re.MULTILINE)
    assert match is not None, text
    return match[1]


def _milliseconds(text: str) -> float:
    units = {"us": 0.001, "ms": 1.0, "s": 1_000.0}
    number, unit = re.fullmatch(r"([\d.]+)(us|ms|s)", text).groups()  # type: ignore[union-attr]
    return float(number) * units[unit]
