"""
Speaks the sandbox network's HTTP API for one account.

Gives back what came over the wire, unjudged; surface.py says what it means.
"""

from collections.abc import Callable
from typing import NamedTuple
from urllib.parse import quote

import httpx

from broadsheet.reconciler.outcomes import NotSent, Unknown
from broadsheet.surfaces.sending import Answer, Sender

Received = Answer | NotSent | Unknown


class Call(NamedTuple):
    """The time one call has, and what to ask before its first byte leaves."""

    within_s: float
    before_bytes_leave: Callable[[], None]


class SandboxClient:
    """One account's door to the sandbox network."""

    def __init__(self, base_url: str, *, account: str, token: str, sender: Sender) -> None:
        """Keep where the network is and who we are there."""
        self._account_url = f"{base_url.rstrip('/')}/api/{quote(account, safe='')}"
        self._token = token
        self._sender = sender

    def create(self, payload: bytes, *, key: str, call: Call) -> Received:
        """Ask for a post; the key dedupes where the account has class B."""
        return self._write("POST", "/posts", payload, call=call, headers={"Idempotency-Key": key})

    def create_record(self, payload: bytes, *, record: str, call: Call) -> Received:
        """Put a record under our own id, unless it is there with other words (class A)."""
        path = f"/records/{_segment(record)}"
        return self._write("PUT", path, payload, call=call, headers={"If-None-Match": "*"})

    def edit_record(self, payload: bytes, *, record: str, call: Call) -> Received:
        """Put other words under a record that is there (class A)."""
        path = f"/records/{_segment(record)}"
        return self._write("PUT", path, payload, call=call, headers={"If-Match": "*"})

    def prepare(self, payload: bytes, *, call: Call) -> Received:
        """Make a container (class C)."""
        return self._write("POST", "/containers", payload, call=call, headers={})

    def publish(self, container: str, *, call: Call) -> Received:
        """Publish a container (class C)."""
        path = f"/containers/{_segment(container)}/publish"
        return self._write("POST", path, b"", call=call, headers={})

    def edit(self, post: str, payload: bytes, *, call: Call) -> Received:
        """Give a post other words."""
        return self._write("PATCH", f"/posts/{_segment(post)}", payload, call=call, headers={})

    def withdraw(self, post: str, *, call: Call) -> Received:
        """Remove a post."""
        return self._write("DELETE", f"/posts/{_segment(post)}", b"", call=call, headers={})

    def read_record(self, record: str, *, call: Call) -> Received:
        """Read one record by our own id (class A)."""
        return self._read(f"/records/{_segment(record)}", call=call)

    def read_page(self, cursor: str, *, call: Call) -> Received:
        """Read one page of our posts, newest first; the cursor "" is the first page."""
        return self._read(f"/posts?cursor={_segment(cursor)}" if cursor else "/posts", call=call)

    def _write(
        self, method: str, path: str, body: bytes, *, call: Call, headers: dict[str, str]
    ) -> Received:
        request = httpx.Request(
            method,
            self._account_url + path,
            headers={
                "Authorization": f"Bearer {self._token}",
                "Content-Type": "application/json",
                **headers,
            },
            content=body,
        )
        return self._send(request, call=call)

    def _read(self, path: str, *, call: Call) -> Received:
        request = httpx.Request(
            "GET",
            self._account_url + path,
            headers={"Authorization": f"Bearer {self._token}"},
        )
        return self._send(request, call=call)

    def _send(self, request: httpx.Request, *, call: Call) -> Received:
        return self._sender.send(
            request, within_s=call.within_s, before_bytes_leave=call.before_bytes_leave
        )


def _segment(value: str) -> str:
    """Return an id as one segment of a path, whatever characters it holds."""
    return quote(value, safe="")
