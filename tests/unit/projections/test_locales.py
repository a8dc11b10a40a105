"""How languages write directions, dates and months."""

import re
import tomllib
from datetime import UTC, datetime
from importlib import resources
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from broadsheet.projections.locales import date_of, direction_of, moment, period_name
from broadsheet.projections.theme.furniture import Words, words_for
from broadsheet.projections.theme.loading import shipped_words
from broadsheet.story.records import CorrectionKind

BLANK = re.compile(r"{[a-z]+}")
AT = datetime(2026, 7, 9, 22, 5, tzinfo=UTC)


@pytest.mark.parametrize(
    ("language", "direction"),
    [
        ("en", "ltr"),
        ("ar", "rtl"),
        ("ar-EG", "rtl"),
        ("he", "rtl"),
        ("ur", "rtl"),
        ("fa-IR", "rtl"),
        ("zh-Hans", "ltr"),
        ("ar-x-own", "rtl"),
        ("ku-Arab", "rtl"),
        ("ckb-Arab-IQ", "rtl"),
        ("ur-Latn", "ltr"),
        ("ar-x-latn", "rtl"),
        ("xx", "auto"),
        ("", "auto"),
        ("!!", "auto"),
    ],
)
def test_direction_is_the_languages(language, direction):
    """A known language has its direction; of an unknown one the browser judges by the text."""
    assert direction == direction_of(language)


@pytest.mark.parametrize(
    ("language", "zone", "iso", "text"),
    [
        ("en", "Europe/Berlin", "2026-07-10T00:05:00+02:00", "July 10, 2026, 12:05\u202fAM CEST"),
        ("de", "Europe/Berlin", "2026-07-10T00:05:00+02:00", "10. Juli 2026, 00:05 CEST"),
        ("en-GB", "Asia/Kolkata", "2026-07-10T03:35:00+05:30", "10 July 2026, 03:35 IST"),
        ("en-GB", "Asia/Dubai", "2026-07-10T02:05:00+04:00", "10 July 2026, 02:05 UTC+04:00"),
        ("xx", "UTC", "2026-07-09T22:05:00+00:00", "July 9, 2026, 10:05\u202fPM UTC"),
    ],
)
def test_moment_shows_the_zone(language, zone, iso, text):
    """A time has the zone's offset for machines and its name for readers."""
    assert (iso, text) == moment(AT, zone=ZoneInfo(zone), language=language)


@pytest.mark.parametrize(
    "language", ["en", "ar", "ta", "si", "zh-Hans", "he", "pt-BR", "ckb", "xx"]
)
def test_every_language_has_dates(language):
    """Dates, times and months can be written in any language, known or not."""
    zone = ZoneInfo("Asia/Colombo")

    texts = [
        moment(AT, zone=zone, language=language).text,
        date_of(AT, zone=zone, language=language).text,
        period_name("2026-07", language=language),
        period_name("2026-07-10", language=language),
    ]

    assert all(texts)
    assert not any("{" in text or "'" in text for text in texts)


@pytest.mark.parametrize(
    ("languages", "found"),
    [
        (("ar-EG", "en"), "ar"),
        (("de", "ar"), "ar"),
        (("de", "fr"), "en"),
        (("EN-gb",), "en"),
        (("zh-Hans-CN",), "zh"),
    ],
)
def test_furniture_falls_back(languages, found):
    """The page speaks the first language the theme knows: the story's, the paper's, English."""
    assert found == words_for(shipped_words(), *languages).language


def test_catalogs_say_everything():
    """Every word and every kind of note is there in every language, with the same blanks."""
    files = Path(str(resources.files("broadsheet.projections.theme"))) / "words"
    english = tomllib.loads((files / "en.toml").read_text("utf-8"))

    for path in files.iterdir():
        words = tomllib.loads(path.read_text("utf-8"))
        assert english.keys() == words.keys(), path.name
        assert {kind.value for kind in CorrectionKind} == words["kinds"].keys()
        for name, text in words.items():
            assert text, (path.name, name)
            assert BLANK.findall(str(english[name])) == BLANK.findall(str(text)), (path.name, name)


def test_every_word_is_said_somewhere():
    """A word that a paper may reword, and no page says, would be reworded in vain."""
    projections = resources.files("broadsheet.projections")
    texts = "".join(
        path.read_text("utf-8")
        for path in Path(str(projections)).rglob("*")
        if path.suffix in {".html", ".py"}
    )

    said = set(re.findall(r"\bwords\.([a-z_]+)", texts))

    assert [] == [name for name in Words.__struct_fields__ if name not in said]
