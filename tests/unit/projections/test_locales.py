"""How languages write directions, dates and months."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from broadsheet.projections.locales import date_of, direction_of, moment, period_name
from broadsheet.projections.theme.furniture import CATALOG, words_for

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
    [(("ar-EG", "en"), "ar"), (("ta", "ar"), "ar"), (("ta", "si"), "en"), (("EN-gb",), "en")],
)
def test_furniture_falls_back(languages, found):
    """The page speaks the first language the theme knows: the story's, the paper's, English."""
    assert found == words_for(*languages).language


def test_catalogs_say_everything():
    """Every word and every kind of note is there in every language."""
    for words in CATALOG.values():
        assert all(words)
        assert {"{headline}"} == {
            part for part in words.retracted_title.split() if part.startswith("{")
        }
        assert 4 == len(words.kinds)
