"""Says what the sandbox network answers, before it is sent (or spoiled by a fault)."""

from typing import Any, NamedTuple


class Reply(NamedTuple):
    """A status and a JSON body."""

    status: int
    body: dict[str, Any]


class Declined(Exception):  # names what happened, as all our errors do
    """The network will not do as asked."""

    def __init__(self, status: int, code: str, message: str) -> None:
        """Keep the HTTP status, the code for programs and the message for people."""
        super().__init__(message)
        self.status = status
        self.code = code

    def reply(self) -> Reply:
        """Return the answer that says so."""
        return Reply(self.status, {"error": {"code": self.code, "message": str(self)}})
