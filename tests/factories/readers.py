"""Asks the site server for pages without a socket: what RSGI hands an application, faked."""

import gzip
import hashlib
from pathlib import Path
from typing import NamedTuple

import brotli

from broadsheet.web.desk import Desk
from broadsheet.web.pages import Pages
from broadsheet.web.site import Site

PLENTY_BYTES = 10_000_000


class Answer(NamedTuple):
    """What a reader got."""

    status: int
    headers: dict[str, str]
    data: bytes

    @property
    def text(self) -> bytes:
        """Return the body, decoded as the answer says."""
        match self.headers.get("content-encoding"):
            case "br":
                return brotli.decompress(self.data)
            case "gzip":
                return gzip.decompress(self.data)
            case _:
                return self.data

    @property
    def is_what_its_tag_says(self) -> bool:
        """Return whether the decoded body's hash is the one in the entity tag."""
        digest = self.headers["etag"].strip('"').partition("-")[0]
        return hashlib.sha256(self.text).hexdigest().startswith(digest) and len(digest) >= 32


class Scope:
    """A request as RSGI describes it."""

    proto = "http"
    scheme = "http"
    authority = None
    client = "192.0.2.7:50000"

    def __init__(self, path: str, *, method: str, query_string: str, headers: dict[str, str]):
        self.path = path
        self.method = method
        self.query_string = query_string
        self.headers = headers


class Proto:
    """Keeps the answer instead of sending it."""

    answer: Answer

    def response_empty(self, status, headers):
        """Keep an answer without a body."""
        self.answer = Answer(status, dict(headers), b"")

    def response_bytes(self, status, headers, body):
        """Keep an answer."""
        self.answer = Answer(status, dict(headers), body)


class Reader:
    """A reader of the site in a folder."""

    def __init__(self, folder: Path, *, budget_bytes: int = PLENTY_BYTES) -> None:
        self.pages = Pages(str(folder), prefix="/", budget_bytes=budget_bytes)
        static = Pages(str(folder / "no-static"), prefix="/desk/static/", budget_bytes=budget_bytes)
        self._site = Site(self.pages, static=static, desk=Desk("http://127.0.0.1:9"))

    def get(self, path: str, *, method: str = "GET", query: str = "", **headers: str) -> Answer:
        """Return the answer; header names with underscores for hyphens."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        scope = Scope(path, method=method, query_string=query, headers=named)
        proto = Proto()
        coroutine = self._site.__rsgi__(scope, proto)
        try:
            coroutine.send(None)
        except StopIteration:
            return proto.answer
        raise AssertionError("a page is answered without waiting for anything")

    def sees(self, path: str) -> tuple[int, bytes]:
        """Return the status and what it says: the text, or where it leads."""
        answer = self.get(path)
        return answer.status, answer.headers.get("location", "").encode() or answer.text
