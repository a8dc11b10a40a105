"""A fetch reaches what is public, by the addresses that were judged, and nothing inside."""

import gzip
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import ip_address
from typing import Any, NamedTuple

import httpcore
import pytest

from broadsheet.media.fetching import guarded
from broadsheet.media.fetching.connecting import GuardedConnections
from broadsheet.media.fetching.guarded import PUBLIC, Fetched, Fetcher, NotFetched, Policy
from broadsheet.media.fetching.public_addresses import IpAddress
from broadsheet.media.fetching.web_addresses import Refused
from tests.contract import raw_servers

OUTSIDE, INSIDE = ip_address("127.0.0.2"), ip_address("127.0.0.1")  # as these tests have it


class Asked(NamedTuple):
    """One request as a server got it."""

    server: str
    path: str
    headers: dict[str, str]


class Web(NamedTuple):
    """Two servers on one port: one that is outside, and one inside."""

    port: int
    asked: list[Asked]
    answers: dict[str, tuple[int, dict[str, str], bytes]]

    def names(self) -> set[str]:
        """Return which servers were reached."""
        return {asked.server for asked in self.asked}


@pytest.fixture
def web() -> Iterator[Web]:
    """Serve the same port at an address that is outside and at one that is inside."""
    asked: list[Asked] = []
    answers: dict[str, tuple[int, dict[str, str], bytes]] = {}

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(Asked(self.server.server_address[0], self.path, dict(self.headers)))
            status, headers, body = answers.get(self.path, (200, {}, b"hello"))
            self.send_response(status)
            for name, value in {"Content-Length": str(len(body)), **headers}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *args: Any) -> None:
            pass

    with ExitStack() as serving:
        port = _on_one_port(serving, Handler)
        yield Web(port, asked, answers)


def _on_one_port(serving: ExitStack, handler: Any) -> int:
    """Serve at both addresses; a port that is free at one may be taken at the other."""
    for _ in range(20):
        with ExitStack() as trying:
            port = trying.enter_context(_serving(handler, str(OUTSIDE), 0))
            try:
                trying.enter_context(_serving(handler, str(INSIDE), port))
            except OSError:
                continue
            serving.push(trying.pop_all())
            return port
    message = "no port is free at both addresses"
    raise OSError(message)


@contextmanager
def _serving(handler: Any, host: str, port: int) -> Iterator[int]:
    server = ThreadingHTTPServer((host, port), handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    try:
        yield server.server_address[1]
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def only_outside(address: IpAddress) -> str:
    """Judge addresses as these tests have it."""
    return "" if address == OUTSIDE else "inside"


def a_policy(port: int, **changes: Any) -> Policy:
    """Return the usual policy, for a web of ours."""
    usual = {"why_not": only_outside, "ports": frozenset({port})}
    return PUBLIC._replace(**(usual | changes))


def answering(*answers: Sequence[IpAddress]) -> Any:
    """Return a resolver that answers these in turn, and the last for ever."""
    left = list(answers)

    def resolve(host: str, port: int) -> Sequence[IpAddress]:
        return left.pop(0) if len(left) > 1 else left[0]

    return resolve


def fetched(web: Web, path: str = "/", *, resolve: Any = None, **changes: Any) -> Fetched:
    """Fetch a path of a host that is outside, unless told otherwise."""
    fetcher = Fetcher(a_policy(web.port, **changes), resolve=resolve or answering([OUTSIDE]))
    return fetcher.fetch(f"http://page.example:{web.port}{path}", accept="application/json")


def test_a_page_outside_is_fetched(web: Web):
    """The answer of a public page comes whole, with its media type."""
    web.answers["/a"] = (200, {"Content-Type": "application/json; charset=utf-8"}, b'{"a": 1}')

    answer = fetched(web, "/a")

    assert (200, "application/json", b'{"a": 1}') == answer[1:]
    assert {str(OUTSIDE)} == web.names()


def test_a_fetch_says_who_we_are_and_nothing_more(web: Web):
    """A request has our name and no cookie, credential or referrer, also after being sent on."""
    web.answers["/a"] = (302, {"Location": "/b", "Set-Cookie": "a=b"}, b"")

    fetched(web, "/a")

    assert ["/a", "/b"] == [asked.path for asked in web.asked]
    for asked in web.asked:
        assert {"Host", "User-Agent", "Accept", "Accept-Encoding", "Connection"} == set(
            asked.headers
        )
        assert asked.headers["User-Agent"].startswith("Broadsheet/")
        assert f"page.example:{web.port}" == asked.headers["Host"]


@pytest.mark.parametrize("host", ["127.0.0.1", "[::1]", "169.254.169.254", "[::ffff:127.0.0.1]"])
def test_an_address_inside_is_not_connected_to(web: Web, host: str):
    """By the policy the paper has, an address written as a number inside is refused."""
    policy = PUBLIC._replace(ports=frozenset({web.port}))

    with pytest.raises(Refused):
        Fetcher(policy).fetch(f"http://{host}:{web.port}/", accept="*/*")
    assert [] == web.asked


def test_a_name_that_leads_inside_is_not_connected_to(web: Web):
    """A public name that stands for an address inside is refused; nobody is asked."""
    with pytest.raises(Refused, match="inside"):
        fetched(web, resolve=answering([INSIDE]))
    assert [] == web.asked


def test_one_address_inside_is_one_too_many(web: Web):
    """A name that stands for a public address and one inside is refused altogether."""
    with pytest.raises(Refused, match="inside"):
        fetched(web, resolve=answering([OUTSIDE, INSIDE]))
    assert [] == web.asked


def test_a_name_that_changes_its_mind_gains_nothing(web: Web):
    """The connection goes to the address that was judged, whatever the name stands for next."""
    resolve = answering([OUTSIDE], [INSIDE])

    fetched(web, resolve=resolve)

    assert {str(OUTSIDE)} == web.names()
    with pytest.raises(Refused):
        fetched(web, resolve=resolve)
    assert {str(OUTSIDE)} == web.names()


def test_a_guard_that_judges_the_name_alone_is_found(web: Web, monkeypatch: pytest.MonkeyPatch):
    """The broken twin: judged once and looked up again to connect, a name leads inside."""
    resolve = answering([OUTSIDE], [INSIDE])

    class LooksTwice(GuardedConnections):
        def connect_tcp(
            self, host: str, port: int, *args: Any, **options: Any
        ) -> httpcore.NetworkStream:
            self._judged(host, port)
            return self._inner.connect_tcp(str(resolve(host, port)[0]), port, timeout=5)

    monkeypatch.setattr(guarded, "GuardedConnections", LooksTwice)
    fetched(web, resolve=resolve)

    assert {str(INSIDE)} == web.names()


def test_being_sent_inside_is_refused(web: Web):
    """Each address we are sent on to is judged anew, by number and by name."""
    web.answers["/number"] = (302, {"Location": f"http://{INSIDE}:{web.port}/"}, b"")
    web.answers["/name"] = (302, {"Location": f"http://inside.example:{web.port}/"}, b"")

    def resolve(host: str, port: int) -> Sequence[IpAddress]:
        return [INSIDE] if host == "inside.example" else [OUTSIDE]

    for path in ("/number", "/name"):
        with pytest.raises(Refused, match="inside"):
            fetched(web, path, resolve=resolve)
    assert {str(OUTSIDE)} == web.names()


def test_a_guard_that_follows_unasked_is_found(web: Web):
    """The broken twin: a policy that judges nothing is led inside by the same answer."""
    web.answers["/number"] = (302, {"Location": f"http://{INSIDE}:{web.port}/"}, b"")

    fetched(web, "/number", why_not=lambda _: "")

    assert {str(OUTSIDE), str(INSIDE)} == web.names()


@pytest.mark.parametrize(
    "location",
    [
        "file:///etc/passwd",
        "gopher://page.example/",
        "http://page.example:22/",
        "//localhost/",
        "http://[",
        "//[::1]]/",
        "http://a:b@page.example/",
    ],
)
def test_being_sent_elsewhere_is_refused(web: Web, location: str):
    """No answer sends us to another scheme, port, name inside or with a password."""
    web.answers["/a"] = (307, {"Location": location}, b"")

    with pytest.raises(Refused):
        fetched(web, "/a")
    assert 1 == len(web.asked)


def test_being_sent_in_circles_ends(web: Web):
    """After a few times sent on we stop."""
    web.answers["/a"] = (301, {"Location": "/a"}, b"")

    with pytest.raises(Refused, match="more than 3 times"):
        fetched(web, "/a")
    assert 4 == len(web.asked)


def test_an_answer_without_end_is_cut_off(web: Web):
    """More bytes than may be are not read."""
    web.answers["/a"] = (200, {}, b"x" * 200_000)

    with pytest.raises(NotFetched, match="larger than 100000 bytes"):
        fetched(web, "/a", most_bytes=100_000)


def test_a_packed_answer_is_unpacked(web: Web):
    """What comes packed is unpacked."""
    web.answers["/a"] = (200, {"Content-Encoding": "gzip"}, gzip.compress(b"hello" * 100))

    assert b"hello" * 100 == fetched(web, "/a").body


def test_a_bomb_is_not_unpacked(web: Web):
    """A small answer that unpacks to a large one is cut off at the same number of bytes."""
    bomb = gzip.compress(b"\0" * 50_000_000)
    assert len(bomb) < 100_000
    web.answers["/a"] = (200, {"Content-Encoding": "gzip"}, bomb)

    with pytest.raises(NotFetched, match="larger than 100000 bytes"):
        fetched(web, "/a", most_bytes=100_000)


@pytest.mark.parametrize("packing", ["br", "zstd", "gzip, gzip", "gzip"])
def test_other_packings_are_not_read(web: Web, packing: str):
    """What we did not ask for, or is not what it says, is no answer."""
    web.answers["/a"] = (200, {"Content-Encoding": packing}, b"not packed at all")

    with pytest.raises(NotFetched):
        fetched(web, "/a")


def test_an_answer_that_drips_is_given_up(web: Web):
    """The time is for the whole fetch: a byte now and then does not stretch it."""
    with raw_servers.dripping() as heard:
        port = int(heard.base_url.rpartition(":")[2])
        policy = a_policy(port, within_s=0.5, why_not=lambda _: "")
        began = time.monotonic()
        with pytest.raises(NotFetched, match="within"):
            Fetcher(policy, resolve=answering([INSIDE])).fetch(
                f"http://page.example:{port}/", accept="*/*"
            )

    assert time.monotonic() - began < 5


def test_a_resolver_that_hangs_is_given_up(web: Web):
    """A name that is looked up for ever ends in time, too."""
    over = threading.Event()

    def resolve(host: str, port: int) -> Sequence[IpAddress]:
        over.wait(20)
        return [OUTSIDE]

    with pytest.raises(NotFetched, match="within"):
        fetched(web, resolve=resolve, within_s=0.3)
    over.set()


def test_who_is_not_there_is_told(web: Web):
    """A name nobody knows, and a port nobody listens at, are not fetched, in words."""

    def unknown(host: str, port: int) -> Sequence[IpAddress]:
        message = "Name or service not known"
        raise OSError(message)

    with pytest.raises(NotFetched, match=r"no host page\.example"):
        fetched(web, resolve=unknown)
    with pytest.raises(NotFetched), raw_servers.nobody() as base_url:
        port = int(base_url.rpartition(":")[2])
        policy = PUBLIC._replace(why_not=lambda _: "", ports=frozenset({port}))
        Fetcher(policy).fetch(f"{base_url}/", accept="*/*")


def test_a_page_that_is_not_encrypted_is_no_way_on_from_one_that_is():
    """From https nobody sends us on to http."""
    fetcher = Fetcher()

    with pytest.raises(Refused, match="not encrypted"):
        fetcher._next(guarded.httpx.URL("https://page.example/"), "http://page.example/")


def test_environment_proxies_are_not_used(web: Web, monkeypatch: pytest.MonkeyPatch):
    """What the environment says of proxies leads no fetch elsewhere."""
    monkeypatch.setenv("HTTP_PROXY", f"http://{INSIDE}:{web.port}")
    monkeypatch.setenv("http_proxy", f"http://{INSIDE}:{web.port}")

    fetched(web)

    assert {str(OUTSIDE)} == web.names()
