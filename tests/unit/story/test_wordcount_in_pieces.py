"""Texts are counted piece by piece, each remembered; no word is lost by it."""

import pytest

from broadsheet.story import wordcount


@pytest.mark.parametrize(
    ("text", "words"),
    [("Don’t stop: 9 café-owners’ “rules”.", 5), ("a̋b", 1), ("线路全长九公里 tram", 8), ("", 0)],
)
def test_words_of_any_script_are_counted(text, words):
    """Words with marks, hyphens and quotes are one; unspaced scripts count by the character."""
    assert words == wordcount.counted(text).words


@pytest.mark.parametrize("around", ["{}", "a{}b", "a{0}{0}b", " {}a"])
def test_pieces_count_as_the_whole(around):
    """Whatever character stands between words, pieces between spaces make as many as the text."""
    texts = [around.format(chr(code)) for code in (*range(0x250), *range(0x2000, 0x2070))]

    whole = [wordcount._words(text) for text in texts]

    assert whole == [wordcount.counted(text).words for text in texts]
