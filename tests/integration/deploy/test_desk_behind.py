"""nginx and Caddy hand /desk/ and search on, and say so politely where nobody takes it."""

import pytest

from broadsheet.web.headers import SECURITY
from tests.integration.deploy.asking import Served, said_alike
from tests.integration.deploy.tree import SEARCH_CLOSED
from tests.integration.web.conftest import serving
from tests.servers.deployed import by_caddy, by_nginx


@pytest.fixture(params=[by_nginx, by_caddy], ids=["nginx", "caddy"])
def without_desk(request, paper, tmp_path):
    """Give each server in turn, over a folder of which nothing else is left."""
    with request.param(paper, folder=tmp_path / "server") as url:
        yield Served(url)


def test_the_desk_is_reached(other):
    """What an editor sends arrives, and the desk's own answer comes back with its own headers."""
    answer = other.ask_as_written("/desk/pages/?q=a%20b", method="POST")

    assert (200, b"POST /desk/pages/?q=a%20b 0") == (answer.status_code, answer.content)
    assert 2 == len(answer.headers.get_list("set-cookie"))
    assert [] == answer.headers.get_list("content-security-policy")
    assert [] == answer.headers.get_list("cache-control")


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_a_desk_that_is_down_is_said_to_be_down(without_desk, method):
    """Without a desk, editors are told so in words, kept by nobody, with the paper's own rights."""
    answer = without_desk.ask("/desk/login/", method=method)

    assert 502 == answer.status_code
    assert "look before you send it again" in answer.text
    assert ("no-store", "5") == (answer.headers["cache-control"], answer.headers["retry-after"])
    assert "text/html; charset=utf-8" == answer.headers["content-type"]
    assert [[value] for _, value in SECURITY] == [
        answer.headers.get_list(name) for name, _ in SECURITY
    ]


def test_readers_notice_nothing(without_desk):
    """Without a desk the paper is served."""
    assert 200 == without_desk.ask("/").status_code


def test_search_is_reached(other, desk):
    """What a reader looks for arrives as typed, without cookies; the answer's own headers come."""
    answer = other.ask_as_written("/search/?q=a%20b&page=2", cookie="sessionid=an-editor")

    assert (200, b"GET /search/?q=a%20b&page=2 0") == (answer.status_code, answer.content)
    assert "cookie" not in desk.received[-1].headers
    assert [] == answer.headers.get_list("cache-control")


@pytest.mark.parametrize("path", ["/search", "/search?q=a%20b"])
def test_the_slash_search_was_left_without_is_added(ours, other, path):
    """The address with its slash answers, whatever was looked for."""
    expected = said_alike(ours.ask_as_written(path))

    assert 301 == expected[0]
    assert expected == said_alike(other.ask_as_written(path))


def test_nobody_writes_to_search(ours, other):
    """Search is read like the rest of the paper."""
    assert said_alike(ours.ask("/search/", method="POST")) == said_alike(
        other.ask("/search/", method="POST")
    )


@pytest.mark.parametrize("encoding", ["identity", "gzip"])
def test_a_search_that_cannot_answer_says_so(without_desk, paper, tmp_path, encoding):
    """With nothing of Broadsheet left, readers get the paper's own page for that, as ours says."""
    (tmp_path / "ours").mkdir()
    with serving(tmp_path / "ours", desk="http://127.0.0.1:9") as ours:
        ours.tree.rmdir()
        ours.tree.symlink_to(paper / "site")
        expected = Served(ours.url).ask_as_written("/search/?q=tram")

    answer = without_desk.ask_as_written("/search/?q=tram", accept_encoding=encoding)

    assert 503 == answer.status_code
    assert said_alike(expected) == said_alike(answer)
    assert SEARCH_CLOSED == expected.content == answer.content
    assert expected.headers["retry-after"] == answer.headers["retry-after"]
