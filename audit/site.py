"""
Gives a running newspaper to the suites: its pages, one of each kind, and the newsroom's rows.

The demo is made and run on free loopback ports, in a temporary home, unless
BROADSHEET_AUDIT_URL and BROADSHEET_AUDIT_HOME name a newspaper that runs on this machine.
Nothing but loopback is ever asked.
"""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

import httpx

from audit.page_kinds import KINDS
from tests.servers.newspaper import Newspaper, two_free_ports, until

REPOSITORY = Path(__file__).parents[1]
KEPT = REPOSITORY / "build" / "audit"  # what suites found, and what they looked at
TIMEOUT_S = 30.0
QUIET_WITHIN_S = 900.0  # the demo's pictures, on a busy machine


class Shown(NamedTuple):
    """One page of one kind, as it was served."""

    kind: str
    url: str
    status: int
    html: str
    file: Path  # the same bytes, for programs that read files


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """A newspaper that runs."""

    url: str
    rows: Mapping[str, Any]  # see audit.rows
    pages: tuple[Shown, ...]
    missing: tuple[str, ...] = ()  # kinds of which there is no page
    kept: Path = KEPT

    def of_kind(self, *names: str) -> tuple[Shown, ...]:
        """Return the pages of these kinds, in the order of the kinds."""
        return tuple(page for page in self.pages if page.kind in names)

    def stories(self) -> tuple[tuple[Shown, Mapping[str, Any]], ...]:
        """Return each page that is a live story's, with the newsroom's row of that story."""
        rows = {f"{self.url}{each['address']}": each for each in self.rows["stories"]}
        seen = {page.url: page for page in self.pages if page.status == httpx.codes.OK}
        return tuple((page, rows[url]) for url, page in seen.items() if url in rows)


@contextmanager
def a_site() -> Iterator[Site]:
    """Give the newspaper that runs already, or else the demo, until the block ends."""
    url, home = os.environ.get("BROADSHEET_AUDIT_URL"), os.environ.get("BROADSHEET_AUDIT_HOME")
    if url and home:
        yield looked_at(url.rstrip("/"), rows=rows_of(Path(home)))
        return
    with tempfile.TemporaryDirectory(prefix="broadsheet-audit-") as folder:
        demo = Newspaper(Path(folder) / "home", "--demo", port=two_free_ports())
        try:
            demo.await_ready()
            until(lambda: _is_quiet(demo), what="a paper that is out", within_s=QUIET_WITHIN_S)
            yield looked_at(demo.url, rows=rows_of(demo.home))
        finally:
            demo.stop()


def _is_quiet(demo: Newspaper) -> bool:
    """Return whether every page is written, and every size of every picture made."""
    if rows_of(demo.home)["pictures_waiting"]:
        return False
    return demo.broadsheet("status", "--quiet-or-fail").returncode == 0


def rows_of(home: Path) -> Mapping[str, Any]:
    """Return what the newsroom of a home has published."""
    told = subprocess.run(
        [sys.executable, "-m", "audit.rows"],
        cwd=REPOSITORY,
        env=dict(os.environ) | {"BROADSHEET_HOME": str(home)},
        stdout=subprocess.PIPE,
        check=True,
        timeout=TIMEOUT_S,
    )
    rows: Mapping[str, Any] = json.loads(told.stdout)
    return rows


def looked_at(url: str, *, rows: Mapping[str, Any], kept: Path = KEPT) -> Site:
    """Return a site with one page of every kind, each kept as a file too."""
    found = {kind.name: kind.find(rows) for kind in KINDS}
    with httpx.Client(base_url=url, timeout=TIMEOUT_S) as reader:
        pages = tuple(
            served(reader, kind, path, folder=kept / "pages")
            for kind, path in found.items()
            if path is not None
        )
    missing = tuple(kind for kind, path in found.items() if path is None)
    return Site(url=url, rows=rows, pages=pages, missing=missing, kept=kept)


def served(reader: httpx.Client, kind: str, path: str, *, folder: Path) -> Shown:
    """Return one page as it is served, and keep it."""
    answer = reader.get(path)
    file = folder / f"{kind}.html"
    folder.mkdir(parents=True, exist_ok=True)
    file.write_bytes(answer.content)
    return Shown(
        kind, f"{str(reader.base_url).rstrip('/')}{path}", answer.status_code, answer.text, file
    )
