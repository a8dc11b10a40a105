"""Connections that follow a script against a clock of their own: no socket, no waiting."""

import ssl
from collections.abc import Callable

import httpcore
import httpx

from broadsheet.surfaces.sending import Sender

# Never used to check anything: making one takes longer than a test.
TLS = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)


class ScriptedClock:
    """A clock that moves only when told."""

    def __init__(self) -> None:
        """Begin at an hour that is nobody's zero."""
        self.now_s = 1_000.0

    def __call__(self) -> float:
        """Return the time."""
        return self.now_s

    def pass_(self, seconds: float, *, timeout: float | None, over: type[Exception]) -> None:
        """Let time pass, or as much of it as the caller waits."""
        if timeout is not None and seconds >= timeout:
            self.now_s += timeout
            raise over("the script is slower than the caller waits")
        self.now_s += seconds


class ScriptedStream(httpcore.NetworkStream):
    """A connection on which answers come piece by piece, each after some seconds."""

    def __init__(self, clock: ScriptedClock, *, pieces: list[tuple[float, bytes | Exception]]):
        """Keep the script."""
        self._clock = clock
        self._pieces = list(pieces)
        self.written = b""
        self.write_fails_after: int | None = None  # bytes

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        """Return the next piece when its time has come; nothing once the script is over."""
        if not self._pieces:
            return b""
        after_s, piece = self._pieces.pop(0)
        self._clock.pass_(after_s, timeout=timeout, over=httpcore.ReadTimeout)
        if isinstance(piece, Exception):
            raise piece
        return piece[:max_bytes]

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        """Take what comes, up to where the script fails."""
        self._clock.pass_(0.01, timeout=timeout, over=httpcore.WriteTimeout)
        self.written += buffer
        if self.write_fails_after is not None and len(self.written) > self.write_fails_after:
            raise httpcore.WriteError("reset")

    def close(self) -> None:
        """Be closed."""

    def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,
    ) -> httpcore.NetworkStream:
        """Be secured, in a tenth of a second."""
        self._clock.pass_(0.1, timeout=timeout, over=httpcore.ConnectTimeout)
        return self

    def get_extra_info(self, info: str) -> object:
        """Know nothing more."""
        return None


class ScriptedConnections(httpcore.NetworkBackend):
    """Connections that stand after some seconds, or fail."""

    def __init__(self, stream: ScriptedStream, clock: ScriptedClock) -> None:
        """Keep the one connection there will be."""
        self._stream = stream
        self._clock = clock
        self.connects_after_s = 0.01
        self.connect_fails: Exception | None = None
        self.connected = 0

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: object = None,
    ) -> httpcore.NetworkStream:
        """Connect, as the script has it."""
        self._clock.pass_(self.connects_after_s, timeout=timeout, over=httpcore.ConnectTimeout)
        if self.connect_fails is not None:
            raise self.connect_fails
        self.connected += 1
        return self._stream


class Line:
    """A sender over one scripted connection, and what a test asks of it."""

    def __init__(self, *pieces: tuple[float, bytes | Exception]) -> None:
        """Lay the line."""
        self.clock = ScriptedClock()
        self.stream = ScriptedStream(self.clock, pieces=list(pieces))
        self.connections = ScriptedConnections(self.stream, self.clock)
        self.sender = Sender(
            connections=self.connections,
            tls=TLS,
            monotonic=self.clock,
        )

    def send(
        self,
        *,
        within_s: float = 5.0,
        before_bytes_leave: Callable[[], None] = lambda: None,
        body: bytes = b"{}",
        url: str = "http://network.example/posts",
    ):
        """Send a request down the line."""
        request = httpx.Request("POST", url, content=body)
        return self.sender.send(request, within_s=within_s, before_bytes_leave=before_bytes_leave)


def an_answer(body: bytes = b"{}", *, status: str = "200 OK", length: int | None = None) -> bytes:
    """Return an HTTP answer as bytes; a wrong length is a test's to give."""
    size = len(body) if length is None else length
    head = f"HTTP/1.1 {status}\r\nContent-Type: application/json\r\nContent-Length: {size}\r\n\r\n"
    return head.encode() + body
