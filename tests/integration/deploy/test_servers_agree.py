"""The files in deploy/ make nginx and Caddy answer readers as our own server does."""

from urllib.parse import quote, unquote

import pytest

from broadsheet.projections.objects import Gone, Moved, Page, Stored
from broadsheet.surfaces.website.layout import MEDIA
from tests.integration.deploy.asking import said_alike
from tests.integration.deploy.tree import (
    LIVE,
    NOT_FOUND,
    NOTICE,
    OLD,
    PICTURE,
    RETRACTED,
    SAID,
    WHAT_IS_SAID,
    keys_of,
)

NOWHERE = (
    "/nothing/",
    "/nothing",
    "/nothing.html",
    "/media/",
    "/api/nothing.json",
    f"{LIVE}index.html",
    f"{LIVE}index.html.gz",
    f"{LIVE}index.html.br",
    f"{OLD}index.html.301",
    f"{RETRACTED}index.html.410",
    "/old/retracted.410",
    "/old/page.php.301",
    "/.writing/",
    "/.writing/moves-changed",
    "/2026/11/21/UPPER/",
    "//",
    "//search/",
    "/Search/",
    "/SEARCH",
    f"/{LIVE}",
    "/2026//11/22/tram-line/",
    "/2026/11/20/WRONG/",
)


@pytest.mark.parametrize("key", WHAT_IS_SAID)
def test_every_key_is_answered_alike(ours, other, key):
    """Whatever lies in the tree has one status, type, time to be kept and set of rights."""
    assert said_alike(ours.ask(key)) == said_alike(other.ask(key))


@pytest.mark.parametrize("path", NOWHERE)
def test_what_is_not_there_is_answered_alike(ours, other, path):
    """No file has a second address, and how pages are stored is nobody's business."""
    expected = said_alike(ours.ask(path))

    assert 404 == expected[0]
    assert expected == said_alike(other.ask(path))
    assert NOT_FOUND == other.ask(path).content


@pytest.mark.parametrize("key", keys_of(Page) + keys_of(Stored))
def test_pages_are_sent_whole(server, key):
    """Each server sends the bytes of the page, and their number to who asks by HEAD."""
    answer, head = server.ask(key), server.ask(key, method="HEAD")

    assert (200, 200) == (answer.status_code, head.status_code)
    if key != PICTURE:
        assert WHAT_IS_SAID[key].data == answer.content
    assert b"" == head.content
    assert str(len(answer.content)) == head.headers["content-length"]


@pytest.mark.parametrize("encoding", ["br", "gzip"])
@pytest.mark.parametrize("key", [LIVE, "/about", "/feeds/home.rss", "/feeds/home.json"])
def test_what_was_compressed_while_publishing_is_sent(server, key, encoding):
    """A reader who takes an encoding gets it, and keepers are told that there are several."""
    answer = server.ask(key, accept_encoding=encoding)

    assert encoding == answer.headers["content-encoding"]
    assert "accept-encoding" in answer.headers["vary"].lower()
    assert WHAT_IS_SAID[key].data == answer.content


@pytest.mark.parametrize("encoding", ["identity", "gzip", "br"])
def test_a_page_is_confirmed(server, encoding):
    """Whoever has a page already is told so, in each encoding by a tag of its own."""
    first = server.ask(LIVE, accept_encoding=encoding)

    again = server.ask(LIVE, accept_encoding=encoding, if_none_match=first.headers["etag"])

    assert (304, b"") == (again.status_code, again.content)
    assert first.headers["cache-control"] == again.headers["cache-control"]


def test_each_encoding_has_a_tag_of_its_own(server):
    """Three encodings are three representations: a keeper must not confirm one by another."""
    tags = {
        server.ask(LIVE, accept_encoding=each).headers["etag"]
        for each in ("identity", "gzip", "br")
    }

    assert 3 == len(tags)


@pytest.mark.parametrize("key", [key for key in keys_of(Moved) if not key.startswith("/api/")])
def test_a_move_keeps_its_query(ours, other, key):
    """Who comes by a link with a query is led on with it."""
    target = f"{ours.ask(key).request.url.raw_path.decode()}?utm_source=a%20b&c"

    expected = said_alike(ours.ask_as_written(target))

    assert 301 == expected[0]
    assert expected == said_alike(other.ask_as_written(target))


@pytest.mark.parametrize("said", ["{env.HOME}", "{http.vars.root}", "$document_root", "${uri}"])
@pytest.mark.parametrize(
    "target",
    [
        f"{OLD}?",
        f"{LIVE.rstrip('/')}?",
        "/api/oembed?url=https://paper.example/2026/11/22/%25D8",
        "/nothing",
    ],
)
def test_what_is_sent_is_no_part_of_the_configuration(server, target, said):
    """A reader's own braces and dollars come back as they were, and tell nothing of the server."""
    answer = server.ask_as_written(f"{target}{said}")

    location = answer.headers.get("location", "")
    assert "pytest" not in location  # as every path of the server's has
    if target.endswith("?"):
        assert unquote(location).endswith(f"/?{said}")


@pytest.mark.parametrize("key", keys_of(Gone))
@pytest.mark.parametrize("headers", [{}, {"range": "bytes=0-3"}, {"if_none_match": "*"}])
def test_tombstones_stand(server, key, headers):
    """A retracted story's notice is sent whole, whatever part of it was asked for."""
    answer = server.ask(key, **headers)

    assert (410, NOTICE) == (answer.status_code, answer.content)


@pytest.mark.parametrize(
    "path",
    [LIVE, RETRACTED, OLD, "/desk/"],
)
def test_the_slash_that_was_left_out_is_added(ours, other, path):
    """A page's address without its slash leads to the page, or to what stands in its place."""
    expected = said_alike(ours.ask(path.rstrip("/")))

    assert 301 == expected[0]
    assert expected == said_alike(other.ask(path.rstrip("/")))


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS", "PATCH"])
@pytest.mark.parametrize("path", [LIVE, PICTURE, "/feeds/home.json", "/nothing"])
def test_readers_write_nothing(ours, other, method, path):
    """Any method but GET and HEAD is refused, and which are taken is said."""
    answer = other.ask(path, method=method)

    assert (405, b"Read only.\n") == (answer.status_code, answer.content)
    assert ours.ask(path, method=method).headers["allow"] == answer.headers["allow"]
    assert "no-store" == answer.headers["cache-control"]


@pytest.mark.parametrize(
    "target",
    [
        "/2026/../../etc/passwd",
        "/%2e%2e/%2e%2e/etc/passwd",
        "/media/..%2f..%2f..%2fetc/passwd",
        "/assets/..%5c..%5cetc/passwd",
        "/../renditions/",
        "/%2e%2e/renditions/",
        "/%2ewriting/moves-changed",
        "/2026/11/20/wrong/index.html%2e410",
        "/2026/11/22/tram-line/index.html%00",
        "/%ff%fe/",
    ],
)
def test_nothing_private_is_served(server, target):
    """No spelling of a path leads out of the tree, or to how it is kept."""
    answer = server.ask_as_written(target)

    assert answer.status_code in (400, 404)
    assert NOTICE != answer.content


@pytest.mark.parametrize("target", ["/2026%2f11/22/tram-line/", "/%32026/11/22/%74ram-line/"])
def test_spellings_of_one_path_lead_there(ours, other, target):
    """What may be encoded, and needs not be, is the same address everywhere."""
    assert said_alike(ours.ask_as_written(target)) == said_alike(other.ask_as_written(target))


def test_a_part_of_a_picture_is_sent(other):
    """Other servers than ours send a part of a file: for pictures nobody needs it."""
    answer = other.ask(PICTURE, range="bytes=0-2")

    assert (206, b"\xff\xd8\xff") == (answer.status_code, answer.content)
    assert PICTURE.startswith(MEDIA)
    assert "max-age=86400" == answer.headers["cache-control"]


def test_a_server_says_that_it_is_well(ours, other):
    """Whoever watches the server asks one address of all three."""
    assert said_alike(ours.ask("/_health")) == said_alike(other.ask("/_health"))
    assert b"ok\n" == other.ask("/_health").content


@pytest.mark.parametrize("key", ["/2026/11/22/tram-line/", "/2026/11/22/خط-الترام/"])
@pytest.mark.parametrize("is_encoded", [True, False])
@pytest.mark.parametrize("more", ["", "?utm_source=a", "#comments", "?a=b#c"])
def test_a_link_leads_to_what_is_said_of_it(server, key, is_encoded, more):
    """What to show of a link is found by the link, however encoded, and whatever hangs on it."""
    url = server.ask(key).request.url
    link = f"https://paper.example{url.raw_path.decode()}{more}"
    link = quote(link, safe="") if is_encoded else link.replace("#", "%23")

    answer = server.ask_as_written(f"/api/oembed?url={link}&format=json")
    while answer.status_code == 302:
        answer = server.ask_as_written(answer.headers["location"])

    assert (200, SAID) == (answer.status_code, answer.content)
    assert "application/json" == answer.headers["content-type"]
    assert ["*"] == answer.headers.get_list("access-control-allow-origin")


@pytest.mark.parametrize(
    "query",
    ["", "?url=", "?url=https://paper.example/about/", "?url=https://paper.example/&format=xml"],
)
def test_what_cannot_be_shown_is_said_alike(ours, other, query):
    """No link, no story and another format are told in the same words."""
    expected, answer = (each.ask_as_written(f"/api/oembed{query}") for each in (ours, other))

    assert said_alike(expected) == said_alike(answer)
    assert expected.content == answer.content
