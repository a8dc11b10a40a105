"""
Fetches one address that somebody gave us, without letting it lead us inside our own network.

Everything is bounded: where to (public addresses, the web's two ports), how often sent on,
how long it may take altogether, how much it may say, packed or unpacked. It carries no
cookie, no credential and no referrer, and follows no setting of the environment's proxies.
"""

import ssl
import time
import zlib
from collections.abc import Callable, Iterable, Mapping
from importlib import metadata
from typing import NamedTuple
from urllib.parse import urlencode, urljoin

import httpcore
import httpx

from broadsheet.media.fetching.connecting import (
    Deadline,
    GuardedConnections,
    Resolver,
    TimeIsOver,
    WhyNot,
    by_the_system,
)
from broadsheet.media.fetching.public_addresses import why_not_public
from broadsheet.media.fetching.web_addresses import SCHEMES, Refused, read

USER_AGENT = f"Broadsheet/{metadata.version('broadsheet')} (fetches what an editor links to)"

_SENT_ON = frozenset({301, 302, 303, 307, 308})
_GZIP_OR_ZLIB = 32 + zlib.MAX_WBITS
_PLAIN = {"", "identity"}
_PACKED = {"gzip", "x-gzip", "deflate"}


class Policy(NamedTuple):
    """What a fetch may do."""

    why_not: WhyNot  # judges every address before it is connected to
    ports: frozenset[int]
    redirects: int
    within_s: float
    most_bytes: int  # as they come, and unpacked


PUBLIC = Policy(
    why_not=why_not_public,
    ports=frozenset(SCHEMES.values()),
    redirects=3,
    within_s=8.0,
    most_bytes=512 * 1024,
)


class Fetched(NamedTuple):
    """What came of a fetch: the answer of the last address, whatever its status."""

    url: str
    status: int
    media_type: str  # "application/json"; "" if it says none
    body: bytes


class _Question(NamedTuple):
    """One request."""

    method: str
    url: httpx.URL
    headers: Mapping[str, str]
    content: bytes = b""


class NotFetched(Exception):  # names what happened, as all our errors do
    """Nobody answered in time, or not in a way we read."""


class Fetcher:
    """Fetches by one policy."""

    def __init__(
        self,
        policy: Policy = PUBLIC,
        *,
        resolve: Resolver = by_the_system,
        connections: httpcore.NetworkBackend | None = None,
        tls: ssl.SSLContext | None = None,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        """Keep the policy, and what names, connections and certificates are checked by."""
        self._policy = policy
        self._resolve = resolve
        self._connections = connections or httpcore.SyncBackend()
        self._tls = tls or httpx.create_ssl_context(trust_env=False)
        self._monotonic = monotonic

    def fetch(self, address: str, *, accept: str) -> Fetched:
        """
        Return what an address answers; accept is the media types we read.

        Raises:
            Refused: the address, or one it sends us on to, is not fetched.
            NotFetched: there was no whole answer.

        """
        deadline = Deadline(self._policy.within_s, self._monotonic)
        url = read(address, ports=self._policy.ports)
        for _ in range(self._policy.redirects + 1):
            answer = self._asked(_Question("GET", url, {"Accept": accept}), deadline)
            if isinstance(answer, Fetched):
                return answer
            url = self._next(url, answer)
        message = f"{address} sends us on more than {self._policy.redirects} times"
        raise Refused(message)

    def post(self, address: str, *, form: Mapping[str, str]) -> Fetched:
        """
        Send a form to an address and return what it answers; nothing is sent on elsewhere.

        Raises:
            Refused: nothing is sent to that address.
            NotFetched: there was no whole answer. The form may have arrived.

        """
        url = read(address, ports=self._policy.ports)
        content = urlencode(form).encode("ascii")
        headers = {"Content-Type": "application/x-www-form-urlencoded", "Accept": "*/*"}
        asked = _Question("POST", url, headers, content)
        answer = self._asked(asked, Deadline(self._policy.within_s, self._monotonic))
        if isinstance(answer, Fetched):
            return answer
        message = f"{url.host} sends us on to {answer[:200]}; name that address instead"
        raise Refused(message)

    def _asked(self, question: _Question, deadline: Deadline) -> Fetched | str:
        """Return the answer of one address, or where it sends us on to."""
        url = question.url
        connections = GuardedConnections(
            self._connections,
            resolve=self._resolve,
            why_not=self._policy.why_not,
            deadline=deadline,
        )
        # A pool of its own for each step: no connection serves two hosts, or two fetches.
        try:
            with (
                httpcore.ConnectionPool(
                    ssl_context=self._tls, network_backend=connections, retries=0, http2=False
                ) as pool,
                pool.stream(
                    question.method,
                    str(url),
                    headers=_headers(question),
                    content=question.content or None,
                ) as response,
            ):
                headers = httpx.Headers(response.headers)
                if response.status in _SENT_ON and headers.get("location"):
                    return str(headers["location"])
                body = self._whole_body(response.iter_stream(), headers)
        except (TimeIsOver, httpcore.TimeoutException) as late:
            message = f"{url.host} did not answer within {self._policy.within_s:g} seconds"
            raise NotFetched(message) from late
        except (*_FAILURES, UnicodeError) as error:
            message = f"{url.host}: {str(error) or type(error).__name__}"
            raise NotFetched(message) from error
        media_type = headers.get("content-type", "").partition(";")[0].strip().lower()
        return Fetched(str(url), response.status, media_type, body)

    def _next(self, url: httpx.URL, location: str) -> httpx.URL:
        try:
            target = urljoin(str(url), location)
        except ValueError as error:
            message = f"{url.host} sends us on to what is no web address: {error}"
            raise Refused(message) from error
        following = read(target, ports=self._policy.ports)
        if url.scheme == "https" and following.scheme != "https":
            message = f"{url.host} sends us on to an address that is not encrypted"
            raise Refused(message)
        return following

    def _whole_body(self, pieces: Iterable[bytes], headers: httpx.Headers) -> bytes:
        packing = headers.get("content-encoding", "").strip().lower()
        if packing not in _PLAIN | _PACKED:
            message = f"the answer is packed as {packing!r}, which we did not ask for"
            raise NotFetched(message)
        unpacker = zlib.decompressobj(_GZIP_OR_ZLIB) if packing in _PACKED else None
        most = self._policy.most_bytes
        received, body = 0, bytearray()
        for piece in pieces:
            received += len(piece)
            # One byte more than may be: that there is one shows that it is too much.
            body += unpacker.decompress(piece, most - len(body) + 1) if unpacker else piece
            if received > most or len(body) > most:
                message = f"the answer is larger than {most} bytes"
                raise NotFetched(message)
        return bytes(body)


_FAILURES = (
    httpcore.NetworkError,
    httpcore.ProtocolError,
    httpcore.UnsupportedProtocol,
    zlib.error,
)


def _headers(question: _Question) -> list[tuple[bytes, bytes]]:
    return [
        (b"Host", question.url.netloc),
        (b"User-Agent", USER_AGENT.encode("ascii")),
        *(
            (name.encode("ascii"), value.encode("ascii"))
            for name, value in question.headers.items()
        ),
        (b"Accept-Encoding", b"gzip"),
        (b"Connection", b"close"),
    ]
