"""
Answers readers: pages, moved addresses, tombstones, and 404 for everything else.

An RSGI application. It knows a folder and nothing more: no database, no framework, so
that the newspaper outlives its newsroom; searches alone it has answered by the desk's
process. Each answer is made of values prepared when the file was read; what is done for
every request is one look at the file and a few lookups.
"""

import asyncio
import ctypes
import signal
from urllib.parse import quote

from granian.rsgi import HTTPProtocol, Scope  # type: ignore[attr-defined]  # re-exported

from broadsheet.projections.objects import ObjectKey
from broadsheet.surfaces.website.layout import NotAKey, State, path_of
from broadsheet.surfaces.website.media_types import media_type_of
from broadsheet.web import oembed
from broadsheet.web.desk import Desk
from broadsheet.web.headers import (
    ASKED_EACH_TIME,
    DESK,
    NOTHING_KEPT,
    SEARCH,
    SECURITY,
    STATIC,
    Header,
    Headers,
    opened_to_all,
)
from broadsheet.web.maps import SAFE_IN_LOCATION
from broadsheet.web.negotiation import Encoding, is_known
from broadsheet.web.pages import Page, Pages
from broadsheet.web.queries import target_with

HEALTH = "/_health"
NOT_FOUND = "/404.html"
SEARCH_CLOSED = "/503.html"

_HTML = ("content-type", "text/html; charset=utf-8")
_JSON = ("content-type", "application/json")
_TEXT = ("content-type", "text/plain; charset=utf-8")
_PR_SET_PDEATHSIG = 1  # Source: prctl(2), Linux man-pages


class Site:
    """The newspaper as its readers reach it."""

    def __init__(self, pages: Pages, *, static: Pages, desk: Desk) -> None:
        """Serve `pages` to readers, `static` to the desk's browsers, and pass /desk/ on."""
        self._pages = pages
        self._static = static
        self._desk = desk

    def __rsgi_init__(self, _loop: asyncio.AbstractEventLoop) -> None:
        """Begin: Granian's worker must not outlive Granian, or it would keep the port."""
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)

    async def __rsgi__(self, scope: Scope, proto: HTTPProtocol) -> None:
        """Answer one request."""
        path = scope.path
        if path.startswith(DESK) and not path.startswith(STATIC):
            await self._desk.forward(scope, proto)
            return
        method = scope.method
        if method not in ("GET", "HEAD"):
            _say(proto, method, 405, (NOTHING_KEPT, ("allow", "GET, HEAD")), "Read only.\n")
            return
        try:
            said = oembed.answer(path, scope.query_string, self._pages)
            if said is not None:
                kept = (ASKED_EACH_TIME, *opened_to_all(path), *SECURITY)
                _give(proto, method, said.status, [_JSON, *kept], said.data)
                return
            if path == SEARCH:
                await self._search(scope, proto)
                return
            page = (self._static if path.startswith(STATIC) else self._pages).find(path)
            if page is None:
                self._answer_without_page(scope, proto)
                return
        except OSError as error:
            _say(proto, method, 503, (NOTHING_KEPT,), f"Cannot be read: {error.strerror}.\n")
            return
        _send(scope, proto, page)

    async def _search(self, scope: Scope, proto: HTTPProtocol) -> None:
        """Answer a search with what the desk's process found; say so if nobody answers."""
        found = await self._desk.ask(scope)
        if found is not None:
            kept = (NOTHING_KEPT, *SECURITY)
            _give(proto, scope.method, found.status, [_HTML, *kept], found.data)
            return
        page = self._pages.find(SEARCH_CLOSED)
        data = page.bodies[Encoding.IDENTITY].data if page else b"Search cannot answer now.\n"
        later = ("retry-after", "5")
        _give(
            proto,
            scope.method,
            503,
            [_HTML if page else _TEXT, NOTHING_KEPT, later, *SECURITY],
            data,
        )

    def _answer_without_page(self, scope: Scope, proto: HTTPProtocol) -> None:
        """Answer what no page answers: a moved address, a tombstone, a slash left out, or 404."""
        path, method = scope.path, scope.method
        target = self._target_of(path)
        tombstone = None if target else self._pages.marker(path, State.GONE)
        if target:
            location = target_with(quote(target, safe=SAFE_IN_LOCATION), scope.query_string)
            kept = (ASKED_EACH_TIME, *opened_to_all(path), *SECURITY)
            proto.response_empty(301, [("location", location), *kept])
        elif tombstone is not None:
            kind = ("content-type", media_type_of(path).content_type)
            kept = (ASKED_EACH_TIME, *opened_to_all(path), *SECURITY)
            _give(proto, method, 410, [kind, *kept], tombstone)
        elif path == HEALTH:
            _say(proto, method, 200, (NOTHING_KEPT,), "ok\n")
        else:
            page = self._pages.find(NOT_FOUND)
            data = page.bodies[Encoding.IDENTITY].data if page else b"Not found.\n"
            kind = _HTML if page else _TEXT
            kept = (NOTHING_KEPT, *opened_to_all(path), *SECURITY)
            _give(proto, method, 404, [kind, *kept], data)

    def _target_of(self, path: str) -> str:
        """Return where a reader of this path should go instead; "" if nowhere."""
        moved = self._pages.marker(path, State.MOVED)
        if moved is not None:
            return _checked(moved)
        with_slash = f"{path}/"
        if with_slash in {DESK, SEARCH} or (
            path[-1:] != "/" and self._has_something_at(with_slash)
        ):
            return with_slash
        return ""

    def _has_something_at(self, path: str) -> bool:
        if self._pages.find(path) is not None:
            return True
        return any(
            self._pages.marker(path, state) is not None for state in (State.MOVED, State.GONE)
        )


def _send(scope: Scope, proto: HTTPProtocol, page: Page) -> None:
    headers = scope.headers
    body = page.body_for(headers.get("accept-encoding"))
    known = headers.get("if-none-match")
    if known is not None and is_known(known, entity_tag=body.entity_tag):
        proto.response_empty(304, body.unmodified)
    elif scope.method == "HEAD":
        proto.response_empty(200, body.head)
    else:
        proto.response_bytes(200, body.headers, body.data)


def _checked(moved: bytes) -> str:
    """Return a stored location if it is a path of this site: a damaged file redirects nobody."""
    try:
        location = moved.decode()
        path_of(ObjectKey(location))
    except (UnicodeDecodeError, NotAKey):
        return ""
    return location


def _say(
    proto: HTTPProtocol, method: str, status: int, more: tuple[Header, ...], text: str
) -> None:
    _give(proto, method, status, [_TEXT, *more, *SECURITY], text.encode())


def _give(proto: HTTPProtocol, method: str, status: int, headers: Headers, data: bytes) -> None:
    if method == "HEAD":
        proto.response_empty(status, [*headers, ("content-length", str(len(data)))])
    else:
        proto.response_bytes(status, headers, data)
