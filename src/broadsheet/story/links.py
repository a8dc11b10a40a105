"""
Finds the links in a text as X and as Mastodon see them, because both count a link as 23.

X takes a domain for a link even without http://, if its top-level domain exists; Mastodon
wants the scheme. What a network calls no link, it counts by its characters.
Source: X's open conformance cases for configuration 3, which the tests run (read
2026-11-22); Mastodon's StatusLengthValidator, as docs describe it.
"""

from collections.abc import Iterator
from typing import NamedTuple

import regex

from broadsheet.story.top_level_domains import TOP_LEVEL_DOMAINS

_LABEL_LIMIT_OCTETS = 63  # of one label in Punycode. Source: RFC 1035, 2.3.4
_URL_LIMIT_CODE_POINTS = 4096  # longer ones X counts as text. Source: X's conformance cases
_SHORT_LINK_LIMIT = 40  # characters after https://t.co/. Source: X's conformance cases


class Span(NamedTuple):
    """A stretch of a text, in code points: start <= offset < end."""

    start: int
    end: int


_DIRECTION_MARKS = r"\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069"
_LATIN = r"a-z0-9\u00C0-\u00D6\u00D8-\u00F6\u00F8-\u024F"

# A host after a scheme may be written in any script; inner labels may hold an underscore.
_LETTER = rf"[^\p{{P}}$+<=>^`|~\p{{Z}}\p{{C}}{_DIRECTION_MARKS}]"
_TOP_LEVEL = r"(?:\L<top_level>(?![0-9a-z@+-])|xn--[0-9a-z-]+)"
_HOST = (
    rf"(?:{_LETTER}++(?:[_-]++{_LETTER}++)*+\.)*"
    rf"{_LETTER}++(?:-++{_LETTER}++)*+\.{_TOP_LEVEL}"
)
_BARE_HOST = (
    rf"(?:[{_LATIN}]++(?:[_-]++[{_LATIN}]++)*+\.)*"
    rf"[{_LATIN}]++(?:-++[{_LATIN}]++)*+\.{_TOP_LEVEL}"
)

_PATH_INNER = rf"[{_LATIN}\p{{Cyrillic}}!*';:=+,.$/%#\[\]\u2013_~@|&-]"
_PATH_LAST = rf"[{_LATIN}\p{{Cyrillic}}+=_#/-]"
_BRACKETED = rf"\({_PATH_INNER}*+(?:\({_PATH_INNER}++\){_PATH_INNER}*+)?\)"
_QUERY = r"\?[a-z0-9!?*'@();:&=+$/%#\[\]_.,~|-]*[a-z0-9_&=#/-]"
_REST = (
    r"(?::[0-9]++)?"
    rf"(?P<path>/(?:(?:{_PATH_INNER}|{_BRACKETED})*(?:{_PATH_LAST}|{_BRACKETED}))?)?"
    rf"(?P<query>{_QUERY})?"
)

_X_LINK = regex.compile(
    rf"(?<![0-9a-z@＠$#＃\uFFFE\uFEFF\uFFFF])"
    rf"(?:(?P<scheme>https?://)(?P<host>{_HOST})"
    rf"|(?<![{_LATIN}_./-])(?P<host>{_BARE_HOST})){_REST}",
    regex.IGNORECASE | regex.V1,
    top_level=TOP_LEVEL_DOMAINS,
)
_SHORT_LINK = regex.compile(rf"https?://t\.co/([a-z0-9]++)(?:{_QUERY})?", regex.IGNORECASE)

_WEB_LINK = regex.compile(
    r"(?<![\w@#$])https?://[^\s<>]*[^\s<>()!?*\"'«»「」;:=,.$%\[\]~&|@]", regex.I
)


def links_as_x_sees_them(text: str) -> Iterator[Span]:
    """Return the stretches X replaces with a short link of its own, in order."""
    for match in _X_LINK.finditer(text):
        url = _as_x_keeps_it(match.group())
        if url and len(url) <= _URL_LIMIT_CODE_POINTS and _is_host(match["host"]):
            yield Span(match.start(), match.start() + len(url))


def links_with_scheme(text: str) -> Iterator[Span]:
    """
    Return the stretches that begin with http:// or https://, in order.

    Mastodon counts a link on a top-level domain that does not exist by its characters;
    a paper with readers has a domain that does.
    """
    for match in _WEB_LINK.finditer(text):
        yield Span(*match.span())


def _as_x_keeps_it(url: str) -> str:
    """Return the part of a link X keeps: its own short links end with their letters."""
    short = _SHORT_LINK.match(url)
    if short is None:
        return url
    return short.group() if len(short[1]) <= _SHORT_LINK_LIMIT else ""


def _is_host(host: str) -> bool:
    return all(_is_label(label.casefold()) for label in host.split("."))


def _is_label(label: str) -> bool:
    if label.isascii():
        return len(label) <= _LABEL_LIMIT_OCTETS
    encoded = label.encode("punycode")
    return not label.startswith("xn--") and len(encoded) + len("xn--") <= _LABEL_LIMIT_OCTETS
