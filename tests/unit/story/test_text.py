"""What may be written, and what is proposed instead of what may not."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from broadsheet.story.text import TextRefused, flaws, proposed, refuse_flaws

ANYTHING = st.text(st.characters(codec=None))
OUTSIDE = [
    *range(9), *range(0x0B, 0x20), *range(0x7F, 0xA0),
    0xD800, 0xDBFF, 0xDC00, 0xDFFF, *range(0xFDD0, 0xFDF0),
    *(plane << 16 | low for plane in range(17) for low in (0xFFFE, 0xFFFF)),
    *range(0x202A, 0x202F), *range(0x2066, 0x2070), 0xFEFF, *range(0xFFF9, 0xFFFC), 0xFFFD,
    *range(0xE0000, 0xE0080),
]  # fmt: skip
ZERO_WIDTH_SPACE = 0x200B
ENGLAND = "\U0001f3f4\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f"
INSIDE = st.text(st.characters(codec="utf-8")).filter(lambda text: not flaws(text))


def test_domain_is_scalar_values_without_those_that_deceive() -> None:
    """
    Of all code points, exactly these are flaws where they stand alone.

    Controls, surrogates and noncharacters; what turns the direction of writing around, what
    hides, what was lost.
    """
    surrogates = set(range(0xD800, 0xE000))

    refused = {code for code in range(0x110000) if flaws(chr(code))}

    assert {*OUTSIDE, *surrogates, ZERO_WIDTH_SPACE} == refused


@settings(deadline=None)
@given(ANYTHING)
def test_proposal_may_always_be_written(text: str) -> None:
    """Whatever was typed, one click leaves text without a flaw."""
    assert () == flaws(proposed(text))


@settings(deadline=None)
@given(INSIDE)
def test_proposal_leaves_good_text_alone(text: str) -> None:
    """Text inside the domain is proposed exactly as it stands, decomposed or not."""
    assert text == proposed(text)


@settings(deadline=None)
@given(INSIDE, st.sampled_from(OUTSIDE), INSIDE)
def test_flaw_names_its_place(before: str, code_point: int, after: str) -> None:
    """A flaw's offset, line and column lead a writer to it."""
    text = before + chr(code_point) + after

    flaw = flaws(text)[0]

    assert (len(before), code_point) == (flaw.offset, flaw.code_point)
    assert chr(code_point) == text.split("\n")[flaw.line - 1][flaw.column - 1]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("one\r\ntwo\rthree", "one\ntwo\nthree", id="line ends of other systems"),
        pytest.param("\x93Yes\x94 \x96 he said", "“Yes” – he said", id="Windows quotation marks"),
        pytest.param("a\x00b\x1bc\ufeffd", "abcd", id="controls and marks of files vanish"),
        pytest.param("\ud83d\ude00", "😀", id="a surrogate pair is its character"),
        pytest.param("lost: \ud83d.", "lost: [?].", id="half a character is marked as lost"),
        pytest.param("Caf\ufffd", "Caf[?]", id="what was lost stays marked"),
        pytest.param("\ud83f\udffe!", "!", id="a pair that is a noncharacter"),
        pytest.param("\u202eevil\u202c", "evil", id="nothing turns writing around"),
        pytest.param("\u2066a\u2067b\u2069", "a\u2067b\u2069", id="only the isolate left open"),
        pytest.param("\u2066a\x0bb\u2069", "a\nb", id="an isolate ends with its line"),
        pytest.param("tram\U000e0068\U000e0069", "tram", id="hidden words"),
        pytest.param(f"{ENGLAND[:-1]}!", "🏴!", id="a flag without its end"),
        pytest.param("zero\u200bwidth", "zerowidth", id="a space nobody sees"),
        pytest.param("a\x81b", "ab", id="a control Windows does not use"),
    ],
)
def test_proposal(text: str, expected: str) -> None:
    """A proposal is what the writer most likely meant."""
    assert expected == proposed(text)


def test_refusal_says_where_what_and_what_instead() -> None:
    """The message names field, line, column, character, how many more, and the proposal."""
    with pytest.raises(TextRefused) as refused:
        refuse_flaws("First\nsec\x0bond\x00", where="headline")

    expected = (
        "headline, line 2, column 4: U+000B LINE TABULATION may not be written, and 1 more; "
        r"write '\n' instead"
    )
    assert expected == str(refused.value)


def test_refusal_of_an_isolate_says_what_is_amiss() -> None:
    """One that has its end may be written, so the message says that it has none."""
    with pytest.raises(TextRefused) as refused:
        refuse_flaws("The \u2067mayor", where="headline")

    expected = (
        "headline, line 1, column 5: U+2067 RIGHT-TO-LEFT ISOLATE without its partner may not be "
        "written; write '' instead"
    )
    assert expected == str(refused.value)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("क्‍ष ශ්‍රී க்‌ஷ می‌خواهم", id="joiners and non-joiners"),
        pytest.param("قال \u200fBBC\u200e و\u061c", id="direction marks"),
        pytest.param(
            "\u2067שלום \u2066BBC\u2069\u2069 \u2068x\u2069", id="isolates with their ends"
        ),
        pytest.param("👩‍❤️‍💋‍👨 🏳️‍🌈 ❤︎ 葛\U000e0100", id="emoji and variation selectors"),
        pytest.param(f"England {ENGLAND}", id="flags of parts of countries"),
        pytest.param("ភាសា\u200bខ្មែរ ภาษา\u200bไทย မြန်မာ\u200b", id="breaks without spaces"),
        pytest.param(
            "Donau\u00addampf\u2060x ᠮᠣᠩ\u180e\u200dᠭᠣᠯ", id="hyphens, word joiners, Mongolian"
        ),
        pytest.param("\t\ue000 a\u2028b\n", id="tabs, private use, line ends"),
    ],
)
def test_good_text_is_not_refused(text: str) -> None:
    """What scripts and emoji are written with is text, whether it can be seen or not."""
    refuse_flaws(text, where="body")
