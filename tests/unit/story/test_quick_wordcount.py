"""Most texts in Latin script are counted by a quicker engine, and no word is lost by it."""

import pytest

from broadsheet.story import wordcount

QUICK = [chr(code) for code in (*range(0x250), *range(0x2000, 0x2070))]


@pytest.mark.parametrize("around", ["{}", "a{}b", "a{0}{0}b", " {}a"])
def test_every_character_counts_alike(around):
    """Every character the quick engine is asked about makes words as it does for the other."""
    texts = [around.format(character) for character in QUICK]

    quick = [len(wordcount._PLAIN_WORD.findall(text)) for text in texts]

    assert [len(wordcount._WORD.findall(text)) for text in texts] == quick
    assert not any(wordcount._CHARACTER.search(text) for text in texts)


@pytest.mark.parametrize(
    ("text", "words"),
    [("Don’t stop: 9 café-owners’ “rules”.", 5), ("a̋b", 1), ("线路全长九公里 tram", 8), ("", 0)],
)
def test_words_of_any_script_are_counted(text, words):
    """Words with marks, hyphens and quotes are one; unspaced scripts count by the character."""
    assert words == wordcount.counted(text).words
