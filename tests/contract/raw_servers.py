"""Servers that are no servers: they listen, and then do what no network should."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import NamedTuple

DRIP_S = 0.05


class Heard(NamedTuple):
    """What came to a raw server."""

    base_url: str
    connections: list[str]
    received: list[bytes]


@contextmanager
def dripping() -> Iterator[Heard]:
    """Serve answers that begin well and come a byte at a time, without end."""
    with _listening(_drip) as heard:
        yield heard


@contextmanager
def silent() -> Iterator[Heard]:
    """Take connections, keep the first of what comes, and hang up without a word."""
    with _listening(_keep) as heard:
        yield heard


@contextmanager
def nobody() -> Iterator[str]:
    """Give an address where connections are refused, for as long as the block lasts."""
    with socket.socket() as bound:  # bound, so that nobody else gets the port; not listening
        bound.bind(("127.0.0.1", 0))
        yield f"http://127.0.0.1:{bound.getsockname()[1]}"


@contextmanager
def _listening(treat) -> Iterator[Heard]:
    over = threading.Event()
    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.settimeout(DRIP_S)
        heard = Heard(f"http://127.0.0.1:{listener.getsockname()[1]}", [], [])
        thread = threading.Thread(target=_accept, args=(listener, treat, heard, over))
        thread.start()
        try:
            yield heard
        finally:
            over.set()
            thread.join()


def _accept(listener, treat, heard: Heard, over: threading.Event) -> None:
    while not over.is_set():
        try:
            connection, peer = listener.accept()
        except TimeoutError:
            continue
        heard.connections.append(str(peer))
        with connection:
            connection.settimeout(DRIP_S)
            treat(connection, heard, over)


def _keep(connection: socket.socket, heard: Heard, over: threading.Event) -> None:
    while not over.is_set():
        try:
            piece = connection.recv(65_536)
        except TimeoutError:
            continue
        except OSError:
            return
        if piece:
            heard.received.append(piece)
        return


def _drip(connection: socket.socket, heard: Heard, over: threading.Event) -> None:
    try:
        heard.received.append(connection.recv(65_536))
        connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nX-Slow: ")
        while not over.wait(DRIP_S):
            connection.sendall(b"x")
    except OSError:  # the client has had enough
        return
