"""
Counts words and says how long reading them takes.

The desk's counter in the browser does the same sums (newsroom/static/newsroom/counts.js); a
test holds the two together. Scripts without spaces count by the character, as their
newsrooms do.
"""

import math
import re
from typing import NamedTuple

import regex

# Source: M. Brysbaert, "How many words do we read per minute?", 2019: 238 of English non-fiction.
WORDS_A_MINUTE = 238
# Source: the same review's conversion for Chinese, about 260 words, 1.5 characters each.
CHARACTERS_A_MINUTE = 390

_UNSPACED = r"\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}"
_CHARACTER = regex.compile(rf"[{_UNSPACED}]")
_PART = rf"(?:(?![{_UNSPACED}])[\p{{L}}\p{{M}}\p{{N}}])+"
_WORD = regex.compile(rf"{_PART}(?:['’\u2010\u2011-]{_PART})*")
# Of most texts in Latin script, Python's own engine finds the same words in a fifth of the time:
# in these letters and signs a word's character is a letter or a number, and none is a mark.
_PLAIN = re.compile("[\0-\u024f\u2000-\u206f]*")
_PLAIN_WORD = re.compile(r"[^\W_]+(?:['’\u2010\u2011-][^\W_]+)*")


class Counted(NamedTuple):
    """How much a text is to read."""

    words: int  # characters of scripts without spaces among them
    minutes: int  # 0 for no words, else at least 1


def counted(text: str) -> Counted:
    """Return how many words a text has, and the minutes they take."""
    is_plain = _PLAIN.fullmatch(text) is not None
    characters = 0 if is_plain else len(_CHARACTER.findall(text))
    words = len((_PLAIN_WORD if is_plain else _WORD).findall(text))
    minutes = math.ceil(words / WORDS_A_MINUTE + characters / CHARACTERS_A_MINUTE)
    return Counted(words + characters, minutes)
