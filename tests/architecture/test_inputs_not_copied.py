"""The page the paper must be able to make and the articles are inputs: their words are not ours."""

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from tests.architecture import tree
from tests.factories.inputs import ARTICLES, PAGE

WORDS = 4  # in a row; three may meet by chance
_WORD = re.compile(r"\w+")
# A run of nothing but these is anybody's English. Only articles are long enough for such runs;
# of the page not even these are taken.
EVERYDAY = frozenset(
    _WORD.findall("""
    a about after all an and any are as at be been before brought but by can could day did do does
    each end every first for from gone had has have he her him his how if in into is it its larger
    made may more most much name no not now of on one only or other our out over rest same she
    should so some still such takes than that the their them then there these they this those
    through time to top under until up waiting was we were what when which while who will with
    without words would you your
    """)
)


def sequences(text: str) -> Iterator[tuple[str, ...]]:
    """Return every run of four words in a text, without case and signs."""
    words = _WORD.findall(text.casefold())
    return zip(*(words[start:] for start in range(WORDS)), strict=False)


@cache
def runs_of(file: Path) -> frozenset[tuple[str, ...]]:
    """Return every run of four words within a line of a file."""
    lines = file.read_text("utf-8").splitlines()
    return frozenset(run for line in lines for run in sequences(line))


@cache
def inputs() -> frozenset[tuple[str, ...]]:
    """Return the runs of four words that are the inputs' and not everybody's."""
    of_articles = frozenset[tuple[str, ...]]().union(*map(runs_of, ARTICLES.glob("*.txt")))
    return runs_of(PAGE) | {run for run in of_articles if not EVERYDAY.issuperset(run)}


def copied(text: str) -> set[tuple[str, ...]]:
    """Return the runs of four words that a text shares with a line of an input."""
    return inputs().intersection(sequences(text))


def test_no_four_words_of_an_input_are_in_the_source():
    """What copy intake knows of pages is their structure, not this page nor any article."""
    sources = [path for path in tree.SOURCE.rglob("*") if path.is_file()]

    found = {
        tree.named(path): copied(path.read_text("utf-8"))
        for path in sources
        if b"\0" not in path.read_bytes()[:4096]
    }

    assert len(found) > 100
    assert {} == {name: runs for name, runs in found.items() if runs}


def test_four_copied_words_would_be_found():
    """The broken twin: a line of the page's furniture in a source would be seen."""
    furniture = PAGE.read_text("utf-8").splitlines()[-1]

    planted = f'FURNITURE = ("trending", "{furniture.lower()}")'

    assert copied(planted)


def test_four_words_of_any_article_would_be_found():
    """The broken twin: a line of each article in a source would be seen."""
    articles = sorted(ARTICLES.glob("*.txt"))

    missed = [
        file.name
        for file in articles
        if (line := max(file.read_text("utf-8").splitlines(), key=len)) and not copied(line)
    ]

    assert (70, []) == (len(articles), missed)
