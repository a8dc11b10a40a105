"""How much a text is to read."""

import pytest
import regex
from hypothesis import example, given

from broadsheet.story.wordcount import Counted, counted
from tests.factories.texts import WRITTEN

UNSPACED = r"\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}"
PART = rf"(?:(?![{UNSPACED}])[\p{{L}}\p{{M}}\p{{N}}])+"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", 0),
        (" – … ", 0),
        ("One two.\nThree", 3),
        ("the council’s tram-line isn't", 4),
        ("rock 'n' roll -- 9,5 km²", 6),
        ("பாதை ஒன்பது கிலோமீட்டர்", 3),
        ("المحطة إلى الميناء", 3),
        ("线路全长九公里。", 7),
        ("线路 Line 9 全长", 6),
    ],
)
def test_words_are_counted_as_newsrooms_do(text, words):
    """Words are counted by their letters and numbers, scripts without spaces by the character."""
    assert words == counted(text).words


@pytest.mark.parametrize(("words", "minutes"), [(0, 0), (1, 1), (238, 1), (239, 2)])
def test_reading_takes_whole_minutes(words, minutes):
    """No words take no time, and any at least a minute."""
    assert Counted(words, minutes) == counted("tram " * words)


@given(WRITTEN)
@example("a\u00a0b\u2003c\u3000d\x1fe\x85f")
def test_words_are_those_of_the_whole_text(text):
    """Counting piece by piece finds the words that the definition finds in the whole."""
    words = regex.findall(rf"{PART}(?:['’\u2010\u2011-]{PART})*", text)
    characters = regex.findall(f"[{UNSPACED}]", text)

    assert len(words) + len(characters) == counted(text).words
