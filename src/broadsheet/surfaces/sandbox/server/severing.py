"""
Ends a connection without a byte of answer, as a machine that dies would.

No web server offers that: whatever an application does, some answer is made of it. So the
socket is found among this process's own by who is at its other end, and shut down.
"""

import os
import socket
from pathlib import Path

from starlette.types import Receive, Scope, Send


class Severed:
    """An answer that never comes: the connection is closed instead."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:  # noqa: ARG002  # ASGI's signature
        """Close the connection this request came over."""
        host, port = scope["client"]
        for socket_here in _sockets():
            with socket_here:
                if _other_end(socket_here) == (host, int(port)):
                    socket_here.shutdown(socket.SHUT_RDWR)
                    return


def _sockets() -> list[socket.socket]:
    """Return a second handle on every socket of this process."""
    found = []
    for file in Path("/dev/fd").iterdir():
        try:
            handle = os.dup(int(file.name))
        except OSError:  # the handle the folder itself was read by
            continue
        try:
            found.append(socket.socket(fileno=handle))
        except OSError:  # a file, a pipe
            os.close(handle)
    return found


def _other_end(here: socket.socket) -> tuple[str, int] | None:
    try:
        host, port = here.getpeername()[:2]
    except (OSError, ValueError):  # listening, or not of the internet
        return None
    return str(host), int(port)
