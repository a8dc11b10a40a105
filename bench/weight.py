"""
Says what a story's page weighs and asks for: python -m bench weight.

The newest story of the smaller archive, and the paper's first page, as Chromium meets them
without a cache: bytes of HTML, style sheet and script as written, and as they come over the
wire in brotli; requests until the page was read to its end. `make audit` asks the same of every
kind of page in the demo.
"""

import tempfile
from pathlib import Path

import httpx

from audit.site import Shown
from audit.suites.weight import SCREENS, STORY_BYTES, Met, visit
from bench import papers, sizes
from bench.measuring import hold, say_table
from tests.servers.browser import chromium

ESTIMATE_S = 20.0


def estimate_s() -> float:
    """Return about how long this takes, once the archive is made."""
    return ESTIMATE_S


def main() -> None:
    """Visit the pages on a phone and on a desk, and print."""
    here = papers.archive(sizes.SMALL)
    table = []
    with (
        papers.served(here) as site,
        tempfile.TemporaryDirectory() as folder,
        chromium(Path(folder)) as browser,
    ):
        base = f"http://127.0.0.1:{site.port}"
        for kind, path in (("story", _newest_story(here.site)), ("first page", "/")):
            page = Shown(kind, base + path, 200, "", here.site)
            met = max((visit(browser, page, screen, base) for screen in SCREENS), key=_heaviest)
            packed = _packed_bytes(base, page.url, here.site)
            table.append((kind, f"{met.text_bytes:,}", f"{packed:,}", str(met.requests)))
            if kind == "story":
                hold("HTML, CSS, JS of a story's page", met.text_bytes, STORY_BYTES)
    say_table("What a page weighs", ("", "bytes", "bytes in brotli", "requests"), table)


def _heaviest(met: Met) -> tuple[int, int]:
    return met.requests, met.text_bytes


def _newest_story(site: Path) -> str:
    """Return the path of a story of the newest day; its page is whole, no tombstone."""
    pages = sorted(site.glob("[12]*/*/*/*/index.html"))
    return f"/{pages[-1].parent.relative_to(site)}/"


def _packed_bytes(base: str, page: str, site: Path) -> int:
    """Return what page, style sheet and script take in brotli."""
    assets = [f"{base}/assets/{file.name}" for file in _newest_assets(site)]
    with httpx.Client(headers={"Accept-Encoding": "br"}) as reader:
        return sum(_wire_bytes(reader, url) for url in (page, *assets))


def _newest_assets(site: Path) -> list[Path]:
    """Return the style sheet and the script of today's theme; older ones may stand beside them."""
    found = []
    for ending in ("css", "js"):
        files = sorted((site / "assets").glob(f"*.{ending}"), key=lambda file: file.stat().st_mtime)
        found.append(files[-1])
    return found


def _wire_bytes(reader: httpx.Client, url: str) -> int:
    with reader.stream("GET", url) as response:
        return sum(map(len, response.iter_raw()))
