"""A mail server on loopback: takes mails as RFC 5321 says, keeps them, and can refuse."""

import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes
from email.message import Message
from email.policy import default


class Smtp(socketserver.ThreadingTCPServer):
    """The server; what it took lies in `mails`."""

    allow_reuse_address = True
    daemon_threads = True

    def __init__(self, *, refuses: bool = False) -> None:
        """Listen on a free port."""
        super().__init__(("127.0.0.1", 0), _Conversation)
        self.refuses = refuses
        self.mails: list[Message] = []
        self.arrived = threading.Event()

    @property
    def port(self) -> int:
        """Return where it listens."""
        return int(self.server_address[1])

    def text(self) -> str:
        """Return the newest mail's text, once one has come."""
        assert self.arrived.wait(10), "no mail came"
        return str(self.mails[-1].get_payload(decode=True), "utf-8")


class _Conversation(socketserver.StreamRequestHandler):
    server: Smtp

    def handle(self) -> None:
        """Speak SMTP until the client says QUIT."""
        self._say("220 loopback")
        for line in self.rfile:
            verb = line[:4].upper().strip()
            if verb == b"QUIT":
                self._say("221 bye")
                return
            if verb == b"DATA":
                self._take()
            elif verb == b"RCPT" and self.server.refuses:
                self._say("550 no such mailbox")
            else:
                self._say("250 ok")

    def _take(self) -> None:
        self._say("354 go on")
        lines = []
        for line in self.rfile:
            if line == b".\r\n":
                break
            lines.append(line.removeprefix(b".") if line.startswith(b"..") else line)
        self.server.mails.append(message_from_bytes(b"".join(lines), policy=default))
        self._say("250 taken")
        self.server.arrived.set()

    def _say(self, line: str) -> None:
        self.wfile.write(f"{line}\r\n".encode("ascii"))


@contextmanager
def smtp(*, refuses: bool = False) -> Iterator[Smtp]:
    """Give a mail server, and end it with the block."""
    with Smtp(refuses=refuses) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
        thread.start()
        try:
            yield server
        finally:
            server.shutdown()
            thread.join()
