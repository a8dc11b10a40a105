"""Ten pages of our own, as other sites lay them out, and what copy intake makes of them."""

import json
from pathlib import Path
from zoneinfo import ZoneInfo

import msgspec
import pytest

from broadsheet.intake.copying_in import read_page
from broadsheet.intake.drafts import Reading
from broadsheet.intake.page_files import PageIsEmpty, read_bytes
from tests.counts import Count

PAGES = Path(__file__).parents[2] / "data" / "pages"
READABLE = {
    "arabic-author-block": "ar",
    "captions-like-paragraphs": "en",
    "english-bare": "en",
    "french-captions-without-pairs": "fr",
    "german-windows-newlines": "de",
    "hindi-single-caption": "hi",
    "other-order-with-bom": "en",
    "spanish-paired-captions": "es",
    "tamil-doubled-caption": "ta",
}
BERLIN = ZoneInfo("Europe/Berlin")


def reading_of(name: str) -> Reading:
    """Return what copy intake makes of one of our pages."""
    text = read_bytes((PAGES / f"{name}.txt").read_bytes())
    return read_page(text, language=READABLE[name], zone=BERLIN)


def told(reading: Reading) -> dict[str, object]:
    """Return a reading as its file of expected results holds it."""
    draft = json.loads(msgspec.json.encode(reading.draft))
    findings = [f"{each.severity.value} {each.check} {each.field}"
                for each in reading.report.findings]  # fmt: skip
    return draft | {
        "findings": findings,
        "left_out": list(reading.report.left_out),
        "blocks_publication": reading.report.blocks_publication,
    }


def test_every_page_has_its_expected_result():
    """Each page beside its result; the tenth has nothing on it."""
    pages = {path.stem for path in PAGES.glob("*.txt")}
    results = {path.stem for path in PAGES.glob("*.json")}

    assert {*READABLE, "empty"} == pages
    assert set(READABLE) == results
    assert 10 == len(pages)


@pytest.mark.parametrize("name", READABLE)
def test_page_is_read_as_its_newspaper_meant_it(count: Count, name: str):
    """Headline, section, authors, date, paragraphs, captions, credits and findings are right."""
    expected = json.loads((PAGES / f"{name}.json").read_text("utf-8"))

    count("pages of our own taken in, by language", READABLE[name], 1)
    assert expected == told(reading_of(name))


def test_empty_page_is_refused():
    """A page without words is no story; the message says what to do."""
    text = read_bytes((PAGES / "empty.txt").read_bytes())

    with pytest.raises(PageIsEmpty, match="copy it from the browser again"):
        read_page(text, language="en", zone=BERLIN)


def test_lost_text_readers_would_see_keeps_the_page_a_draft():
    """Of our pages only the one with lost words in a paragraph may not be published."""
    blocked = [name for name in READABLE if reading_of(name).report.blocks_publication]

    assert ["captions-like-paragraphs"] == blocked
