"""
Marks what changed between two texts, word by word, as a reader would point at it.

Words are those of Unicode's text segmentation (UAX 29): a Chinese character is one, an Arabic
word is one with its vowel points, and no mark ever begins inside what readers see as one
character.
"""

from collections.abc import Iterator, Sequence
from enum import Enum
from itertools import pairwise
from typing import NamedTuple

import regex

from broadsheet.copydesk.comparing.matching import common

_BOUNDARY = regex.compile(r"\b", regex.WORD | regex.V1)
_GRAPHEME = regex.compile(r"\X")
MOST_WORDS = 200_000  # of both texts; beyond, they are compared line by line


class Change(Enum):
    """What became of a stretch of text."""

    SAME = "same"
    OUT = "out"
    IN = "in"


class Mark(NamedTuple):
    """A stretch of text, and what became of it."""

    change: Change
    text: str


def marks(old: str, new: str) -> list[Mark]:
    """Return what changed; without SAME they are the difference, without one side the other."""
    if old == new:
        return [Mark(Change.SAME, old)] if old else []
    one, other = words_of(old), words_of(new)
    if len(one) + len(other) > MOST_WORDS:
        one, other = old.splitlines(keepends=True), new.splitlines(keepends=True)
    return list(_merged(_marks(one, other)))


def before(marked: Sequence[Mark]) -> str:
    """Return the text as it was."""
    return "".join(mark.text for mark in marked if mark.change is not Change.IN)


def after(marked: Sequence[Mark]) -> str:
    """Return the text as it is."""
    return "".join(mark.text for mark in marked if mark.change is not Change.OUT)


def words_of(text: str) -> list[str]:
    """Return a text cut into its words, and what is between them; together they are the text."""
    cuts = {match.start() for match in _BOUNDARY.finditer(text)}
    whole = {match.start() for match in _GRAPHEME.finditer(text)}
    places = sorted({0, len(text)} | (cuts & whole))
    return [text[a:b] for a, b in pairwise(places)]


def _marks(one: Sequence[str], other: Sequence[str]) -> Iterator[Mark]:
    place, new_place = 0, 0
    for same in (*common(one, other), None):
        end, new_end = (same.old, same.new) if same else (len(one), len(other))
        yield Mark(Change.OUT, "".join(one[place:end]))
        yield Mark(Change.IN, "".join(other[new_place:new_end]))
        if same:
            place, new_place = same.old + same.length, same.new + same.length
            yield Mark(Change.SAME, "".join(one[same.old : place]))


def _merged(found: Iterator[Mark]) -> Iterator[Mark]:
    """
    Merge neighbors, and drop the empty.

    A space alone between two changes is no rest for the eye: it goes with them.
    """
    out, new = "", ""
    waiting = ""
    for mark in found:
        if not mark.text:
            continue
        if mark.change is Change.SAME:
            if (out or new) and mark.text.isspace():
                waiting += mark.text
                continue
            yield from _changed(out, new)
            yield Mark(Change.SAME, waiting + mark.text)
            out = new = waiting = ""
        elif mark.change is Change.OUT:
            out, new, waiting = out + waiting + mark.text, new + waiting, ""
        else:
            out, new, waiting = out + waiting, new + waiting + mark.text, ""
    yield from _changed(out, new)
    if waiting:
        yield Mark(Change.SAME, waiting)


def _changed(out: str, new: str) -> Iterator[Mark]:
    if out:
        yield Mark(Change.OUT, out)
    if new:
        yield Mark(Change.IN, new)
