"""nginx and Caddy hand /desk/ on, and say politely when nothing is there to take it."""

import pytest

from broadsheet.web.headers import SECURITY
from tests.integration.deploy.asking import Served
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
