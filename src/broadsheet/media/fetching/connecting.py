"""
Connects to a host only after judging every address its name stands for, and to just those.

The name is looked up here, once for each connection, and the connection goes to an address
that was judged: a name that stands for something else a moment later (DNS rebinding) gains
nothing. Every step gets only the time the whole fetch has left.
"""

import ipaddress
import queue
import socket
import threading
from collections.abc import Callable, Iterable, Sequence

import httpcore

from broadsheet.media.fetching.public_addresses import IpAddress
from broadsheet.media.fetching.web_addresses import Refused, literal

Resolver = Callable[[str, int], Sequence[IpAddress]]
WhyNot = Callable[[IpAddress], str]  # why an address must not be reached, "" if it may

MOST_TRIED = 3  # addresses of one host


class TimeIsOver(Exception):  # names what happened, as all our errors do
    """The fetch has taken as long as it may."""


class Deadline:
    """When a fetch must be over."""

    def __init__(self, within_s: float, monotonic: Callable[[], float]) -> None:
        """Start now."""
        self._monotonic = monotonic
        self._ends_at = monotonic() + within_s

    def left_s(self) -> float:
        """
        Return the time that is left.

        Raises:
            TimeIsOver: none is.

        """
        left = self._ends_at - self._monotonic()
        if left <= 0:
            raise TimeIsOver
        return left


def by_the_system(host: str, port: int) -> Sequence[IpAddress]:
    """
    Return what the system's resolver says a name stands for.

    Raises:
        OSError: it knows no such name.

    """
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    numbers = dict.fromkeys(str(entry[4][0]).partition("%")[0] for entry in found)
    return [ipaddress.ip_address(number) for number in numbers]


class GuardedConnections(httpcore.NetworkBackend):
    """Connections for one fetch, each to an address that was judged."""

    def __init__(
        self,
        inner: httpcore.NetworkBackend,
        *,
        resolve: Resolver,
        why_not: WhyNot,
        deadline: Deadline,
    ) -> None:
        """Keep what makes connections, what judges addresses, and when to be done."""
        self._inner = inner
        self._resolve = resolve
        self._why_not = why_not
        self._deadline = deadline

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # noqa: ARG002  # httpcore's signature; ours is the fetch's
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.NetworkStream:
        """
        Connect to one of the host's addresses.

        Raises:
            Refused: one of them must not be reached; then none is.
            httpcore.ConnectError: none answers.

        """
        addresses = self._judged(host, port)
        for address in addresses[: MOST_TRIED - 1]:
            try:
                return self._to(address, port, local_address, socket_options)
            except (httpcore.ConnectError, httpcore.ConnectTimeout):
                continue
        return self._to(addresses[:MOST_TRIED][-1], port, local_address, socket_options)

    def connect_unix_socket(
        self,
        path: str,
        timeout: float | None = None,  # noqa: ARG002  # httpcore's signature
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,  # noqa: ARG002  # the same
    ) -> httpcore.NetworkStream:
        """
        Refuse: no page is behind a socket file.

        Raises:
            Refused: always.

        """
        message = f"{path} is a socket of this machine"
        raise Refused(message)

    def _judged(self, host: str, port: int) -> Sequence[IpAddress]:
        written = literal(host.strip("[]"))
        addresses = [written] if written is not None else self._looked_up(host, port)
        for address in addresses:
            why = self._why_not(address)
            if why:
                message = f"{host} leads to {address}: {why}"
                raise Refused(message)
        return addresses

    def _looked_up(self, host: str, port: int) -> Sequence[IpAddress]:
        """Look a name up in the time that is left; the system's resolver knows no limit."""
        answers: queue.SimpleQueue[Sequence[IpAddress] | OSError] = queue.SimpleQueue()

        def ask() -> None:
            try:
                answers.put(self._resolve(host, port))
            except (OSError, UnicodeError) as error:
                answers.put(OSError(str(error)))

        threading.Thread(target=ask, daemon=True).start()
        try:
            answer = answers.get(timeout=self._deadline.left_s())
        except queue.Empty:
            raise TimeIsOver from None
        if isinstance(answer, OSError) or not answer:
            message = f"there is no host {host}"
            raise httpcore.ConnectError(message)
        return answer

    def _to(
        self,
        address: IpAddress,
        port: int,
        local_address: str | None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None,
    ) -> httpcore.NetworkStream:
        stream = self._inner.connect_tcp(
            str(address),  # a number, so that nobody looks a name up again
            port,
            timeout=self._deadline.left_s(),
            local_address=local_address,
            socket_options=socket_options,
        )
        return _TimedStream(stream, deadline=self._deadline)


class _TimedStream(httpcore.NetworkStream):
    """A connection whose every step gets only the time that is left."""

    def __init__(self, inner: httpcore.NetworkStream, *, deadline: Deadline) -> None:
        self._inner = inner
        self._deadline = deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:  # noqa: ARG002  # httpcore's signature
        return self._inner.read(max_bytes, timeout=self._deadline.left_s())

    def write(self, buffer: bytes, timeout: float | None = None) -> None:  # noqa: ARG002  # as above
        self._inner.write(buffer, timeout=self._deadline.left_s())

    def start_tls(
        self,
        ssl_context: object,
        server_hostname: str | None = None,
        timeout: float | None = None,  # noqa: ARG002  # as above
    ) -> httpcore.NetworkStream:
        secured = self._inner.start_tls(
            ssl_context,  # type: ignore[arg-type]  # an SSLContext; named by httpcore alone
            server_hostname=server_hostname,
            timeout=self._deadline.left_s(),
        )
        return _TimedStream(secured, deadline=self._deadline)

    def close(self) -> None:
        self._inner.close()

    def get_extra_info(self, info: str) -> object:
        return self._inner.get_extra_info(info)
