"""Stories are found by the words readers type, in every script the paper is written in."""

import pytest

from broadsheet.projections.searched_words import marked, question, tokens_of


def _finds(asked, text):
    """Say whether a text has every token of a question, in a row."""
    tokens = list(tokens_of(text))

    def stands_at(term, place):
        near = tokens[place : place + len(term.tokens)]
        if term.is_beginning:
            return bool(near) and near[0].startswith(term.tokens[0])
        return tuple(near) == term.tokens

    terms = question(asked)
    return bool(terms) and all(
        any(stands_at(term, place) for place in range(len(tokens))) for term in terms
    )


@pytest.mark.parametrize(
    ("asked", "text"),
    [
        ("FLOOD", "The floods of May"),
        ("cafe", "Café society"),
        ("strasse", "Die Straße"),
        ("水库", "昨天新水库建成"),
        ("新水库建成", "昨天新水库建成"),
        ("库", "新水库"),
        ("水", "新水库"),
        ("GDP增长", "今年GDP增长百分之五"),
        ("المدينة", "مجلس مدينة جديد"),
        ("مدينه", "عُمدة المَدِينَة"),
        ("احمد", "قال أحمد"),
        ("கல்வி", "புதிய கல்வித் திட்டம்"),
        ("ශ්‍රී", "ශ්‍රී ලංකා"),
        ("ශ්රී", "ශ්‍රී ලංකා"),
        ("ภาษา", "เรียนภาษาไทย"),
    ],
)
def test_a_word_is_found(asked, text):
    """Case, accents, vowel points, joiners, the Arabic article and lacking spaces hide no word."""
    assert _finds(asked, text)


@pytest.mark.parametrize(
    ("asked", "text"),
    [("水利", "新水库"), ("库水", "新水库"), ("கல", "கல்"), ("art", "The party"), ("ab", "abc")],
)
def test_another_word_is_not_found(asked, text):
    """Neither the middle of a word, nor other characters, nor a word without its marks is found."""
    assert not _finds(asked, text)


@pytest.mark.parametrize("asked", ["", "  ", '"', "* ( ) : - ^", "\0", "💥", "'; --"])
def test_signs_alone_ask_for_nothing(asked):
    """A question without a letter or digit has no words."""
    assert () == question(asked)


def test_tokens_are_letters_and_digits():
    """No token has a sign that a database's question gives a meaning to."""
    hostile = "a\"b'c*d:e(f)g\0h\\i-j^k&l|m!n<o>p NEAR AND 100% ½ ﷺ"

    tokens = list(tokens_of(hostile))

    assert not [token for token in tokens if set(token) & set("\"'*:()\0\\-^&|!<> %⁄")]


@pytest.mark.parametrize(
    ("asked", "text", "found"),
    [
        ("flood", "The Floods, again", ["Floods"]),
        ("水库", "昨天新水库建成", ["水库"]),
        ("مدينة", "عُمدة المَدِينَة اليوم", ["المَدِينَة"]),
        ("cafe", "Cafe\u0301 Noir", ["Cafe\u0301"]),
        ("a b", "nothing here", []),
    ],
)
def test_found_words_are_set_apart(asked, text, found):
    """The words of a question are marked in a text as it is written, and the text stays whole."""
    parts = marked(text, question(asked))

    assert found == [part.text for part in parts if part.is_found]
    assert text == "".join(part.text for part in parts)


def test_a_long_question_is_cut():
    """However much was typed, a few words of it are asked."""
    assert 8 == len(question(" ".join(f"word{n}" for n in range(5000))))
