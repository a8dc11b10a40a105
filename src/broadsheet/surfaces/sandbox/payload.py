"""
Says what a post on the sandbox network is made of, as it was fitted upstream.

Reading is tolerant: what is absent is empty, what is unknown is left alone. Nothing here
writes a payload; its canonical bytes are made once, where it is fitted.
"""

import re
from typing import NamedTuple
from urllib.parse import parse_qs, urlsplit

import msgspec

_ADDRESS = re.compile(r"https?://\S+", re.IGNORECASE)


class PayloadUnreadable(ValueError):
    """The payload is not a post of the sandbox network."""


class Card(msgspec.Struct, frozen=True, kw_only=True):
    """The preview of what a post links to."""

    title: str = ""
    description: str = ""
    link: str = ""
    picture: str | None = None  # SHA-256 of the picture file


class PostPicture(msgspec.Struct, frozen=True, kw_only=True):
    """One picture of a post, by the hash of its file."""

    sha256: str = ""
    alternative_text: str = ""


class PostPayload(msgspec.Struct, frozen=True, kw_only=True):
    """One post."""

    text: str = ""
    link: str = ""  # with our mark: "?d=<delivery id>"
    card: Card | None = None
    pictures: tuple[PostPicture, ...] = ()
    language: str = ""  # BCP 47


def parsed(data: bytes) -> PostPayload:
    """
    Return the post these bytes describe.

    Raises:
        PayloadUnreadable: they are not JSON, or a field is of another type.

    """
    try:
        return msgspec.json.decode(data, type=PostPayload)
    except (msgspec.MsgspecError, UnicodeError, RecursionError) as error:
        message = f"a payload of {len(data)} bytes is no post: {error}"
        raise PayloadUnreadable(message) from error


class Marked(NamedTuple):
    """One address in a post that carries a delivery id."""

    link: str
    delivery_id: str


def delivery_ids(post: PostPayload) -> frozenset[str]:
    """Return every delivery id the post's addresses carry."""
    return frozenset(mark for address in _addresses(post) for mark in _marks_of(address))


def marked_link(post: PostPayload) -> Marked | None:
    """Return the first address of the post that carries a delivery id, None if none does."""
    marks = (Marked(link, mark) for link in _addresses(post) for mark in _marks_of(link))
    return next(marks, None)


def _addresses(post: PostPayload) -> list[str]:
    card = [post.card.link] if post.card is not None else []
    return [post.link, *_ADDRESS.findall(post.text), *card]


def _marks_of(address: str) -> list[str]:
    try:
        return parse_qs(urlsplit(address).query).get("d", [])
    except ValueError:  # somebody else's post may hold anything
        return []
