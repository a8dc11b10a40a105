"""Question marks that stand for lost letters, and those a reader asks with."""

import pytest

from broadsheet.copydesk.copy import Passage
from broadsheet.copydesk.findings import Severity
from broadsheet.copydesk.words import lost_text


@pytest.mark.parametrize(
    "text",
    ["?????", "????????", "????, ?????", "?????: ????", "????-????", "?????、????", "?????."],
)
def test_text_of_nothing_but_question_marks_is_lost(text):
    """A headline or name that is nothing but question marks blocks publication."""
    assert Severity.BLOCK in {found.severity for found in lost_text(Passage("x", text, "en"))}


@pytest.mark.parametrize("text", ["真的吗??他不知道", "本当??信じられない。"])
def test_doubled_question_mark_between_scripts_without_spaces_does_not_block(text):
    """Where no space follows a question, two marks end one: a person should look, no more."""
    assert Severity.BLOCK not in {found.severity for found in lost_text(Passage("x", text, "zh"))}


def test_long_row_of_question_marks_is_read_at_once():
    """A hostile row of question marks costs no more than its length."""
    text = "?" * 200_000 + "a"

    assert {Severity.BLOCK} >= {found.severity for found in lost_text(Passage("x", text, "en"))}


@pytest.mark.parametrize("text", ["Really??", "Why? ?", "What?!", "???", "Who?? What??", "??"])
def test_readers_own_question_marks_stay(text):
    """Question marks that ask, or a short dialogue of one mark or three, are no finding."""
    assert not list(lost_text(Passage("x", text, "en")))
