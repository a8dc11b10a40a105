"""
Reads a page's date of publication, in the languages newspapers are written in.

Only a line that is nothing but a date is read: labels, weekday, day, month, year, time.
A date in prose is the story's, not the page's. Month and weekday names come from CLDR.
"""

from collections.abc import Mapping
from datetime import UTC, datetime
from functools import cache
from itertools import product
from typing import NamedTuple
from zoneinfo import ZoneInfo

import regex
from babel import Locale

LANGUAGES = (
    "en", "es", "fr", "de", "pt", "it", "nl", "tr", "pl", "ru", "sv", "id",
    "ar", "ar_SY", "ar_MA", "ar_DZ", "fa", "ur", "hi", "bn", "ta", "te", "si", "he", "el",
)  # fmt: skip

# Words around a date that say nothing of the day. A line of these alone is a label.
_LABEL_WORDS = """
    published publish posted updated last modified on at by date edited first
    publicado publicada actualizado actualizada última actualización el a las fecha
    publié publiée mis à jour le date modifié
    veröffentlicht aktualisiert erschienen am um stand vom uhr zuletzt
    publicado em atualizado às pubblicato aggiornato il alle
    نُشر نشر نشرت في بتاريخ تاريخ النشر آخر تحديث الساعة تم التحديث
    प्रकाशित अपडेट अद्यतन को तारीख
    வெளியிடப்பட்டது வெளியிட்ட தேதி வெளியீடு புதுப்பிக்கப்பட்டது அன்று
    yayınlandı güncellendi gepubliceerd bijgewerkt opublikowano опубликовано обновлено
"""
_LABELS = frozenset(_LABEL_WORDS.split())
_FILLERS = frozenset(
    {"de", "del", "of", "the", "den", "der", "di", "e", "et", "und", "h", "hrs", "o’clock"}
)
_HALF_DAYS = {"am": 0, "pm": 12, "a.m": 0, "p.m": 12, "ص": 0, "م": 12}
_UTC_NAMES = frozenset({"utc", "gmt", "z"})
_ZONE_NAMES = frozenset({"cet", "cest", "est", "edt", "pst", "pdt", "ist", "bst", "wat", "eat"})

_EAST_ASIAN_SIGNS = frozenset({"年", "月", "日", "t"})  # and the "T" of 2026-11-22T12:00

_LONGEST_CODE_POINTS = 120  # a date line is short
_YEARS = range(1900, 2101)
_LAST_MONTH = 12
_LAST_DAY = 31

_TOKEN = regex.compile(r"[\p{L}\p{M}][\p{L}\p{M}.’']*|\p{Nd}+(?:st|nd|rd|th|er|º|ª)?\b|\S")
_ISO = regex.compile(r"(?<!\p{Nd})(\p{Nd}{4})-(\p{Nd}{2})-(\p{Nd}{2})(?:T(?=\p{Nd}))?")
_DOTTED = regex.compile(
    r"(?<!\p{Nd})(\p{Nd}{1,2})\s?([./])\s?(\p{Nd}{1,2})\s?\2\s?(\p{Nd}{4})(?!\p{Nd})"
)
_EAST_ASIAN = regex.compile(r"(\p{Nd}{4})\s*年\s*(\p{Nd}{1,2})\s*月\s*(\p{Nd}{1,2})\s*日")
_TIME = regex.compile(
    r"(?<!\p{Nd})(\p{Nd}{1,2})\s?[:.h]\s?(\p{Nd}{2})(?!\p{Nd})(?:\s*(a\.?m|p\.?m|ص|م)\b)?",
    regex.IGNORECASE,
)
_NUMBER = regex.compile(r"\p{Nd}+")


class PageDate(NamedTuple):
    """A date line, read."""

    published_at: datetime | None  # UTC; None where day and month cannot be told apart
    has_time: bool  # False: the day alone is known, and its first minute is taken
    names_zone: bool  # False: the paper's zone is taken


def is_date_label(text: str) -> bool:
    """Say whether a line only announces a date."""
    said = [token for token in _tokens(text) if token[:1].isalnum()]
    return bool(said) and all(token in _LABELS for token in said)


def is_date(text: str) -> bool:
    """Say whether a line is nothing but a date."""
    return page_date(text, zone=ZoneInfo("UTC")) is not None


def page_date(text: str, *, zone: ZoneInfo) -> PageDate | None:
    """Return the date a line consists of; None if it is anything else."""
    if len(text) > _LONGEST_CODE_POINTS or not _is_all_date(text):
        return None
    day = _day(text)
    if day is None:
        is_ambiguous = _DOTTED.search(text) is not None
        return PageDate(None, has_time=False, names_zone=False) if is_ambiguous else None
    rest, (year, month, number) = day
    time = _TIME.search(rest)
    hour, minute = _clock(time) if time else (0, 0)
    is_utc = bool(_UTC_NAMES & set(_tokens(rest)))
    try:
        local = datetime(year, month, number, hour, minute, tzinfo=UTC if is_utc else zone)
    except ValueError:
        return None
    return PageDate(local.astimezone(UTC), has_time=time is not None, names_zone=is_utc)


def _tokens(text: str) -> list[str]:
    return [token.strip(".").casefold() for token in _TOKEN.findall(text)]


def _is_all_date(text: str) -> bool:
    if _NUMBER.search(text) is None:
        return False
    known = _known()
    return all(token in known or not token[:1].isalpha() for token in _tokens(text))


def _day(text: str) -> tuple[str, tuple[int, int, int]] | None:
    """Return the first day a line names, and the rest of the line."""
    for pattern in (_ISO, _EAST_ASIAN):
        match = pattern.search(text)
        if match:
            year, month, number = (int(match[group]) for group in (1, 2, 3))
            return text[match.end() :], (year, month, number)
    match = _DOTTED.search(text)
    if match:
        day = _numeric(int(match[1]), int(match[3]), separator=match[2])
        return day and (text[match.end() :], (int(match[4]), *day))
    return _named(text)


def _numeric(first: int, second: int, *, separator: str) -> tuple[int, int] | None:
    """Return month and day of two numbers, None where both orders are possible."""
    if separator == "." or first > _LAST_MONTH or first == second:
        return second, first
    return (first, second) if second > _LAST_MONTH else None


def _named(text: str) -> tuple[str, tuple[int, int, int]] | None:
    """Return a day written with its month's name, in either order."""
    months, weekdays = _names()
    tokens = [token.strip(".").casefold() for token in _TOKEN.findall(text)]
    numbers = [_number(token) for token in tokens]
    # "Mar" is a month in one language and a weekday in another: what can only be a month leads.
    for index in sorted(range(len(tokens)), key=lambda index: tokens[index] in weekdays):
        if tokens[index] in months:
            near = [*reversed(numbers[max(0, index - 3) : index]), *numbers[index + 1 : index + 5]]
            year = next((number for number in near if number in _YEARS), None)
            day = next((number for number in near if number and number <= _LAST_DAY), None)
            if year and day:
                return text, (year, months[tokens[index]], day)
    return None


def _number(token: str) -> int | None:
    match = _NUMBER.match(token)
    return int(match.group()) if match else None


def _clock(time: regex.Match[str]) -> tuple[int, int]:
    hour, minute = int(time[1]), int(time[2])
    half = (time[3] or "").strip(".").casefold()
    if half in _HALF_DAYS:
        hour = hour % 12 + _HALF_DAYS[half]
    return hour, minute


@cache
def _names() -> tuple[Mapping[str, int], frozenset[str]]:
    """Return month names with their numbers, and weekday names, of all languages."""
    months: dict[str, int] = {}
    weekdays: set[str] = set()
    for language in LANGUAGES:
        locale = Locale.parse(language)
        for context, width in product(("format", "stand-alone"), ("wide", "abbreviated")):
            for number, name in locale.months[context][width].items():
                months.setdefault(name.strip(".").casefold(), number)
            weekdays.update(
                name.strip(".").casefold() for name in locale.days[context][width].values()
            )
    return months, frozenset(weekdays)


@cache
def _known() -> frozenset[str]:
    """Return every word a date line may hold."""
    months, weekdays = _names()
    return frozenset(
        _LABELS | _FILLERS | _UTC_NAMES | _ZONE_NAMES | _EAST_ASIAN_SIGNS | weekdays
        | months.keys() | _HALF_DAYS.keys()
    )  # fmt: skip
