"""The page the paper must be able to make is an input: none of its words are ours."""

import re
from collections.abc import Iterator

from tests.architecture import tree
from tests.factories.inputs import PAGE

WORDS = 4  # in a row; three may meet by chance
_WORD = re.compile(r"\w+")


def sequences(text: str) -> Iterator[tuple[str, ...]]:
    """Return every run of four words in a text, without case and signs."""
    words = _WORD.findall(text.casefold())
    return zip(*(words[start:] for start in range(WORDS)), strict=False)


def copied(text: str) -> set[tuple[str, ...]]:
    """Return the runs of four words that a text shares with a line of the page."""
    lines = PAGE.read_text("utf-8").splitlines()
    return {run for line in lines for run in sequences(line)} & set(sequences(text))


def test_no_four_words_of_the_page_are_in_the_source():
    """What copy intake knows of pages is their structure, not this page."""
    sources = [path for path in tree.SOURCE.rglob("*") if path.is_file()]

    found = {
        tree.named(path): copied(path.read_text("utf-8"))
        for path in sources
        if b"\0" not in path.read_bytes()[:4096]
    }

    print(f"{len(found)} files read")
    assert {} == {name: runs for name, runs in found.items() if runs}


def test_four_copied_words_would_be_found():
    """The broken twin: a line of the page's furniture in a source would be seen."""
    furniture = PAGE.read_text("utf-8").splitlines()[-1]

    planted = f'FURNITURE = ("trending", "{furniture.lower()}")'

    assert copied(planted)
