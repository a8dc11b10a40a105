"""
Asks a provider what an address of its is called. Only texts are taken from the answer.

The HTML of an answer, and the address of its picture, are neither kept nor shown: what
readers get is a card of our own with a link.
"""

import re
from html import unescape
from typing import NamedTuple, Protocol
from urllib.parse import quote

import msgspec

from broadsheet.media.fetching.guarded import Fetched, NotFetched
from broadsheet.media.fetching.web_addresses import SCHEMES, Refused, read
from broadsheet.media.oembed.providers import provider_of
from broadsheet.story.text import proposed

ACCEPT = "application/json"
LONGEST_TEXT = 250  # of a title or name; what is longer ends in an ellipsis
_OK = 200
_TAG = re.compile(r"</?[A-Za-z][^<>]*>")


class Fetches(Protocol):
    """What fetches one address, guarded."""

    def fetch(self, address: str, *, accept: str) -> Fetched:
        """Return what an address answers."""
        ...


class Found(NamedTuple):
    """What a provider says of one address."""

    provider: str
    title: str  # "" says none: a post has none
    author: str


class NotFound(Exception):  # names what happened, as all our errors do
    """Nothing could be looked up; the message says why, for an editor."""


class _Answer(msgspec.Struct):
    title: str | None = None
    author_name: str | None = None


def look_up(address: str, fetcher: Fetches) -> Found:
    """
    Return what the provider of an address says of it.

    Raises:
        Refused: the address is none to be linked to.
        NotFound: it is nobody's we can ask, or there was no answer.

    """
    url = read(address, ports=SCHEMES.values())
    provider = provider_of(url)
    if provider is None or not provider.endpoint:
        who = provider.name if provider else url.host
        message = f"{who} does not tell us what its pages are called; write the title yourself"
        raise NotFound(message)
    endpoint = provider.endpoint.replace("{host}", url.netloc.decode("ascii"))
    asked = f"{endpoint}?format=json&url={quote(address, safe='')}"
    try:
        answer = fetcher.fetch(asked, accept=ACCEPT)
    except (NotFetched, Refused) as error:
        message = f"{provider.name} could not be asked ({error}); write the title yourself"
        raise NotFound(message) from error
    if answer.status != _OK:
        message = f"{provider.name} knows no such page, or does not tell (status {answer.status})"
        raise NotFound(message)
    try:
        said = msgspec.json.decode(answer.body, type=_Answer)
    except (msgspec.MsgspecError, UnicodeError, RecursionError) as error:
        message = f"{provider.name} answered in a way we cannot read; write the title yourself"
        raise NotFound(message) from error
    return Found(provider.name, plain(said.title or ""), plain(said.author_name or ""))


def plain(text: str) -> str:
    """Return a text of somebody else's as one line of ours: no markup, nothing hidden, not long."""
    line = " ".join(proposed(unescape(_TAG.sub("", text))).split())
    return line if len(line) <= LONGEST_TEXT else f"{line[: LONGEST_TEXT - 1].rstrip()}…"
