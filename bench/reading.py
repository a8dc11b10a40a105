"""
Reads a paper from outside, over HTTP alone, until it shows what was published.

A process of its own, so that it takes no time of the publisher's: python -m bench.reading
PORT. It is told what to look for as a JSON object a line, answers "ready", and then at
which moment (time.monotonic, the same for all processes) each address showed it first.
"""

import json
import selectors
import socket
import sys
import time
from collections.abc import Mapping

PAUSE_S = 0.001  # between two looks at all addresses: what the reader itself costs is small
WITHIN_S = 60.0
OTHERWISE = ""  # what to look for where only a change can be seen


class Connection:
    """A kept connection that asks one address again and again."""

    def __init__(self, port: int, path: str) -> None:
        """Connect."""
        self.socket = socket.create_connection(("127.0.0.1", port))
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._request = f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n".encode()
        self._got = b""

    def ask(self) -> None:
        """Send the request."""
        self._got = b""
        self.socket.sendall(self._request)

    def answer(self) -> bytes | None:
        """Return the whole answer's body once it is there; b"" unless it is a 200."""
        self._got += self.socket.recv(1 << 20)
        head, end, body = self._got.partition(b"\r\n\r\n")
        if not end:
            return None
        lines = dict(line.lower().split(b": ", 1) for line in head.split(b"\r\n")[1:])
        if len(body) < int(lines.get(b"content-length", b"0")):
            return None
        return body if b" 200 " in head[:16] else b""

    def ask_and_wait(self) -> bytes:
        """Return the answer's body."""
        self.ask()
        while (body := self.answer()) is None:
            pass
        return body


def main() -> None:
    """Read what is asked for until it shows, as long as somebody asks."""
    port = int(sys.argv[1])
    for line in sys.stdin:
        print(json.dumps(_watch(port, json.loads(line))), flush=True)


def _watch(port: int, wanted: Mapping[str, str]) -> dict[str, float]:
    """Return when each address showed the text, or something else than at first."""
    connections = {path: Connection(port, path) for path in wanted}
    first = {path: connection.ask_and_wait() for path, connection in connections.items()}
    print("ready", flush=True)
    seen: dict[str, float] = {}
    deadline = time.monotonic() + WITHIN_S
    while len(seen) < len(wanted) and time.monotonic() < deadline:
        asked = {path: connections[path] for path in wanted if path not in seen}
        for path, (at, body) in _round(asked).items():
            sign = wanted[path].encode()
            if (sign in body and body) if sign else body != first[path]:
                seen[path] = at
        time.sleep(PAUSE_S)
    for connection in connections.values():
        connection.socket.close()
    return seen


def _round(asked: Mapping[str, Connection]) -> dict[str, tuple[float, bytes]]:
    """Ask all at once; return what each answered, and when the answer was there."""
    answers: dict[str, tuple[float, bytes]] = {}
    with selectors.DefaultSelector() as waiting:
        for path, connection in asked.items():
            connection.ask()
            waiting.register(connection.socket, selectors.EVENT_READ, path)
        while len(answers) < len(asked):
            for key, _ in waiting.select():
                body = asked[key.data].answer()
                if body is not None:
                    answers[key.data] = time.monotonic(), body
                    waiting.unregister(key.fileobj)
    return answers


if __name__ == "__main__":
    main()
