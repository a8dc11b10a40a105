"""
Says how a language writes: its direction, its dates, its months.

Dates come from CLDR through Babel, in the paper's zone, and always show the zone;
an unknown language falls back to English dates and to the reader's own guess of
direction. Functions here are pure, so remembering their answers is safe.
"""

from datetime import UTC, datetime
from functools import lru_cache
from typing import NamedTuple
from zoneinfo import ZoneInfo

from babel import Locale, UnknownLocaleError, dates
from babel.core import get_global

from broadsheet.projections.lists import Period

# Answers remembered: enough for the times on some hundred pages, small beside one page's cache.
_REMEMBERED = 4096


# Scripts of living languages that run from the right. Source: Unicode 16, Bidi_Class R and AL.
_RIGHT_TO_LEFT = frozenset({"Adlm", "Arab", "Hebr", "Mand", "Nkoo", "Rohg", "Samr", "Syrc", "Thaa"})


class Moment(NamedTuple):
    """A time, for machines and for readers."""

    iso: str  # RFC 3339 with the offset of the paper's zone
    text: str


@lru_cache(maxsize=256)
def locale_of(language: str) -> Locale | None:
    """Return what CLDR knows of a language tag, dropping subtags it does not know."""
    subtags = language.replace("_", "-").split("-")
    while subtags:
        try:
            return Locale.parse("-".join(subtags), sep="-")
        except (ValueError, UnknownLocaleError):
            subtags.pop()
    return None


@lru_cache(maxsize=256)
def direction_of(language: str) -> str:
    """Return the direction a language is written in, as HTML's dir says it."""
    locale = locale_of(language)
    if locale is None:
        return "auto"
    script = _script_of(language)
    if script:  # of a language that is written in several, CLDR tells the usual one's
        return "rtl" if script in _RIGHT_TO_LEFT else "ltr"
    return locale.text_direction


def _script_of(language: str) -> str:
    """Return the script a language tag names, "" if it names none (RFC 5646, 2.2.3)."""
    subtags = language.replace("_", "-").partition("-x-")[0].split("-")[1:3]
    scripts = (part.title() for part in subtags if len(part) == 4 and part.isalpha())  # noqa: PLR2004  # RFC 5646's number
    return next(scripts, "")


@lru_cache(maxsize=256)
def card_locale(language: str) -> str:
    """
    Return a language as Open Graph names it, "en_US"; "" if nobody can say where it is spoken.

    Where the tag names no country, the one that CLDR holds most likely stands for it.
    """
    locale = locale_of(language)
    if locale is None:
        return ""
    territory = locale.territory or ""
    if not territory.isalpha():  # none, or a part of the world: "419" is Latin America
        tag = "_".join(filter(None, (locale.language, locale.script)))
        likely = get_global("likely_subtags")
        found = likely.get(tag) or likely.get(locale.language) or ""
        territory = found.rpartition("_")[2]
    return f"{locale.language}_{territory}" if territory else ""


def language_name(language: str) -> str:
    """Return what a language calls itself; its tag, if CLDR does not know."""
    locale = locale_of(language)
    return (locale.get_display_name() if locale else None) or language


@lru_cache(maxsize=_REMEMBERED)
def moment(at: datetime, *, zone: ZoneInfo, language: str) -> Moment:
    """Return a time with date, hour and zone: what a story's own page shows."""
    local = at.astimezone(zone)
    locale = _known(language)
    hour = f"{dates.format_time(local, 'short', tzinfo=zone, locale=locale)} {_zone_text(local)}"
    date = dates.format_date(local.date(), "long", locale=locale)
    pattern = str(dates.get_datetime_format("long", locale=locale))
    text = pattern.replace("'", "").replace("{0}", hour).replace("{1}", date)
    return Moment(local.isoformat(timespec="seconds"), text)


@lru_cache(maxsize=_REMEMBERED)
def date_of(at: datetime, *, zone: ZoneInfo, language: str) -> Moment:
    """Return a time whose text is only its date: what lists show."""
    local = at.astimezone(zone)
    text = dates.format_date(local.date(), "long", locale=_known(language))
    return Moment(local.isoformat(timespec="seconds"), text)


@lru_cache(maxsize=_REMEMBERED)
def period_name(period: Period, *, language: str) -> str:
    """Return a calendar month or day in words."""
    year, month, day = (*map(int, period.split("-")), 1)[:3]
    first = datetime(year, month, day, tzinfo=UTC).date()
    if period.count("-") == 1:
        # The month without a day, in the order and form the language uses.
        return dates.format_skeleton("yMMMM", first, locale=_known(language))
    return dates.format_date(first, "long", locale=_known(language))


def instant(at: datetime) -> str:
    """Return a time for feeds and sitemaps: RFC 3339 in UTC, to the second."""
    return f"{at.astimezone(UTC).replace(microsecond=0, tzinfo=None).isoformat()}Z"


def _known(language: str) -> Locale:
    return locale_of(language) or Locale("en")


def _zone_text(local: datetime) -> str:
    name = local.tzname() or ""
    if name.isalpha():
        return name
    offset = local.strftime("%z")
    return f"UTC{offset[:3]}:{offset[3:5]}"
