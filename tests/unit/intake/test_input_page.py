"""The page the project was given: what copy intake must find on it, said by its structure."""

from zoneinfo import ZoneInfo

import pytest
import regex

from broadsheet.copydesk.findings import Severity
from broadsheet.intake.copying_in import read_page
from broadsheet.intake.drafts import DraftHeading, DraftParagraph, DraftPicture, Reading
from broadsheet.intake.page_files import read_bytes
from tests.factories.inputs import PAGE

LINES = [line for line in PAGE.read_text("utf-8").split("\n") if line]
HEADLINE = LINES[2]
CREDIT_IN_BRACKETS = regex.compile(r"\((?:AP Photo|Picture|Photo by)[^)]*\)|©")


@pytest.fixture(scope="module", name="reading")
def _reading() -> Reading:
    return read_page(read_bytes(PAGE.read_bytes()), language="en", zone=ZoneInfo("UTC"))


@pytest.fixture(name="pictures")
def _pictures(reading: Reading) -> list[DraftPicture]:
    body = [block for block in reading.draft.body if isinstance(block, DraftPicture)]
    assert reading.draft.lead is not None
    return [reading.draft.lead, *body]


def test_head_is_found(reading):
    """The label above the headline is the section; there is no standfirst and no date."""
    draft = reading.draft

    assert (LINES[1], HEADLINE, "") == (draft.section_label, draft.headline, draft.standfirst)
    assert draft.published_at is None


def test_author_is_found_with_role(reading):
    """The block below the text names one author and what she does."""
    label = next(i for i, line in enumerate(LINES) if line.casefold() == "author avatar")

    authors = [(byline.name, byline.role) for byline in reading.draft.bylines]

    assert [(LINES[label + 1], LINES[label + 2])] == authors


def test_body_is_the_pages_lines_in_order(reading):
    """Every line between date label and author is in the draft, once, in its place."""
    label = next(i for i, line in enumerate(LINES) if line.casefold() == "author avatar")
    assert reading.draft.lead is not None

    kept = list(reading.draft.lead.received)
    for block in reading.draft.body:
        kept += block.received if isinstance(block, DraftPicture) else (block.text,)

    assert LINES[5:label] == kept


def test_body_has_27_paragraphs_and_14_pictures(reading, pictures):
    """No caption passes for a paragraph, no paragraph for a heading."""
    kinds = [type(block) for block in reading.draft.body]

    assert (27, 0, 14) == (kinds.count(DraftParagraph), kinds.count(DraftHeading), len(pictures))


def test_pictures_have_agency_and_display_caption_apart(pictures):
    """Thirteen pictures have both captions; the first has but one, and readers saw it."""
    paired = [each for each in pictures if each.agency_caption]
    assert (13, 14) == (len(paired), sum(bool(each.caption) for each in pictures))


def test_credits_are_out_of_the_captions(pictures):
    """Thirteen pictures are credited, and no credit is left in a caption."""
    captions = [text for each in pictures for text in (each.agency_caption, each.caption)]

    assert 13 == sum(bool(each.credit) for each in pictures)
    assert not [text for text in captions if CREDIT_IN_BRACKETS.search(text)]
    assert not [text for text in captions if text.endswith(")")]


def test_credits_are_of_every_form_on_the_page(pictures):
    """Copyright sign, agency with name, labeled name with distributor, and label alone."""
    credits_found = " ".join(each.credit for each in pictures)
    for part in ("© ", "AP Photo/", "Photo by ", "via Getty Images", "via AP, File", "Picture: "):
        assert part in credits_found
    assert not regex.search(r"AFP\) ?\(Photo", credits_found)


def test_suspicious_things_are_reported(reading):
    """Lost text, doubled captions and credits, agencies' slugs, no date, a day nobody knows."""
    counted: dict[str, int] = {}
    for finding in reading.report.findings:
        counted[finding.check] = counted.get(finding.check, 0) + 1

    expected = {
        "no-publication-date": 1,
        "relative-time": 1,
        "lost-text": 3,
        "doubled-caption": 2,
        "missing-credit": 1,
        "agency-slug": 5,
        "doubled-credit": 4,
    }
    assert expected == counted


def test_lost_text_in_a_caption_that_waits_is_a_warning(reading):
    """The page may be published: the words that were lost are in no text readers would see."""
    lost = [each for each in reading.report.findings if each.check == "lost-text"]

    assert {Severity.WARN} == {each.severity for each in lost}
    assert {"agency_caption"} == {each.field.rpartition("/")[2] for each in lost}
    assert not reading.report.blocks_publication


def test_furniture_is_left_out_and_said(reading):
    """What belongs to the site is not in the draft, and the report lists it."""
    head = [LINES[0], LINES[3], LINES[4]]
    foot = [line for line in LINES[-6:] if line in reading.report.left_out]

    assert (*head, *foot) == reading.report.left_out
    assert [LINES[-5], *LINES[-2:]] == foot


def test_uncertain_things_have_their_confidence(reading):
    """Each picture, the headline and the section say how sure their reading is."""
    guesses = reading.report.guesses

    assert 16 == len(guesses)
    assert all(0 < guess.confidence < 1 for guess in guesses)


def test_lost_text_in_a_paragraph_keeps_it_a_draft():
    """The broken twin: the same words in a line readers would see block publication."""
    text = PAGE.read_text("utf-8").replace("Moscow.", "Moscow, ???? ????.", 1)

    reading = read_page(text, language="en", zone=ZoneInfo("UTC"))

    assert reading.report.blocks_publication
