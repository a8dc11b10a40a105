"""
Answers those who ask what to show of a link to a story: oEmbed 1.0, in JSON.

What is said of each story lies in a file like everything else; this finds the file by the
address that is asked about, and leaves out what has no room. Source: oembed.com, read
2026-11-28.
"""

from collections.abc import Mapping
from typing import Any, NamedTuple
from urllib.parse import SplitResult, parse_qs, unquote, urlsplit

import msgspec

from broadsheet.projections import partner_addresses
from broadsheet.projections.json_files import written
from broadsheet.story.ids import Address
from broadsheet.surfaces.website.layout import State
from broadsheet.web.negotiation import Encoding
from broadsheet.web.pages import Pages

ENDPOINT = partner_addresses.OEMBED
LONGEST_URL = 4_000  # characters; no address of ours has as many, and no browser asks for more
_THUMBNAIL = ("thumbnail_url", "thumbnail_width", "thumbnail_height")
_MOST_DIGITS = 9
_PORTS = {"http": 80, "https": 443}


class Answer(NamedTuple):
    """What is said to whoever asks."""

    status: int
    data: bytes


_NOT_OURS = Answer(404, b'{"error": "No story of this paper is there."}\n')
_NO_URL = Answer(400, b'{"error": "Say which story: ?url=..."}\n')
_NOT_IN_THAT_FORMAT = Answer(501, b'{"error": "Answers are given in JSON: ?format=json."}\n')


class Room(NamedTuple):
    """How many pixels whoever asks has; None is no limit."""

    width_px: int | None
    height_px: int | None

    def holds(self, width_px: int, height_px: int) -> bool:
        """Say whether something of this size fits."""
        return (self.width_px is None or width_px <= self.width_px) and (
            self.height_px is None or height_px <= self.height_px
        )


def answer(path: str, query: str, pages: Pages) -> Answer | None:
    """
    Return what is said of the story asked about: by its address, or by the path of its file.

    None is for another path, and for a file that is asked for as it is, or is not there.

    Raises:
        OSError: the file is there, and cannot be read.

    """
    if path != ENDPOINT and not (query and path.startswith(f"{ENDPOINT}/")):
        return None
    asked = parse_qs(query, errors="replace")
    if _first(asked, "format") not in ("", "json"):
        return _NOT_IN_THAT_FORMAT
    room = Room(_pixels(asked, "maxwidth"), _pixels(asked, "maxheight"))
    if path != ENDPOINT:
        said = _said(path, pages)
        return None if said is None else Answer(200, written(_fitting(said, room)))
    url = _first(asked, "url")
    if not url:
        return _NO_URL
    said = _said_of(url, pages)
    return _NOT_OURS if said is None else Answer(200, written(_fitting(said, room)))


def _said_of(url: str, pages: Pages) -> dict[str, Any] | None:
    """Return what is said of the story at an address, if that is one of this paper's."""
    if len(url) > LONGEST_URL:
        return None
    try:
        parts = urlsplit(url)
        place = _place(parts)
        path = unquote(parts.path, errors="strict")
    except ValueError:  # brackets, ports and bytes that make no sense
        return None
    key = partner_addresses.oembed(Address(path))
    said = _said(key, pages) if key else None
    if said is None or parts.scheme not in _PORTS:
        return None
    return said if place == _place(urlsplit(said["provider_url"])) else None


def _place(parts: SplitResult) -> tuple[str, int | None]:
    """Return host and port, None for the scheme's own: http leads to https, and is as good."""
    port = None if parts.port == _PORTS.get(parts.scheme) else parts.port
    return (parts.hostname or "").lower(), port


def _said(key: str, pages: Pages) -> dict[str, Any] | None:
    """Return what a file says; of one that moved, what is said where it is now."""
    page = pages.find(key)
    if page is None:
        moved = pages.marker(key, State.MOVED)
        page = pages.find(moved.decode(errors="replace")) if moved else None
    if page is None:
        return None
    try:
        return msgspec.json.decode(page.bodies[Encoding.IDENTITY].data, type=dict[str, Any])
    except msgspec.DecodeError:  # a damaged file says nothing
        return None


def _fitting(said: Mapping[str, Any], room: Room) -> dict[str, Any]:
    """Return an answer that needs no more room than there is."""
    thumbnails = said.get("thumbnails", ())
    fitting = [each for each in thumbnails if room.holds(*(each[key] for key in _THUMBNAIL[1:]))]
    rest = {key: value for key, value in said.items() if key not in (*_THUMBNAIL, "thumbnails")}
    limits = {"width": room.width_px, "height": room.height_px}
    smaller = {key: min(said[key], most) for key, most in limits.items() if most is not None}
    return {**rest, **smaller, **({**fitting[0], "thumbnails": fitting} if fitting else {})}


def _first(asked: Mapping[str, list[str]], name: str) -> str:
    return asked.get(name, [""])[0]


def _pixels(asked: Mapping[str, list[str]], name: str) -> int | None:
    """Return a limit; what is no number limits nothing."""
    said = _first(asked, name)
    is_number = said.isascii() and said.isdecimal() and len(said) <= _MOST_DIGITS
    return int(said) if is_number and int(said) > 0 else None
