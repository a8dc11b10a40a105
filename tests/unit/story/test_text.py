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
]  # fmt: skip
INSIDE = st.text(st.characters(codec="utf-8")).filter(lambda text: not flaws(text))


def test_domain_is_scalar_values_without_controls_and_noncharacters() -> None:
    """Of all code points, exactly the controls, surrogates and noncharacters are flaws."""
    surrogates = set(range(0xD800, 0xE000))

    refused = {code for code in range(0x110000) if flaws(chr(code))}

    assert set(OUTSIDE) | surrogates == refused


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
        pytest.param("a\x00b\x1bc\ufeffd", "abc\ufeffd", id="controls vanish, a BOM stays"),
        pytest.param("\ud83d\ude00", "😀", id="a surrogate pair is its character"),
        pytest.param("lost: \ud83d.", "lost: \ufffd.", id="half a character is marked as lost"),
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


def test_good_text_is_not_refused() -> None:
    """Joiners, direction marks, tabs and private use are text."""
    refuse_flaws("क्‍ष می‌خواهم \u202bעברית\u202c\t\ue000\n", where="body")
