"""
Keeps the pages readers ask for in memory, and never longer than they are true.

Another process writes the tree, so each request looks at the file once (lstat): as long
as its time, size and inode are those read before, the bytes in memory are the file's.
An encoded sibling is sent only if it decodes to exactly the page beside it, checked when
the page is read: between the renames of a new version, nothing stale can be sent as new.
"""

import errno
import hashlib
import os
import stat
from collections import OrderedDict
from contextlib import suppress
from typing import NamedTuple

from broadsheet.projections.objects import ObjectKey
from broadsheet.surfaces.website.encodings import is_encoding_of
from broadsheet.surfaces.website.layout import NotAKey, State, path_of
from broadsheet.surfaces.website.media_types import media_type_of
from broadsheet.web.headers import SECURITY, Headers, keeping_of, opened_to_all
from broadsheet.web.negotiation import Encoding, encodings_wanted

_SUFFIXES = {Encoding.BROTLI: ".br", Encoding.GZIP: ".gz"}
# Bytes a page takes besides its bodies: headers, the path twice, the objects. Measured: 2 kB.
_OVERHEAD_BYTES = 2_000
# What opening says of a path with no file of ours: nothing, a file for a folder, a link, a socket.
_NOTHING_THERE = frozenset({errno.ENOENT, errno.ENOTDIR, errno.ELOOP, errno.ENXIO})
_ENTITY_TAG_DIGITS = 32  # of a SHA-256's 64: 128 bits


class Body(NamedTuple):
    """A page in one encoding, with the headers of every answer it can give."""

    entity_tag: str
    data: bytes
    headers: Headers
    head: Headers  # of an answer to HEAD
    unmodified: Headers  # of a 304


class Page(NamedTuple):
    """A page as last read from its file."""

    file: str
    modified_ns: int
    inode: int
    size_bytes: int
    bodies: dict[Encoding, Body]

    def body_for(self, accept_encoding: str | None) -> Body:
        """Return the body in the best encoding the reader takes and we have."""
        for encoding in encodings_wanted(accept_encoding):
            body = self.bodies.get(encoding)
            if body is not None:
                return body
        return self.bodies[Encoding.IDENTITY]


class Pages:
    """The pages of one tree, by request path; the ones asked for lately in memory."""

    def __init__(self, root: str, *, prefix: str, budget_bytes: int) -> None:
        """Read from the folder `root` what is asked for under `prefix` ("/" or "/desk/static/")."""
        self._root = root.rstrip("/")
        self._prefix = prefix
        self._budget_bytes = budget_bytes
        self.held_bytes = 0  # never above the budget
        self._held: OrderedDict[str, Page] = OrderedDict()

    def find(self, path: str) -> Page | None:
        """
        Return the page at a request path as its file is now; None if there is none.

        Raises:
            OSError: it is there, and cannot be read.

        """
        page = self._held.get(path)
        if page is None:
            return self._load(path)
        try:
            now = os.lstat(page.file)
        except OSError:
            self._forget(path)
            return self._load(path)
        if (
            now.st_mtime_ns != page.modified_ns
            or now.st_ino != page.inode
            or now.st_size != page.size_bytes
        ):
            self._forget(path)
            return self._load(path)
        self._held.move_to_end(path)
        return page

    def marker(self, path: str, state: State) -> bytes | None:
        """
        Return what the file of a state beside the page's own says; None if there is none.

        Raises:
            OSError: it is there, and cannot be read.

        """
        file = self._file_of(path)
        return None if file is None else _read(file + state.value)

    def _file_of(self, path: str) -> str | None:
        if not path.startswith(self._prefix):
            return None
        try:
            return f"{self._root}/{path_of(ObjectKey('/' + path[len(self._prefix) :]))}"
        except NotAKey:
            return None

    def _load(self, path: str) -> Page | None:
        file = self._file_of(path)
        page = None if file is None else _page_of(path, file)
        if page is not None:
            self._hold(path, page)
        return page

    def _hold(self, path: str, page: Page) -> None:
        if _cost_bytes(page) > self._budget_bytes:
            return
        self._held[path] = page
        self.held_bytes += _cost_bytes(page)
        while self.held_bytes > self._budget_bytes:
            self.held_bytes -= _cost_bytes(self._held.popitem(last=False)[1])

    def _forget(self, path: str) -> None:
        self.held_bytes -= _cost_bytes(self._held.pop(path))


def _cost_bytes(page: Page) -> int:
    return _OVERHEAD_BYTES + sum(len(body.data) for body in page.bodies.values())


def _page_of(path: str, file: str) -> Page | None:
    """Read a page and the siblings that are its encodings; None if there is no such file."""
    opened = _open(file)
    if opened is None:
        return None
    status, data = opened
    is_text = media_type_of(path).is_text
    encoded = {Encoding.IDENTITY: data}
    for encoding, suffix in _SUFFIXES.items() if is_text else ():
        with suppress(OSError):  # a sibling only saves bytes
            sibling = _read(file + suffix)
            if sibling is not None and is_encoding_of(data, sibling, suffix=suffix):
                encoded[encoding] = sibling
    digest = hashlib.sha256(data).hexdigest()[:_ENTITY_TAG_DIGITS]
    bodies = {
        encoding: _body(path, sent, encoding=encoding, digest=digest)
        for encoding, sent in encoded.items()
    }
    return Page(file, status.st_mtime_ns, status.st_ino, status.st_size, bodies)


def _body(path: str, data: bytes, *, encoding: Encoding, digest: str) -> Body:
    media_type = media_type_of(path)
    is_encoded = encoding is not Encoding.IDENTITY
    # Two encodings are two representations: a strong tag tells them apart (RFC 9110, 8.8.3.3).
    entity_tag = f'"{digest}-{encoding.value}"' if is_encoded else f'"{digest}"'
    unmodified = [("etag", entity_tag), keeping_of(path)]
    if media_type.is_text:
        unmodified.append(("vary", "accept-encoding"))
    unmodified += opened_to_all(path)
    headers = [("content-type", media_type.content_type), *unmodified, *SECURITY]
    if is_encoded:
        headers.append(("content-encoding", encoding.value))
    head = [*headers, ("content-length", str(len(data)))]
    return Body(entity_tag, data, headers, head, unmodified)


def _read(file: str) -> bytes | None:
    opened = _open(file)
    return None if opened is None else opened[1]


def _open(file: str) -> tuple[os.stat_result, bytes] | None:
    """Return a regular file's status and bytes, which belong together; None if there is none."""
    try:
        # Non-blocking: a pipe somebody put into the tree must not stop the newspaper.
        descriptor = os.open(file, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    except OSError as error:
        if error.errno in _NOTHING_THERE:
            return None
        raise
    status = os.fstat(descriptor)
    if not stat.S_ISREG(status.st_mode):
        os.close(descriptor)
        return None
    with os.fdopen(descriptor, "rb") as opened:
        return status, opened.read()
