"""Says what the shape of a line tells: whether it is prose, a label, a name."""

from collections.abc import Iterator
from typing import NamedTuple

import regex

_SENTENCE_ENDS = ".!?…।॥؟۔。！？‽"
_CLOSING = "\"'”’»“)]）」』›"
_PROSE_WORDS = 30  # nobody writes a headline this long, nor a label
_PROSE_CODE_POINTS = 200  # the same for scripts without spaces
_LABEL_WORDS = 4
_LABEL_CODE_POINTS = 32
_NAME_WORDS = 6
_LONG_WORD = 4  # code points; shorter words are mostly grammar

_LINE_END = regex.compile(r"\r\n|\n|\r")
_WORD = regex.compile(r"[\p{L}\p{N}][\p{L}\p{M}\p{N}]*")


class Line(NamedTuple):
    """One line of a page that is not blank."""

    text: str  # without spaces around it
    follows_blank: bool  # a blank line, or the page's start, is above it


def lines_of(text: str) -> Iterator[Line]:
    """Return a page's lines that hold something, in order."""
    follows_blank = True
    for raw in _LINE_END.split(text):
        line = raw.strip()
        if line:
            yield Line(line, follows_blank)
        follows_blank = not line


def words(text: str) -> list[str]:
    """Return a line's words."""
    return _WORD.findall(text)


def ends_sentence(text: str) -> bool:
    """Say whether a line ends as sentences do."""
    return text.rstrip(_CLOSING)[-1:] in _SENTENCE_ENDS if text.rstrip(_CLOSING) else False


def is_question_or_call(text: str) -> bool:
    """Say whether a line ends with a question or exclamation mark, as some headlines do."""
    return text.rstrip(_CLOSING)[-1:] in {"?", "!", "؟", "？", "！"}


def is_long(text: str) -> bool:
    """Say whether a line is too long for anything but prose."""
    return len(text) > _PROSE_CODE_POINTS or len(words(text)) >= _PROSE_WORDS


def is_prose(text: str) -> bool:
    """Say whether a line reads as a paragraph."""
    return is_long(text) or ends_sentence(text) or text.endswith((":", "：", ";", ","))


def is_label(text: str) -> bool:
    """Say whether a line is as short as a section's name."""
    return len(words(text)) <= _LABEL_WORDS and len(text) <= _LABEL_CODE_POINTS


def is_name(text: str) -> bool:
    """Say whether a line may be a person's name: a few words, each capital where there is case."""
    found = words(text)
    return (
        0 < len(found) <= _NAME_WORDS
        and not is_prose(text)
        and not regex.search(r"\p{N}", text)
        and sum(not word[0].islower() for word in found) * 2 > len(found)
    )


def long_words(text: str) -> frozenset[str]:
    """Return the words of a line that carry meaning, for comparing lines."""
    return frozenset(word for word in words(text.casefold()) if len(word) >= _LONG_WORD)
