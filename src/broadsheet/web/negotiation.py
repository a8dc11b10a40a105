"""Reads what a reader's request says of encodings and of the version it has already."""

import re
from enum import Enum
from functools import lru_cache

# An Accept-Encoding longer than this is read anew each time; no browser sends one.
_LONGEST_REMEMBERED_CHARS = 200
_ENTITY_TAG = re.compile(r'(?:W/)?("[^"]*")')


class Encoding(Enum):
    """How a text travels; the dearest to make and smallest to send first."""

    BROTLI = "br"
    GZIP = "gzip"
    IDENTITY = "identity"


_UNASKED = (Encoding.IDENTITY,)


def encodings_wanted(header: str | None) -> tuple[Encoding, ...]:
    """
    Return the encodings a reader takes, the best first; identity is always one of them.

    Readers that refuse identity (identity;q=0) get it where nothing else exists: RFC 9110
    12.5.3 leaves that to the server, and a page they cannot name is better than none.
    """
    if not header:
        return _UNASKED
    if len(header) > _LONGEST_REMEMBERED_CHARS:
        return _read(header)
    return _remembered(header)


def is_known(header: str, *, entity_tag: str) -> bool:
    """Return whether If-None-Match names the version we would send, by weak comparison."""
    if header in (entity_tag, "*"):
        return True
    return entity_tag in _ENTITY_TAG.findall(header)


def _read(header: str) -> tuple[Encoding, ...]:
    weights = dict(map(_weighed, header.split(",")))
    others = weights.get("*")

    def weight_of(encoding: Encoding) -> float:
        unnamed = 0.0 if others is None else others
        return weights.get(encoding.value, weights.get(f"x-{encoding.value}", unnamed))

    wanted = [encoding for encoding in Encoding if weight_of(encoding) > 0]
    wanted.sort(key=weight_of, reverse=True)  # stable: equals stay in our own order
    if Encoding.IDENTITY not in wanted:
        wanted.append(Encoding.IDENTITY)
    return tuple(wanted)


_remembered = lru_cache(maxsize=256)(_read)


def _weighed(item: str) -> tuple[str, float]:
    """Return an item's name and weight; a weight nobody can read refuses it."""
    name, _, parameters = item.partition(";")
    written = parameters.strip().lower()
    if not written:
        return name.strip().lower(), 1.0
    try:
        weight = float(written.removeprefix("q="))
    except ValueError:
        weight = 0.0
    return name.strip().lower(), weight if 0 <= weight <= 1 else 0.0
