"""
Passes requests under /desk/ on to the desk's own process, and says so when it is not there.

Talks to the transport, not to a client: a client would keep one editor's cookies and
send them with another's request. What a client claims about who it is (X-Forwarded-*,
Forwarded) is dropped and said anew; only a proxy that the paper trusts is believed
about where a request came from.
"""

import ssl
from collections.abc import AsyncIterator, Collection
from typing import NamedTuple
from urllib.parse import quote

import httpx
from granian.rsgi import HTTPProtocol, Scope  # type: ignore[attr-defined]  # re-exported

from broadsheet.web.headers import NOTHING_KEPT, SECURITY, Headers
from broadsheet.web.queries import target_with

LARGEST_UPLOAD_BYTES = 64 * 1024 * 1024  # agency pictures reach 60 MB
_UNIX = "unix:"
# Seconds. Reading is long, since rendering a report may be.
_TIMEOUT = {"connect": 5.0, "read": 120.0, "write": 60.0, "pool": 30.0}
_TIMEOUT_OF_READERS = {"connect": 2.0, "read": 5.0, "write": 2.0, "pool": 2.0}
_LONGEST_TARGET = 8_000  # bytes; Granian takes more, and nobody types that
_UNSAFE_IN_PATH = "/:@!$&'()*+,;=-._~"

# Source: RFC 9110, 7.6.1; Expect is answered by our own server.
_HOP_BY_HOP = frozenset(
    {
        "connection",
        "expect",
        "keep-alive",
        "proxy-authenticate",
        "proxy-authorization",
        "proxy-connection",
        "te",
        "trailer",
        "transfer-encoding",
        "upgrade",
    }
)
_SAID_ANEW = frozenset({"forwarded", "x-real-ip", "x-script-name"})
_EMPTY_STATUSES = frozenset({204, 304})


class UploadTooLarge(Exception):  # names what happened, as all our errors do
    """A request's body is larger than the desk takes."""


class Answer(NamedTuple):
    """A page for readers."""

    status: int
    data: bytes


class Desk:
    """The desk's process, as the site server reaches it."""

    def __init__(self, address: str, *, proxies: Collection[str] = ()) -> None:
        """Reach it at "unix:/path/of/socket" or "http://host:port"; believe these proxies."""
        self._proxies = frozenset(proxies)
        is_socket = address.startswith(_UNIX)
        self._url = httpx.URL("http://desk" if is_socket else address)
        self._transport = httpx.AsyncHTTPTransport(
            # The desk speaks plain HTTP on this machine; an empty context trusts nobody.
            verify=ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT),
            uds=address.removeprefix(_UNIX) if is_socket else None,
            limits=httpx.Limits(
                max_connections=64, max_keepalive_connections=8, keepalive_expiry=5
            ),
        )

    async def forward(self, scope: Scope, proto: HTTPProtocol) -> None:
        """Answer a request with what the desk says to it."""
        if _is_too_large(scope) or not _is_plain(scope.path):
            refusal = 413 if _is_too_large(scope) else 404
            proto.response_bytes(refusal, _notice_headers(), _notice(_REFUSALS[refusal]))
            return
        try:
            response = await self._transport.handle_async_request(self._request(scope, proto))
            try:
                data = b"".join([chunk async for chunk in response.aiter_raw()])
            finally:
                await response.aclose()
        except UploadTooLarge:
            proto.response_bytes(413, _notice_headers(), _notice(_REFUSALS[413]))
        except (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout):
            proto.response_bytes(503, _notice_headers(), _notice(_DOWN))
        except httpx.TransportError:
            proto.response_bytes(502, _notice_headers(), _notice(_BROKEN_OFF))
        else:
            _answer(scope, proto, response, data)

    async def ask(self, scope: Scope) -> Answer | None:
        """Return what the desk's process says to a reader, None if it says nothing useful."""
        target = target_with(quote(scope.path, safe=_UNSAFE_IN_PATH), scope.query_string)
        if len(target) > _LONGEST_TARGET:
            target = scope.path
        host = scope.headers.get("host") or scope.authority or ""
        request = httpx.Request(
            "GET",
            self._url.copy_with(raw_path=target.encode("ascii")),
            # No cookie goes along: readers are nobody here, editors among them.
            headers=[
                ("host", host),
                ("x-forwarded-host", host),
                ("x-forwarded-proto", scope.scheme),
            ],
            extensions={"timeout": _TIMEOUT_OF_READERS},
        )
        try:
            response = await self._transport.handle_async_request(request)
            try:
                data = b"".join([chunk async for chunk in response.aiter_raw()])
            finally:
                await response.aclose()
        except (httpx.TransportError, UnicodeEncodeError):
            return None
        is_page = response.headers.get("content-type", "").startswith("text/html")
        is_ours = response.is_success or "retry-after" in response.headers
        return Answer(response.status_code, data) if is_page and is_ours else None

    async def close(self) -> None:
        """Close the connections."""
        await self._transport.aclose()

    def _request(self, scope: Scope, proto: HTTPProtocol) -> httpx.Request:
        target = target_with(quote(scope.path, safe=_UNSAFE_IN_PATH), scope.query_string)
        headers = _onward_headers(scope, self._proxies)
        has_body = any(name in {"content-length", "transfer-encoding"} for name in _names(scope))
        return httpx.Request(
            scope.method,
            self._url.copy_with(raw_path=target.encode("ascii")),
            headers=headers,
            content=_body_of(proto) if has_body else None,
            extensions={"timeout": _TIMEOUT},
        )


async def _body_of(proto: HTTPProtocol) -> AsyncIterator[bytes]:
    """
    Give the request's body as it arrives.

    Raises:
        UploadTooLarge: it goes on beyond what the desk takes.

    """
    received = 0
    async for chunk in proto:
        received += len(chunk)
        if received > LARGEST_UPLOAD_BYTES:
            raise UploadTooLarge
        yield bytes(chunk)


def _answer(scope: Scope, proto: HTTPProtocol, response: httpx.Response, data: bytes) -> None:
    headers = _without_hops(response.headers.multi_items())
    if scope.method == "HEAD" or response.status_code in _EMPTY_STATUSES:
        proto.response_empty(response.status_code, headers)
        return
    without_length = [header for header in headers if header[0] != "content-length"]
    proto.response_bytes(response.status_code, without_length, data)


def _onward_headers(scope: Scope, proxies: Collection[str] = ()) -> Headers:
    """Return the client's headers as the desk may believe them, and what we know of the client."""
    kept = [
        (name, value)
        for name, value in _without_hops(scope.headers.items())
        if name not in _SAID_ANEW and not name.startswith("x-forwarded-") and "_" not in name
    ]
    host = scope.headers.get("host") or scope.authority or ""
    said = [
        ("x-forwarded-for", _client(scope, proxies)),
        ("x-forwarded-host", host),
        ("x-forwarded-proto", scope.scheme),
    ]
    return [*kept, *said]


def _client(scope: Scope, proxies: Collection[str]) -> str:
    """Return where a request came from: who is connected, or who a trusted proxy says it was."""
    connected = scope.client.rpartition(":")[0].strip("[]")
    if connected not in proxies:
        return connected
    # A proxy adds what it saw at the end: to the client's own header, or as one more of them.
    headers = scope.headers.items()
    said = ",".join(value for name, value in headers if name.lower() == "x-forwarded-for")
    return said.rpartition(",")[2].strip() or connected


def _without_hops(headers: Headers) -> Headers:
    lowered = [(name.lower(), value) for name, value in headers]
    named = {
        option.strip().lower()
        for name, value in lowered
        if name == "connection"
        for option in value.split(",")
    }
    return [header for header in lowered if header[0] not in _HOP_BY_HOP | named]


def _names(scope: Scope) -> list[str]:
    return [name.lower() for name in scope.headers.keys()]  # noqa: SIM118  # not a mapping


def _is_too_large(scope: Scope) -> bool:
    length = scope.headers.get("content-length", "0")
    return not length.isascii() or not length.isdigit() or int(length) > LARGEST_UPLOAD_BYTES


def _is_plain(path: str) -> bool:
    """Return whether a path leads where it says: no dots, no empty names."""
    names = path[1:].split("/")
    return not any(name in {".", ".."} for name in names) and "" not in names[:-1]


def _notice_headers() -> Headers:
    return [
        ("content-type", "text/html; charset=utf-8"),
        NOTHING_KEPT,
        ("retry-after", "5"),
        *SECURITY,
    ]


def _notice(text: str) -> bytes:
    return (
        '<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>Desk</title></head>'
        f"<body><main><h1>Desk</h1><p>{text}</p></main></body></html>\n"
    ).encode()


_DOWN = (
    "The desk is not running. The newspaper itself goes on. "
    "Nothing you sent has been taken; try again in a moment."
)
_BROKEN_OFF = (
    "The desk broke off before it answered. The newspaper itself goes on. "
    "What you sent may or may not have been taken: look before you send it again."
)
_REFUSALS = {
    404: "There is nothing at this address.",
    413: f"This is more than the desk takes at once ({LARGEST_UPLOAD_BYTES // 2**20} MB).",
}
