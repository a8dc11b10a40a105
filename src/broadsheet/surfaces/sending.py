"""
Sends one HTTP request, and says truthfully what became of it. Used by every network's client.

Three answers: the network's own (Answer, whatever its status), NotSent if no byte left,
Unknown if bytes left and no whole answer came. Nothing is ever sent twice here, no redirect
is followed, and each request has a connection of its own: one left open from before may be
closed by the network just as we write, and then nobody could say whether it was read.

The time limit is on the whole exchange, not on each read: a server that sends a byte now and
then cannot stretch it. (Looking up a name is the one step the system does not let us bound;
it comes before any byte leaves, and whoever lost the lease meanwhile is told so then.)
"""

import ssl
import time
from collections.abc import Callable, Iterable
from typing import NamedTuple

import httpcore
import httpx

from broadsheet.reconciler.outcomes import NotSent, Unknown

ANSWER_LIMIT_BYTES = 1_048_576  # no network's answer to one request is near this
SLICE_BYTES = 4_096  # written at once, so that a slow reader meets the time limit too


class Answer(NamedTuple):
    """A whole HTTP answer. Whether it can be trusted is for the network's client to judge."""

    status: int
    headers: httpx.Headers
    body: bytes


class Sender:
    """Sends requests over connections of one kind."""

    def __init__(
        self,
        *,
        connections: httpcore.NetworkBackend,
        tls: ssl.SSLContext,
        monotonic: Callable[[], float],
    ) -> None:
        """Keep what connections are made with, and the clock limits are measured by."""
        self._connections = connections
        self._tls = tls
        self._monotonic = monotonic

    def send(
        self, request: httpx.Request, *, within_s: float, before_bytes_leave: Callable[[], None]
    ) -> Answer | NotSent | Unknown:
        """
        Send the request; return what is known of it once the time is over, or sooner.

        Raises:
            LeaseLost: from before_bytes_leave, which is called once, when the connection
                stands and nothing was written; nothing is sent then.

        """
        exchange = _Exchange(
            ends_at=self._monotonic() + within_s,
            monotonic=self._monotonic,
            before_bytes_leave=before_bytes_leave,
        )
        backend = _TimedConnections(self._connections, exchange=exchange)
        try:
            with httpcore.ConnectionPool(
                ssl_context=self._tls, network_backend=backend, retries=0, http2=False
            ) as pool:
                return _whole_answer(pool, request)
        except _FAILURES as error:
            reason = f"{request.method} {request.url.host}: {_worded(error)}"
            return Unknown(reason) if exchange.bytes_left else NotSent(reason)


def over_the_network() -> Sender:
    """Return a sender over real connections, certificates checked."""
    return Sender(
        connections=httpcore.SyncBackend(),
        tls=httpx.create_ssl_context(trust_env=False),
        monotonic=time.monotonic,
    )


class AnswerTooLarge(Exception):  # names what happened, as all our errors do
    """The answer is larger than any answer of a network."""


# Everything httpcore raises, and a host name the system's resolver cannot even encode.
_FAILURES = (
    httpcore.NetworkError,
    httpcore.TimeoutException,
    httpcore.ProtocolError,
    httpcore.UnsupportedProtocol,
    AnswerTooLarge,
    UnicodeError,
)


class _Exchange:
    """One request and its answer: when it must be over, and whether bytes have left."""

    def __init__(
        self,
        *,
        ends_at: float,
        monotonic: Callable[[], float],
        before_bytes_leave: Callable[[], None],
    ) -> None:
        self._ends_at = ends_at
        self._monotonic = monotonic
        self._before_bytes_leave = before_bytes_leave
        self.bytes_left = False

    def remaining_s(self, over: type[httpcore.TimeoutException]) -> float:
        remaining = self._ends_at - self._monotonic()
        if remaining <= 0:
            raise over("the time was over")
        return remaining

    def about_to_write(self) -> None:
        if self.bytes_left:
            return
        self._before_bytes_leave()
        self.remaining_s(httpcore.WriteTimeout)  # asking for the lease may have taken long
        self.bytes_left = True


class _TimedConnections(httpcore.NetworkBackend):
    """Connections that know the exchange they are made for."""

    def __init__(self, inner: httpcore.NetworkBackend, *, exchange: _Exchange) -> None:
        self._inner = inner
        self._exchange = exchange

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # noqa: ARG002  # httpcore's signature; ours is the exchange's
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.NetworkStream:
        stream = self._inner.connect_tcp(
            host,
            port,
            timeout=self._exchange.remaining_s(httpcore.ConnectTimeout),
            local_address=local_address,
            socket_options=socket_options,
        )
        return _TimedStream(stream, exchange=self._exchange)


class _TimedStream(httpcore.NetworkStream):
    """A connection whose every step gets only the time the exchange has left."""

    def __init__(self, inner: httpcore.NetworkStream, *, exchange: _Exchange) -> None:
        self._inner = inner
        self._exchange = exchange

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:  # noqa: ARG002  # as above
        return self._inner.read(max_bytes, timeout=self._exchange.remaining_s(httpcore.ReadTimeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:  # noqa: ARG002  # as above
        for start in range(0, len(buffer), SLICE_BYTES):
            self._exchange.about_to_write()
            self._inner.write(
                buffer[start : start + SLICE_BYTES],
                timeout=self._exchange.remaining_s(httpcore.WriteTimeout),
            )

    def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,  # noqa: ARG002  # as above
    ) -> httpcore.NetworkStream:
        secured = self._inner.start_tls(
            ssl_context,
            server_hostname=server_hostname,
            timeout=self._exchange.remaining_s(httpcore.ConnectTimeout),
        )
        return _TimedStream(secured, exchange=self._exchange)

    def close(self) -> None:
        self._inner.close()

    def get_extra_info(self, info: str) -> object:
        return self._inner.get_extra_info(info)


def _whole_answer(pool: httpcore.ConnectionPool, request: httpx.Request) -> Answer:
    # A packed body could unpack to any size; we ask for none, and judge one as untrustworthy.
    request.headers["Accept-Encoding"] = "identity"
    with pool.stream(
        request.method, str(request.url), headers=request.headers.raw, content=request.read()
    ) as response:
        body = b""
        for piece in response.iter_stream():
            body += piece
            if len(body) > ANSWER_LIMIT_BYTES:
                message = f"an answer of more than {ANSWER_LIMIT_BYTES} bytes"
                raise AnswerTooLarge(message)
        return Answer(response.status, httpx.Headers(response.headers), body)


def _worded(error: Exception) -> str:
    words = str(error)
    return f"{type(error).__name__}: {words}" if words else type(error).__name__
