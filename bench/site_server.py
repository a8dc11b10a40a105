"""
Measures the site server against nginx: the same files, one core each, one load generator.

python -m bench.site_server prints requests per second, the median and the 99th percentile
of each, and the ratio, for one hot page and for 1,000 pages in rotation. Both servers are
pinned to one core, wrk to another; rounds alternate, and the median round counts. Requests
for each second of the server's processor time are printed beside: on a machine that does
other work they are the figure to believe, on an idle one they agree with the rate.
"""

import os
import random
import re
import statistics
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import NamedTuple

from broadsheet.projections.objects import ObjectKey, Page
from broadsheet.surfaces.website.store import Store
from broadsheet.web import server
from tests.servers.processes import a_free_port, listens, program, running

PAGES = 1_000
PAGE_BYTES = 20_000  # a story page with its furniture; about 7 kB as gzip
ROUNDS = 3
SECONDS = 4
CONNECTIONS = 32
BAR, GOAL = 0.3, 0.5
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


def main() -> None:
    """Measure, and print."""
    with tempfile.TemporaryDirectory(prefix="broadsheet-bench-") as folder, ExitStack() as servers:
        site = Path(folder) / "site"
        make_pages(site)
        compared = {
            "site server": servers.enter_context(our_server(Path(folder), site)),
            "nginx": servers.enter_context(nginx(Path(folder), site)),
        }
        rotation = Path(folder) / "rotation.lua"
        rotation.write_text(ROTATION.format(pages=PAGES), encoding="ascii")
        print(f"Site server against nginx, {PAGE_BYTES} byte pages as gzip, one core:")
        compare("one hot page", compared, [])
        compare(f"{PAGES:,} pages in rotation", compared, ["-s", str(rotation)])


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
def our_server(folder: Path, site: Path) -> Iterator[Running]:
    """Run the site server as `broadsheet run` does, on one core."""
    port = a_free_port()
    told = server.environment(site=str(site), static=str(folder), desk=f"unix:{folder}/none")
    assignments = [f"{name}={value}" for name, value in told.items()]
    command = ["env", *assignments, "taskset", "-c", SERVER_CORE]
    command += server.command(host="127.0.0.1", port=port)
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


def compare(what: str, compared: dict[str, Running], script: list[str]) -> None:
    """Measure both servers in turn, and print their median rounds and the ratios."""
    rounds: dict[str, list[Round]] = {name: [] for name in compared}
    for _ in range(ROUNDS):
        for name, running_server in compared.items():
            rounds[name].append(measure(running_server, script))
    medians = {
        name: Round(*(statistics.median(figure) for figure in zip(*measured, strict=True)))
        for name, measured in rounds.items()
    }
    for name, median in medians.items():
        print(
            f"  {what:22} {name:11} {median.requests_per_s:7,.0f}/s"
            f" {median.requests_per_cpu_s:8,.0f}/CPU s"
            f"   p50 {median.p50_ms:5.2f} ms   p99 {median.p99_ms:5.2f} ms"
        )
    ours, theirs = medians["site server"], medians["nginx"]
    print(
        f"  {what:22} ratio       {ours.requests_per_s / theirs.requests_per_s:7.2f}  "
        f" {ours.requests_per_cpu_s / theirs.requests_per_cpu_s:8.2f}"
        f"         (bar {BAR}, goal {GOAL})"
    )


def measure(measured: Running, script: list[str]) -> Round:
    """Run wrk once; every answer must be a 200."""
    command = ["taskset", "-c", READER_CORE, str(program("wrk", package="wrk"))]
    command += ["-t1", f"-c{CONNECTIONS}", f"-d{SECONDS}s", "--latency"]
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


if __name__ == "__main__":
    main()
