"""
Fits the text of a post under a network's rule, shortening nothing but the words.

A post is words, then its hashtags, then its link, each on a line of its own: so a link
in one direction of writing never runs into words in the other, and no control
character is needed. A cut never falls inside a grapheme, a link, a hashtag or a mention.
"""

from collections.abc import Callable, Sequence
from typing import NamedTuple

import regex

from broadsheet.story.links import Span, links_as_x_sees_them, links_with_scheme
from broadsheet.story.textrule import TextRule, measure

ELLIPSIS = "…"

# A word boundary is preferred as long as it keeps half of what would fit; otherwise a
# script without spaces would lose a whole sentence to save one character.
_WORD_BOUNDARY_KEEPS = 0.5

_TAG = regex.compile(r"(?<![\w&])[#＃@＠][\w@.-]*\w")
_GRAPHEME = regex.compile(r"\X")


class LinkDoesNotFit(ValueError):
    """A post's link alone is longer than the network allows."""


class Parts(NamedTuple):
    """What a post says, before it is fitted."""

    words: str  # social text, or the headline
    hashtags: tuple[str, ...]  # each with its sign: "#elections"
    link: str  # "" for a post without


class Fitted(NamedTuple):
    """The text of a post that fits, and what it left out."""

    text: str
    kept_words: str  # the words, or their beginning
    left_out_hashtags: tuple[str, ...]  # whole ones, last first, when there was no room for words
    is_shortened: bool


def fit(parts: Parts, rule: TextRule) -> Fitted:
    """
    Return the parts as one text that the rule allows, unchanged if it fits.

    Hashtags give way, last first, only when not one character of the words would fit
    beside them.

    Raises:
        LinkDoesNotFit: the link alone is too long; ask for a shorter address.

    """
    for kept in range(len(parts.hashtags), -1, -1):
        hashtags, left_out = parts.hashtags[:kept], parts.hashtags[kept:]
        frame = Parts("", hashtags, parts.link)
        whole = _composed(parts.words, frame)
        if measure(whole, rule).fits:
            return Fitted(whole, parts.words, left_out, is_shortened=bool(left_out))
        words = _longest_beginning(parts.words, frame, rule)
        if words is not None:
            text = _composed(_with_ellipsis(words), frame)
            return Fitted(text, words, left_out, is_shortened=True)
    text = _composed("", Parts("", (), parts.link))
    if not measure(text, rule).fits:
        message = f"the link {parts.link} is too long for {rule.version}: shorten the address"
        raise LinkDoesNotFit(message)
    return Fitted(text, "", parts.hashtags, is_shortened=True)


def _composed(words: str, frame: Parts) -> str:
    return "\n".join(part for part in (words, " ".join(frame.hashtags), frame.link) if part)


def _longest_beginning(words: str, frame: Parts, rule: TextRule) -> str | None:
    """Return the longest beginning that fits with its ellipsis; None if not one character."""

    def fits(cut: int) -> bool:
        return measure(_composed(_with_ellipsis(words[:cut].rstrip()), frame), rule).fits

    cuts = _cuts(words)
    longest = _last_that_fits(cuts, fits)
    if longest is None:
        return None
    least = len(words[:longest].rstrip()) * _WORD_BOUNDARY_KEEPS
    at_word = (
        cut
        for cut in reversed(cuts)
        if least <= cut <= longest and words[cut : cut + 1].isspace() and fits(cut)
    )
    return words[: next(at_word, longest)].rstrip() or None


def _last_that_fits(cuts: Sequence[int], fits: Callable[[int], bool]) -> int | None:
    """Return the greatest cut that fits, by halving; what it returns was measured."""
    if not cuts or not fits(cuts[0]):
        return None
    low, high = 0, len(cuts)
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if fits(cuts[middle]) else (low, middle)
    return cuts[low]


def _cuts(words: str) -> Sequence[int]:
    """Return where words may end: after any grapheme that is not inside a link or hashtag."""
    uncut = _uncut(words)
    ends = (match.end() for match in _GRAPHEME.finditer(words))
    cuts, index = [], 0
    for end in ends:
        while index < len(uncut) and uncut[index].end <= end:
            index += 1
        if index == len(uncut) or end <= uncut[index].start:
            cuts.append(end)
    return cuts


def _with_ellipsis(words: str) -> str:
    """Return shortened words with their ellipsis, which no link or hashtag may take in."""
    ends_in_link = any(span.end == len(words) for span in _uncut(words))
    return f"{words} {ELLIPSIS}" if ends_in_link else f"{words}{ELLIPSIS}"


def _uncut(words: str) -> list[Span]:
    """Return the stretches no cut may fall into, joined where they overlap."""
    tags = (Span(*match.span()) for match in _TAG.finditer(words))
    joined: list[Span] = []
    for span in sorted([*links_as_x_sees_them(words), *links_with_scheme(words), *tags]):
        if joined and span.start < joined[-1].end:
            joined[-1] = Span(joined[-1].start, max(joined[-1].end, span.end))
        else:
            joined.append(span)
    return joined
