"""Asks a server for everything a tree holds, and says where two servers differ."""

from collections.abc import Iterable
from typing import NamedTuple
from urllib.parse import quote

import httpx

from broadsheet.web.headers import SECURITY

# What says how long an answer may be kept, what it is, and what a browser may do with it.
ALIKE = (
    "content-type",
    "cache-control",
    "access-control-allow-origin",
    "location",
    "allow",
    *(name for name, _ in SECURITY),
)


class Served(NamedTuple):
    """A server, as its readers reach it."""

    url: str

    def ask(self, path: str, *, method: str = "GET", **headers: str) -> httpx.Response:
        """Ask for a key of the tree, with nothing but these headers."""
        return self.ask_as_written(quote(path), method=method, **headers)

    def ask_as_written(self, target: str, *, method: str = "GET", **headers: str) -> httpx.Response:
        """Ask for a target that stays as it is: httpx would resolve dots, and encode."""
        with self.reader() as reader:
            return _ask(reader, target, method=method, headers=headers)

    def reader(self) -> httpx.Client:
        """Return a client that sends nothing of its own."""
        reader = httpx.Client(base_url=self.url, trust_env=False, timeout=30)
        reader.headers.clear()
        return reader


def said_alike(answer: httpx.Response) -> tuple[int, dict[str, list[str]]]:
    """Return status, and the headers that are to be the same everywhere."""
    said = {name: answer.headers.get_list(name) for name in ALIKE}
    if answer.status_code == 301:  # nginx adds a few words for who cannot follow
        del said["content-type"]
    return answer.status_code, said


def differences(ours: Served, other: Served, keys: Iterable[str]) -> list[str]:
    """Return the keys that two servers answer with another status, header or body."""
    found = []
    with ours.reader() as one, other.reader() as two:
        for key in keys:
            mine, theirs = (_ask(each, quote(key), method="GET", headers={}) for each in (one, two))
            is_same_body = mine.status_code == 301 or mine.content == theirs.content
            if said_alike(mine) != said_alike(theirs) or not is_same_body:
                found.append(key)
    return found


def _ask(
    reader: httpx.Client, target: str, *, method: str, headers: dict[str, str]
) -> httpx.Response:
    sent = {name.replace("_", "-"): value for name, value in headers.items()}
    request = reader.build_request(method, "/", headers=sent)
    request.url = request.url.copy_with(raw_path=target.encode("ascii"))
    return reader.send(request)
