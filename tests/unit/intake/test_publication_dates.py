"""Date lines of newspapers in many languages."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from broadsheet.intake.publication_dates import is_date, is_date_label, page_date

BERLIN = ZoneInfo("Europe/Berlin")
MIDNIGHT = datetime(2026, 3, 11, 23, 0, tzinfo=UTC)  # of March 12 in Berlin
AFTERNOON = datetime(2026, 3, 12, 13, 5, tzinfo=UTC)


@pytest.mark.parametrize(
    ("line", "published_at"),
    [
        ("12 March 2026", MIDNIGHT),
        ("Thursday, March 12th, 2026", MIDNIGHT),
        ("Published Mar 12, 2026 at 2:05 p.m.", AFTERNOON),
        ("12 March 2026, 12:05 am", datetime(2026, 3, 11, 23, 5, tzinfo=UTC)),
        ("2026-03-12", MIDNIGHT),
        ("2026-03-12T13:05:00Z", AFTERNOON),
        ("Updated 12 March 2026 13:05 GMT", AFTERNOON),
        ("12.03.2026, 14.05 Uhr", AFTERNOON),
        ("13/03/2026", datetime(2026, 3, 12, 23, 0, tzinfo=UTC)),
        ("3/13/2026", datetime(2026, 3, 12, 23, 0, tzinfo=UTC)),
        ("Donnerstag, 12. März 2026, 14:05 Uhr", AFTERNOON),
        ("12 de marzo de 2026", MIDNIGHT),
        ("Publié le 12 mars 2026 à 14h05", AFTERNOON),
        ("mar. 3 nov. 2026", datetime(2026, 11, 2, 23, 0, tzinfo=UTC)),
        ("12 de março de 2026", MIDNIGHT),
        ("12 Mart 2026", MIDNIGHT),
        ("نُشر في ١٢ مارس ٢٠٢٦", MIDNIGHT),
        ("الخميس 12 آذار 2026", MIDNIGHT),
        ("१२ मार्च २०२६", MIDNIGHT),
        ("வெளியிடப்பட்டது: 12 மார்ச் 2026", MIDNIGHT),
        ("2026年3月12日 14:05", AFTERNOON),
    ],
)
def test_date_line_is_read(line, published_at):
    """A line of labels, weekday, day and time gives one instant, in the paper's zone."""
    date = page_date(line, zone=BERLIN)

    assert date is not None
    assert published_at == date.published_at


@pytest.mark.parametrize(
    ("line", "has_time", "names_zone"),
    [("12 March 2026", False, False), ("12 March 2026 14:05", True, False),
     ("12 March 2026 14:05 UTC", True, True)],
)  # fmt: skip
def test_what_a_date_leaves_open_is_told(line, has_time, names_zone):
    """Whether time and zone stand on the page decides how sure the instant is."""
    date = page_date(line, zone=BERLIN)

    assert date is not None
    assert (has_time, names_zone) == (date.has_time, date.names_zone)


def test_numbers_that_may_be_day_or_month_are_no_instant():
    """The third of April or the fourth of March: nobody is asked to believe either."""
    date = page_date("03/04/2026", zone=BERLIN)

    assert date is not None
    assert date.published_at is None


@pytest.mark.parametrize(
    "line",
    [
        "The council met on 12 March 2026",
        "Budget 2026",
        "12 March",
        "31 February 2026",
        "March 2026",
        "40",
        "12 March 2026 " * 20,
        "",
    ],
)
def test_other_line_is_no_date(line):
    """A date in prose, half a date and a day that never was are none."""
    assert not is_date(line)


@pytest.mark.parametrize("line", ["Published", "on", "Last updated:", "نُشر في", "Publié le"])
def test_label_announces_a_date(line):
    """A line of nothing but date words is a label."""
    assert is_date_label(line)


@pytest.mark.parametrize("line", ["World", "By the sea", "செய்திகள்", "राज्य"])
def test_other_line_is_no_label(line):
    """Words that are none of a date's are none of a label's, in any script."""
    assert not is_date_label(line)
