"""What the copy desk marks in running text, and what it leaves alone."""

import pytest

from broadsheet.copydesk.copy import Copy
from broadsheet.copydesk.desk import checked
from broadsheet.copydesk.findings import Finding, Severity, blocking
from tests.factories.inputs import ARTICLES
from tests.factories.story import a_content, a_paragraph


def found_in(text: str, *, language: str = "en") -> list[Finding]:
    """Return what the desk finds in a story whose body is one paragraph."""
    return list(checked(a_content(body=(a_paragraph(text),), language=language), pictures={}))


def marks(text: str, *, language: str = "en") -> list[tuple[str, str, str]]:
    """Return each finding's check, severity and the stretch it marks."""
    return [
        (each.check, each.severity.value, text[each.start : each.end])
        for each in found_in(text, language=language)
    ]


@pytest.mark.parametrize(
    ("text", "stretch"),
    [
        pytest.param("News desk - ????? ???? ???? reports", "????? ???? ????", id="lost words"),
        pytest.param("seen in #???? today", "#????", id="a lost hashtag"),
        pytest.param("in M[?][?]nchen", "[?][?]", id="what is proposed for lost characters"),
        pytest.param("in M??nchen", "??", id="a letter of two bytes"),
        pytest.param("???? said on Monday", "????", id="a lost name in front"),
        pytest.param("the group “????? ????” said", "????? ????", id="in quotation marks"),
    ],
)
def test_lost_text_blocks(text, stretch):
    """Question marks that stand where words would keep a story back."""
    assert [("lost-text", "block", stretch)] == marks(text)


@pytest.mark.parametrize(
    ("text", "stretch"), [("Z?rich", "?"), ("I don?t know", "?"), ("the ???? said", " ????")]
)
def test_suspicious_question_mark_is_a_warning(text, stretch):
    """One question mark inside a word may be a typing error."""
    assert [("lost-letter", "warn", stretch)] == marks(text)


@pytest.mark.parametrize(
    "text",
    [
        "Why? Because.",
        "What??? No!",
        "Really?!?",
        "Quoi ??? Non.",
        "“Why?” he asked",
        "see https://paper.example/watch?v=a?b and paper.example/?id=x",
        "Is it so?Yes",
        "Who knows ...? Nobody",
        "لماذا؟ لأن",
    ],
)
def test_question_is_no_finding(text):
    """People ask, and shout."""
    assert [] == marks(text)


@pytest.mark.parametrize(
    ("text", "stretch", "proposal"),
    [
        ("word\u2060joiner", "\u2060", ""),
        ("left\u200e\u200eover", "\u200e\u200e", ""),
    ],
)
def test_invisible_character_is_marked(text, stretch, proposal):
    """What nobody sees and nothing needs is marked, with its removal as the proposal."""
    [finding] = found_in(text)

    assert ("invisible-character", proposal) == (finding.check, finding.proposal)
    assert stretch == text[finding.start : finding.end]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("می‌خواهم", id="Persian non-joiner"),
        pytest.param("ක්‍රීඩා", id="Sinhala joiner"),
        pytest.param("👨‍👩‍👧‍👦", id="emoji joiner"),
        pytest.param("قال \u200eBBC\u200e إن", id="direction marks in Arabic"),
        pytest.param("ภาษา\u200bไทย", id="break in Thai"),
        pytest.param("Donau\u00addampf", id="soft hyphen"),
    ],
)
def test_useful_invisible_character_stays(text):
    """Joiners, direction marks among right-to-left letters and break hints are writing."""
    assert [] == marks(text)


@pytest.mark.parametrize(
    ("text", "language", "stretch"),
    [
        ("on the the table", "en", "the the"),
        ("The the table", "en-GB", "The the"),
        ("le le tram", "fr", "le le"),
        ("und und so", "de", "und und"),
    ],
)
def test_doubled_word_is_marked(text, language, stretch):
    """A word written twice is a slip."""
    assert [("doubled-word", "warn", stretch)] == marks(text, language=language)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("He had had enough, I know that that is so", "en"),
        ("Duran Duran played in Baden Baden", "en"),
        ("the, the", "en"),
        ("die, die die sagen", "de"),
        ("nous nous sommes", "fr"),
        ("धीरे धीरे", "hi"),
        ("جدا جدا", "ar"),
        ("yavaş yavaş", "tr"),
    ],
)
def test_doubling_that_is_grammar_or_a_name_stays(text, language):
    """What a language or a name says twice is no slip."""
    assert [] == marks(text, language=language)


@pytest.mark.parametrize(
    ("text", "proposal"),
    [("cafÃ©", "é"), ("donâ€™t", "’"), ("ä¸­å›½", "中国"), ("costs â‚¬5", "€")],
)
def test_mojibake_is_marked_with_what_was_meant(text, proposal):
    """UTF-8 read as Windows-1252 is recognized, and the proposal restores it."""
    [finding] = found_in(text)

    assert ("mojibake", proposal) == (finding.check, finding.proposal)


@pytest.mark.parametrize("text", ["É… e ELE", "HÅØYA ER BLÅØYD", "“×”", "VÃO", "Ä£ndah", "CAFÉ®"])
def test_capitals_before_signs_are_no_mojibake(text):
    """Letters that only look like misread bytes are left alone."""
    assert [] == marks(text)


def test_forbidden_character_blocks_with_its_proposal():
    """A row from before the text domain was enforced is found before readers see it."""
    [finding] = found_in("one\r\ntwo")

    expected = ("forbidden-character", Severity.BLOCK, "\n", 3, 5)
    assert expected == (
        finding.check, finding.severity, finding.proposal, finding.start, finding.end
    )  # fmt: skip


@pytest.mark.parametrize(
    ("text", "proposal"),
    [("zero\u200bwidth", ""), ("a\ufeffb", ""), ("\u202eevil", ""), ("M\ufffdnchen", "[?]")],
)
def test_deceiving_character_blocks_once(text, proposal):
    """What hides, turns writing around or stands for something lost is one finding, not two."""
    [finding] = found_in(text)

    expected = ("forbidden-character", Severity.BLOCK, proposal)
    assert expected == (finding.check, finding.severity, finding.proposal)


def test_story_without_a_headline_or_words_is_found():
    """No headline keeps a story back; no words is worth a question."""
    findings = checked(a_content(headline=" ", body=()), pictures={})

    assert ["missing-headline", "empty-body"] == [each.check for each in findings]
    assert ["missing-headline"] == [each.check for each in blocking(findings)]


def test_every_field_readers_see_is_read():
    """Every text field and the body are checked, each by its name."""
    lost = "???? ????"
    fields = ("kicker", "headline", "standfirst", "dateline", "social_text")
    content = a_content(body=(a_paragraph(lost),), **dict.fromkeys(fields, lost))

    fields = [each.field for each in checked(content, pictures={})]

    assert [passage.field for passage in Copy(content, {}).passages()] == fields


def test_published_articles_are_left_alone(count):
    """
    Over 70 published articles nothing blocks wrongly; false warnings stay below 1 in 10.

    One article has spaces in it that nobody sees, left by a web editor; they may not be written.
    """
    files = sorted(ARTICLES.glob("*.txt"))
    # What a look at each showed: invisible characters left by web editors, and one "the the".
    true_hits = {"forbidden-character": 19, "invisible-character": 1, "doubled-word": 1}

    warnings = [
        finding
        for file in files
        for line in file.read_text("utf-8").split("\n")
        if line.strip()
        for finding in found_in(line, language=LANGUAGES.get(file.stem, "en"))
    ]

    counts = dict.fromkeys(true_hits, 0)
    for finding in warnings:
        counts[finding.check] = counts.get(finding.check, 0) + 1
    false = sum(counts.values()) - sum(true_hits.values())
    count("findings in published articles", "true", len(warnings) - false)
    count("findings in published articles", "false", false)
    assert 70 == len(files)
    assert {"forbidden-character"} == {each.check for each in blocking(tuple(warnings))}
    assert true_hits == counts


# Articles that are not in English, by file, as their newspapers would have said.
LANGUAGES = {
    "23aaecd14171f96c": "pt",
    "cc03ddb5ef7d5f1f": "pt",
    "7837c9d66c815b9a": "id",
    "85439e26c41c7590": "ja",
    "f105de6e63ca91ea": "ja",
    "ff0f958ade714ebf": "ru",
}
