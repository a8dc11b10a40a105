"""
Makes the parts of addresses that come from words.

Letters, marks and digits of every script stay; nothing is transliterated. An address,
once given, is data: these functions only propose a free one.
"""

import unicodedata
from collections.abc import Callable
from datetime import datetime
from zoneinfo import ZoneInfo

import regex

from broadsheet.story.ids import Address

SLUG_LIMIT_BYTES = 200  # UTF-8. Source: shared design, "at most 200 UTF-8 bytes"
WORDLESS = "story"  # for headlines of which nothing remains: only emoji, only punctuation

# First segments of paths that belong to the site itself. A segment that begins with "_" and
# one that is a year are reserved too: see is_reserved. "site" names the paper's own feeds
# among those of its sections.
RESERVED_SEGMENTS = frozenset(
    {
        "desk",
        "search",
        "feeds",
        "media",
        "assets",
        "authors",
        "archive",
        "sitemaps",
        "site",
        "topics",
        "about",
        "api",
        "corrections",
    }
)

# Marks stay only on a letter or digit; the signs that style emoji are none of them.
_KEPT = regex.compile(
    r"[\p{L}\p{N}](?:[\p{L}\p{N}\p{Mn}\p{Mc}--\p{Variation_Selector}])*", regex.V1
)
_IN_WORD = regex.compile(r"(?<=\p{L}\p{M}*)['’ʼ\u200C\u200D\u00AD](?=\p{L})")
_YEAR = regex.compile(r"[0-9]{4}")


def slug_from(headline: str) -> str:
    """Return the slug a headline suggests."""
    lowered = unicodedata.normalize("NFC", unicodedata.normalize("NFC", headline).lower())
    words = "-".join(_KEPT.findall(_IN_WORD.sub("", lowered)))
    return _cut(words, limit_bytes=SLUG_LIMIT_BYTES) or WORDLESS


def is_reserved(segment: str) -> bool:
    """Say whether the site itself needs this as the first segment of a path."""
    return (
        segment in RESERVED_SEGMENTS
        or segment.startswith("_")
        or _YEAR.fullmatch(segment) is not None
    )


def free_segment(words: str, *, is_taken: Callable[[str], bool]) -> str:
    """Return a slug for a section, author or topic: not reserved, and "-2", "-3" ... on a clash."""
    return _free(slug_from(words), is_taken=lambda slug: is_reserved(slug) or is_taken(slug))


def address_for(
    words: str, *, published_at: datetime, zone: ZoneInfo, is_taken: Callable[[Address], bool]
) -> Address:
    """
    Return a free address for a story, from its wanted slug or headline.

    The day is that of first publication in the paper's zone. is_taken answers for live
    and for past addresses.
    """
    day = published_at.astimezone(zone)
    folder = f"/{day.year:04}/{day.month:02}/{day.day:02}/"
    slug = _free(slug_from(words), is_taken=lambda slug: is_taken(Address(f"{folder}{slug}/")))
    return Address(f"{folder}{slug}/")


def _free(slug: str, *, is_taken: Callable[[str], bool]) -> str:
    candidate, number = slug, 1
    while is_taken(candidate):
        number += 1
        suffix = f"-{number}"
        room = _cut(slug, limit_bytes=SLUG_LIMIT_BYTES - len(suffix))
        candidate = (room or WORDLESS) + suffix
    return candidate


def _cut(slug: str, *, limit_bytes: int) -> str:
    if len(slug.encode()) <= limit_bytes:
        return slug
    kept, used = [], 0
    for match in regex.finditer(r"\X", slug):
        used += len(match.group().encode())
        if used > limit_bytes:
            break
        kept.append(match.group())
    return "".join(kept).rstrip("-")
