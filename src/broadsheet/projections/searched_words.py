"""
Says which words a text is found by, and where in a text the words of a question stand.

The same folding is done to stories and to questions: without case, accents, vowel points and
the Arabic article. Scripts that put no spaces between words (Chinese, Japanese, Thai ...) are
cut into overlapping pairs of characters, so that no dictionary is needed: a word of two is one
of the pairs, and a longer one is pairs in a row.
"""

import unicodedata
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

MOST_TERMS = 8  # of one question; each costs a look into the index
LONGEST_WORD = 40  # characters; what is longer is found by its beginning
LONGEST_QUESTION = 200  # characters that are read of what somebody typed
BEGINS_FROM = 3  # characters of a word that also finds longer ones

# Source: Unicode 16, Blocks.txt; halfwidth kana fold into the others.
_UNSPACED = (
    (0x0E00, 0x0EFF),  # Thai, Lao
    (0x1000, 0x109F),  # Myanmar
    (0x1780, 0x17FF),  # Khmer
    (0x3005, 0x3007),  # marks that stand for ideographs
    (0x3040, 0x30FF),  # Hiragana, Katakana
    (0x3400, 0x9FFF),  # ideographs
    (0xF900, 0xFAFF),
    (0x20000, 0x3FFFF),
)
_NUKTA, _VIRAMA = 7, 9  # combining classes of marks without which another word stands there
_TATWEEL = "\N{ARABIC TATWEEL}"
_ALIKE = str.maketrans(
    {
        "\N{ARABIC LETTER ALEF MAKSURA}": "\N{ARABIC LETTER YEH}",
        "\N{ARABIC LETTER FARSI YEH}": "\N{ARABIC LETTER YEH}",
        "\N{ARABIC LETTER TEH MARBUTA}": "\N{ARABIC LETTER HEH}",
        "\N{ARABIC LETTER KEHEH}": "\N{ARABIC LETTER KAF}",
    }
)
# Source: Larkey, Ballesteros, Connell, "Light stemming for Arabic information retrieval" (2007).
_ARTICLES = ("وال", "بال", "كال", "فال", "ال", "لل")
_SHORTEST_STEM = 3


class Term(NamedTuple):
    """One word of a question."""

    said: str  # folded
    tokens: tuple[str, ...]  # in a row, as the index has them
    is_beginning: bool  # finds longer words, too
    is_unspaced: bool


class Stretch(NamedTuple):
    """A part of a text."""

    text: str
    is_found: bool


class _Run(NamedTuple):
    """Letters of one way of writing that no space or sign interrupts."""

    folded: str
    at: tuple[int, ...]  # where each folded character comes from
    end: int
    is_unspaced: bool


def tokens_of(text: str) -> Iterator[str]:
    """Give the tokens a text is found by, in their order; letters and digits alone."""
    for run in _runs(text):
        yield from _pairs(run.folded, ends=True) if run.is_unspaced else (_stem(run.folded),)


def question(text: str) -> tuple[Term, ...]:
    """Return the words of what somebody typed, each once; none if it has no letter or digit."""
    runs = _runs(text[:LONGEST_QUESTION])
    terms = dict.fromkeys(_term(run.folded, is_unspaced=run.is_unspaced) for run in runs)
    return tuple(terms)[:MOST_TERMS]


def marked(text: str, terms: Sequence[Term]) -> tuple[Stretch, ...]:
    """Return a text in parts, those set apart that the words of a question find."""
    parts: list[Stretch] = []
    begin = 0
    for start, end in _merged(sorted(_places(text, terms))):
        parts += [Stretch(text[begin:start], is_found=False), Stretch(text[start:end], True)]
        begin = end
    parts.append(Stretch(text[begin:], is_found=False))
    return tuple(part for part in parts if part.text)


def _term(folded: str, *, is_unspaced: bool) -> Term:
    said = folded[:LONGEST_WORD]
    if not is_unspaced:
        stem = _stem(said)
        return Term(said, (stem,), len(stem) >= BEGINS_FROM, is_unspaced)
    if len(said) == 1:  # begins a pair, or ends a run
        return Term(said, (said,), is_beginning=True, is_unspaced=True)
    return Term(said, tuple(_pairs(said, ends=False)), is_beginning=False, is_unspaced=True)


def _pairs(folded: str, *, ends: bool) -> Iterator[str]:
    for place in range(len(folded) - 1):
        yield folded[place : place + 2]
    if ends:
        yield folded[-1]


def _stem(word: str) -> str:
    for article in _ARTICLES:
        if word.startswith(article) and len(word) - len(article) >= _SHORTEST_STEM:
            return word.removeprefix(article)[:LONGEST_WORD]
    return word[:LONGEST_WORD]


def _places(text: str, terms: Sequence[Term]) -> Iterator[tuple[int, int]]:
    """Give where words that the terms find begin and end."""
    for run in _runs(text):
        for term in terms:
            if term.is_unspaced != run.is_unspaced:
                continue
            if term.is_unspaced:
                yield from _inside(run, term.said)
            elif _is_found(_stem(run.folded), term):
                yield run.at[0], run.end


def _is_found(word: str, term: Term) -> bool:
    (wanted,) = term.tokens
    return word.startswith(wanted) if term.is_beginning else word == wanted


def _inside(run: _Run, said: str) -> Iterator[tuple[int, int]]:
    begins = (*run.at, run.end)
    place = run.folded.find(said)
    while place >= 0:
        yield begins[place], begins[place + len(said)]
        place = run.folded.find(said, place + len(said))


def _merged(places: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Give places in their order, those that touch or overlap as one."""
    begun: tuple[int, int] | None = None
    for start, end in places:
        if begun is None:
            begun = (start, end)
        elif start <= begun[1]:
            begun = (begun[0], max(begun[1], end))
        else:
            yield begun
            begun = (start, end)
    if begun is not None:
        yield begun


def _runs(text: str) -> Iterator[_Run]:
    folded: list[str] = []
    at: list[int] = []
    was_unspaced = False
    for place, char in enumerate(text):
        letters, is_unspaced = _folded(char)
        if letters is None:
            if folded:
                yield _Run("".join(folded), tuple(at), place, was_unspaced)
                folded, at = [], []
        elif letters:
            if folded and is_unspaced != was_unspaced:
                yield _Run("".join(folded), tuple(at), place, was_unspaced)
                folded, at = [], []
            was_unspaced = is_unspaced
            folded += letters
            at += [place] * len(letters)
    if folded:
        yield _Run("".join(folded), tuple(at), len(text), was_unspaced)


@lru_cache(maxsize=20_000)
def _folded(char: str) -> tuple[str | None, bool]:
    """Return what a character is compared as: None parts words, "" is nothing of its own."""
    apart = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", char).casefold())
    kept = "".join(filter(_is_compared, apart)).translate(_ALIKE)
    if kept:
        return kept, any(low <= ord(kept[0]) <= high for low, high in _UNSPACED)
    is_joined = unicodedata.category(char) in {"Cf", "Mn", "Me"} or char == _TATWEEL
    return ("" if is_joined else None), False


def _is_compared(char: str) -> bool:
    if char == _TATWEEL:
        return False
    if unicodedata.category(char)[0] == "M":
        is_part = unicodedata.combining(char) in {0, _NUKTA, _VIRAMA}
        return is_part and unicodedata.category(char) != "Me" and not _is_selector(char)
    return unicodedata.category(char)[0] in "LN"


def _is_selector(char: str) -> bool:
    """Say whether a mark only chooses how the character before it is drawn."""
    return "\N{VARIATION SELECTOR-1}" <= char <= "\N{VARIATION SELECTOR-16}" or char >= "\U000e0100"
