"""The how-to's lines make nginx serve a newspaper of which nothing runs any more."""

import gzip
import re
import subprocess
import sys
import urllib.error
import urllib.request
from pathlib import Path

import pytest

from broadsheet.projections.objects import Gone, Moved, ObjectKey, Page
from broadsheet.surfaces.website.store import Store

ROOT = Path(__file__).parents[2]
LIVE = "/2026/11/22/tram-line/"
ARABIC = "/2026/11/22/خط-الترام/"
MOVED = "/2026/11/21/old-tram/"
RETRACTED = "/2026/11/20/wrong/"
TRAM = b"<!doctype html><title>Tram</title>" + b"<p>tram</p>" * 200


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_):
        return None


@pytest.fixture
def ask(serve_with_nginx, tmp_path):
    """Give a function that asks nginx for a path: status, headers and body."""
    site = tmp_path / "site"
    store = Store(site, renditions=tmp_path / "renditions")
    for key, rendered in {
        LIVE: Page(TRAM),
        ARABIC: Page(b"<title>tram</title>"),
        MOVED: Moved(ARABIC),
        RETRACTED: Gone(b"<title>Retracted</title>"),
        "/404.html": Page(b"<title>Not found</title>"),
        "/feeds/home.rss": Page(b"<rss/>"),
        "/feeds/home.json": Page(b"{}"),
    }.items():
        store.put(ObjectKey(key), rendered)
    moved = tmp_path / "moved.conf"
    script = [sys.executable, ROOT / "scripts" / "moved-for-nginx", site]
    moved.write_bytes(subprocess.run(script, capture_output=True, check=True).stdout)
    howto = (ROOT / "docs" / "howto" / "serve-with-nginx.md").read_text(encoding="utf-8")
    lines = re.search(r"```nginx\n(.*?)```", howto, re.DOTALL)[1]
    base_url = serve_with_nginx(lines.replace("/srv/paper", str(tmp_path)))
    opener = urllib.request.build_opener(_NoRedirect)

    def answer(path, **headers):
        request = urllib.request.Request(base_url + urllib.request.quote(path), headers=headers)
        try:
            with opener.open(request, timeout=5) as response:
                return response.status, response.headers, response.read()
        except urllib.error.HTTPError as error:
            with error:
                return error.code, error.headers, error.read()

    return answer


def test_nginx_alone_serves_pages(ask):
    """A live page answers 200 with its own bytes, in any script."""
    status, headers, body = ask(LIVE)

    assert (200, TRAM) == (status, body)
    assert headers["Content-Type"] == "text/html; charset=utf-8"
    assert ask(ARABIC)[0] == 200


def test_nginx_alone_serves_what_was_compressed_while_publishing(ask):
    """A reader who takes gzip gets the sibling that lies ready."""
    _, headers, body = ask(LIVE, **{"Accept-Encoding": "gzip"})

    assert headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(body) == TRAM


def test_nginx_alone_adds_the_slash_that_was_left_out(ask):
    """A page's address without its slash leads to the page."""
    status, headers, _ = ask(LIVE.rstrip("/"))

    assert (301, LIVE) == (status, headers["Location"])


def test_nginx_alone_leads_from_moved_addresses(ask):
    """A moved address leads to the current one in one hop."""
    status, headers, _ = ask(MOVED)

    assert (301, urllib.request.quote(ARABIC)) == (status, headers["Location"])


def test_nginx_alone_shows_tombstones(ask):
    """A retracted story answers 410 with its notice."""
    status, headers, body = ask(RETRACTED)

    assert (410, b"<title>Retracted</title>") == (status, body)
    assert headers["Content-Type"].startswith("text/html")


@pytest.mark.parametrize("path", ["/nothing/", "/nothing", f"{RETRACTED}index.html.410"])
def test_nginx_alone_knows_what_is_not_there(ask, path):
    """Anything else answers 404 with the paper's own page."""
    status, _, body = ask(path)

    assert (404, b"<title>Not found</title>") == (status, body)


@pytest.mark.parametrize("path", [f"{MOVED}index.html.301", f"{LIVE}index.html.gz"])
def test_nginx_alone_hides_how_pages_are_stored(ask, path):
    """Markers and compressed siblings have no address of their own."""
    assert ask(path)[0] == 404


def test_nginx_alone_tells_feed_readers_what_a_feed_is(ask):
    """Each format of a feed is sent as what its readers ask for."""
    assert ask("/feeds/home.rss")[1]["Content-Type"].startswith("application/rss+xml")
    assert ask("/feeds/home.json")[1]["Content-Type"].startswith("application/feed+json")
