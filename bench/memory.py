"""
Says what memory a newspaper's processes take: python -m bench memory.

The site server after it has served a thousand pages, the press after it has published,
the desk once it has answered; resident memory, as the kernel counts it (VmHWM, the most ever).
"""

import re
import subprocess
import time
from contextlib import AbstractContextManager, ExitStack
from pathlib import Path

import httpx

from bench import sizes, staging
from bench.measuring import keep, say_table
from bench.papers import Paper
from bench.reading import Connection
from broadsheet.config.cli import processes
from broadsheet.config.cli.processes import Place
from tests.servers.processes import running

PAGES = 1_000
ESTIMATE_S = 60.0  # two stages set up, and 2,000 pages read


def estimate_s() -> float:
    """Return about how long this takes, once the archives are made."""
    return ESTIMATE_S


def main() -> None:
    """Let the processes work, and print what they take."""
    table = []
    for size in (sizes.SMALL, sizes.LARGE):
        with ExitStack() as ending:
            stage = ending.enter_context(staging.stage(size))
            staging.publish(stage, "newsroom", is_loaded=False)
            _read_pages(stage.paper)
            desk = ending.enter_context(_desk(stage.paper))
            taken = {
                "site server": _most_mb(stage.paper.site),
                "press": _most_mb(stage.paper.press),
                "desk": _most_mb(desk.pid),
            }
        keep("memory", {"stories": size, "most_mb": taken})
        table.append((f"{size:,} stories", *(f"{each:.0f} MB" for each in taken.values())))
    say_table("Memory, the most ever", ("", "site server", "press", "desk"), table)


def _read_pages(paper: Paper) -> None:
    pages = (path for path in paper.home.site.glob("[12]*/*/*/*/index.html"))
    for _, page in zip(range(PAGES), pages, strict=False):
        path = f"/{page.parent.relative_to(paper.home.site)}/"
        Connection(paper.port, path).ask_and_wait()


def _desk(paper: Paper) -> AbstractContextManager[subprocess.Popen[bytes]]:
    place = Place("127.0.0.1", paper.port, 0)
    child = processes.desk(paper.home, processes.environment(paper.home, place))
    assert child.socket is not None
    child.socket.unlink(missing_ok=True)
    told = [f"{name}={value}" for name, value in child.environment.items()]
    socket = child.socket

    def answers() -> bool:
        """Ask for a page: the socket is there before the process that will answer."""
        time.sleep(0.1)
        try:
            with httpx.Client(transport=httpx.HTTPTransport(uds=str(socket))) as client:
                return client.get("http://localhost/desk/login/").is_success
        except httpx.TransportError:
            return False

    command = ["env", "-C", str(paper.home.run), *told, *child.command]
    return running(command, log=paper.home.run / "desk.log", answers=answers)


def _most_mb(process: int) -> float:
    """Return the most memory a process and those it started have had, together."""
    status = Path(f"/proc/{process}/status").read_text(encoding="ascii")
    found = re.search(r"VmHWM:\s+(\d+) kB", status)
    own = int(found[1]) / 1024 if found else 0.0
    children = Path(f"/proc/{process}/task/{process}/children").read_text(encoding="ascii").split()
    return own + sum(_most_mb(int(child)) for child in children)
