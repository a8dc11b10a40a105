"""The how-to's lines make nginx serve what programs read, and find an oEmbed file by a link."""

import re
import urllib.error
import urllib.request
from pathlib import Path
from urllib.parse import quote

import pytest

from broadsheet.projections.objects import ObjectKey, Page
from broadsheet.surfaces.website.store import Store

DOCS = Path(__file__).parents[2] / "docs" / "howto"
LATIN, ARABIC = "/2026/11/22/tram-line/", "/2026/11/22/خط/"
SAID = b'{"version": "1.0"}'


@pytest.fixture
def ask(serve_with_nginx, tmp_path):
    """Give a function that asks nginx for a target: status, headers and body."""
    store = Store(tmp_path / "site", renditions=tmp_path / "renditions")
    for story in (LATIN, ARABIC):
        store.put(ObjectKey(f"/api/oembed{story}oembed.json"), Page(SAID))
    store.put(ObjectKey("/api/index.json"), Page(b"{}"))
    (tmp_path / "moved.conf").touch()
    lines = "".join(
        re.search(r"```nginx\n(.*?)```", (DOCS / name).read_text("utf-8"), re.DOTALL)[1]
        for name in ("serve-with-nginx.md", "partners.md")
    )
    base_url = serve_with_nginx(lines.replace("/srv/paper", str(tmp_path)))

    def answer(target):
        try:
            with urllib.request.urlopen(base_url + target, timeout=5) as response:
                return response.status, response.headers, response.read()
        except urllib.error.HTTPError as error:
            with error:
                return error.code, error.headers, error.read()

    return answer


@pytest.mark.parametrize("safe", ["", "/:"])
@pytest.mark.parametrize("story", [LATIN, ARABIC, LATIN.rstrip("/")])
def test_link_leads_to_what_is_said_of_it(ask, story, safe):
    """An address leads to its story's file, however much of it is encoded."""
    url = quote(f"https://paper.example{story}", safe=safe)

    status, headers, body = ask(f"/api/oembed?url={url}&format=json")

    assert (200, SAID) == (status, body)
    assert "*" == headers["access-control-allow-origin"]


@pytest.mark.parametrize(
    ("query", "status"),
    [("", 404), ("?url=https://paper.example/about/", 404), (f"?url={LATIN}&format=xml", 501)],
)
def test_what_cannot_be_answered_is_said(ask, query, status):
    """No story is 404, and another format is 501."""
    assert status == ask(f"/api/oembed{query}")[0]


def test_programs_read_as_from_our_own_server(ask):
    """A file has its type, asks to be checked each time, and is open to scripts of any site."""
    status, headers, _ = ask("/api/index.json")

    assert 200 == status
    assert ("application/json", "nosniff", "max-age=0, must-revalidate", "*") == tuple(
        headers[name]
        for name in (
            "content-type",
            "x-content-type-options",
            "cache-control",
            "access-control-allow-origin",
        )
    )
