"""What chance may draw from for a random newsroom: words, times, and settings of the paper."""

from datetime import UTC, datetime
from typing import Any

from hypothesis import strategies as st

PICK = st.integers(0, 11)  # one of those there are, by remainder
TEXTS = ["Tram", "Harbor <b>", "Łódź & Kraków", "مدينة", "👩‍👩‍👧‍👦 {{ 7*7 }}", "]]> --"]
WORDS = st.sampled_from(TEXTS)
# What a paper may be set to; a setting always changes to another of these.
SETTINGS: dict[str, list[Any]] = {
    "name": TEXTS,
    "tagline": TEXTS,
    "base_url": ["https://a.example", "https://b.example"],
    "language": ["en", "ar", "de"],
    "time_zone": ["Europe/Berlin", "Pacific/Kiritimati", "Asia/Kolkata", "America/St_Johns"],
    "profiles": [(), ("https://social.example/@paper",)],
}
# Moments around which a day or a month begins at another instant than the day before. Every
# second story comes to the first, so that a month that is cut into days gets more of them.
EDGES = st.sampled_from(
    [
        *[datetime(2026, 11, 1, tzinfo=UTC)] * 6,
        datetime(2026, 10, 25, 1, tzinfo=UTC),  # Berlin's clocks go back
        datetime(2026, 3, 29, 1, tzinfo=UTC),  # Berlin's clocks go forward
        datetime(2026, 1, 1, tzinfo=UTC),
        datetime(2025, 12, 31, 23, tzinfo=UTC),
        datetime(2024, 2, 29, 12, tzinfo=UTC),
        datetime(2009, 11, 1, 2, 31, tzinfo=UTC),  # St. John's clocks go back over midnight
    ]
)
MINUTES = st.integers(-15 * 60, 15 * 60)
LANGUAGES = st.sampled_from(["en", "en", "ar", "de"])


def one_of(there: list[Any], pick: int) -> Any:
    """Return the one a number picks of those there are."""
    return there[pick % len(there)]
