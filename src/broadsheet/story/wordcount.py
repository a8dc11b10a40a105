"""
Counts words and says how long reading them takes.

The desk's counter in the browser does the same sums (newsroom/static/newsroom/counts.js); a
test holds the two together. Scripts without spaces count by the character, as their
newsrooms do.
"""

import math
import re
from functools import lru_cache
from typing import NamedTuple

import regex

# Source: M. Brysbaert, "How many words do we read per minute?", 2019: 238 of English non-fiction.
WORDS_A_MINUTE = 238
# Source: the same review's conversion for Chinese, about 260 words, 1.5 characters each.
CHARACTERS_A_MINUTE = 390

_UNSPACED = r"\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}"
_MAY_BE_UNSPACED = re.compile("[\u2e80-\U0010ffff]")  # none of these scripts begins before
_OTHERS = regex.compile(rf"[^{_UNSPACED}]+")
_PART = rf"[[\p{{L}}\p{{M}}\p{{N}}]--[{_UNSPACED}]]++"
_WORD = regex.compile(rf"{_PART}(?:['’\u2010\u2011-]{_PART})*+", regex.V1)
# Pieces between spaces, about 3 MB: a language's common words. Every story's page counts its
# own, and looking a piece up takes a tenth of the time of reading it.
_REMEMBERED = 16_384


class Counted(NamedTuple):
    """How much a text is to read."""

    words: int  # characters of scripts without spaces among them
    minutes: int  # 0 for no words, else at least 1


def counted(text: str) -> Counted:
    """Return how many words a text has, and the minutes they take."""
    characters = len(_OTHERS.sub("", text)) if _MAY_BE_UNSPACED.search(text) else 0
    words = _words(text) if characters else sum(map(_words_of_piece, text.split()))
    minutes = math.ceil(words / WORDS_A_MINUTE + characters / CHARACTERS_A_MINUTE)
    return Counted(words + characters, minutes)


def _words(text: str) -> int:
    return len(_WORD.findall(text))


@lru_cache(maxsize=_REMEMBERED)
def _words_of_piece(piece: str) -> int:
    """Return how many words stand in what no space divides; no word goes on beyond a space."""
    return _words(piece)
