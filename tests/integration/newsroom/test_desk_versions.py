"""Two versions of a story are compared on a page; what is to come stands in the calendar."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.rich_text import RichText

from broadsheet.newsroom import acts
from broadsheet.newsroom.desk import calendar
from broadsheet.newsroom.models import Story
from broadsheet.press.models import Schedule
from tests.factories import rows

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]


def due(story: Story, act: str, at: datetime) -> None:
    """Put something of a story on the press's schedule."""
    Schedule.objects.create(
        story=str(story.uuid), act=act, due_at=at, asked_at=timezone.now(), asked_by="ada"
    )


def text_of(desk: Client, url: str) -> str:
    """Return a page's text."""
    return desk.get(url).content.decode()


def test_two_versions_are_compared_word_by_word(desk: Client):
    """The newest two are compared unasked: a word struck, a word marked as added."""
    story = rows.a_live_story(title="Council approves the line")
    story.title = "Council rejects the line"
    story.save_revision().publish()

    text = text_of(desk, reverse("story_versions", args=[story.pk]))

    assert "approves" in text.split("<del", 1)[1].split("</del>")[0]
    assert "rejects" in text.split("<ins", 1)[1].split("</ins>")[0]
    assert "version 1 to version 2" in text


def test_a_draft_is_compared_with_what_readers_have(desk: Client):
    """Saved and not published, the draft says what publishing would change."""
    story = rows.a_live_story()
    story.body = [("text", RichText("<p>The council met on Monday.</p>"))]
    story.save_revision()

    text = text_of(desk, reverse("story_versions", args=[story.pk]))

    assert "what publishing would change" in text
    assert "Monday" in text.split("<ins", 1)[1].split("</ins>")[0]


def test_words_of_a_difference_are_never_markup(desk: Client):
    """A headline of markup is shown as it was written, in either version."""
    story = rows.a_live_story(title="<script>alert(1)</script>")
    story.title = "<script>alert(2)</script>"
    story.save_revision().publish()

    assert "<script>alert" not in text_of(desk, reverse("story_versions", args=[story.pk]))


def test_an_erased_version_says_so(desk: Client):
    """No word of an erased story is left to compare; the page says why."""
    story = rows.a_live_story(title="A name")
    acts.erase(story, reason="By order of the court.")

    text = text_of(desk, reverse("story_versions", args=[story.pk]))

    assert "A name" not in text
    assert "were erased" in text


@pytest.mark.parametrize(
    "asked",
    [
        {"from": "x", "to": "draft"},
        {"from": "1", "to": "99999999999999999999999"},
        {"before": "-1"},
        {"before": "0"},
        {"from": "draft", "to": "draft"},
    ],
)
def test_versions_there_are_none_of_are_answered_in_words(desk: Client, asked: dict[str, str]):
    """An address that names no version is a page that says so, never an error."""
    story = rows.a_live_story()

    assert 200 == desk.get(reverse("story_versions", args=[story.pk]), asked).status_code


def test_a_day_of_twenty_five_hours_holds_all_its_stories():
    """On the day the clocks go back, both of the hour's stories stand on that day."""
    zone = ZoneInfo("Europe/Berlin")
    shown = calendar.span(date(2026, 10, 25), is_week=True)

    assert (date(2026, 10, 19), date(2026, 10, 26)) == (shown.first, shown.until)
    length = calendar.midnight(date(2026, 10, 26), zone) - calendar.midnight(
        date(2026, 10, 25), zone
    )
    assert timedelta(hours=24) == length  # by the wall's clock
    hours = calendar.midnight(date(2026, 10, 26), zone).astimezone(UTC) - calendar.midnight(
        date(2026, 10, 25), zone
    ).astimezone(UTC)
    assert timedelta(hours=25) == hours


def test_the_calendar_shows_a_story_on_its_day_in_the_papers_zone(desk: Client):
    """Half an hour before midnight in Greenwich is the next day in Berlin."""
    due(rows.a_draft(title="Late news"), "go-live", datetime(2027, 1, 31, 23, 30, tzinfo=UTC))
    url = reverse("desk_calendar")

    january = desk.get(url, {"day": "2027-01-15", "by": "month"}).context["busy"]
    february = desk.get(url, {"day": "2027-02-15", "by": "month"}).context["busy"]

    # January's last week shows the first of February too, as a day outside the month.
    assert [(date(2027, 2, 1), False)] == [(each.day, each.is_outside) for each in february]
    assert all(each.is_outside for each in january)


@pytest.mark.parametrize(
    "asked",
    [
        {"day": "0001-01-01"},
        {"day": "9999-12-31", "by": "week"},
        {"day": "2026-02-30"},
        {"section": "x", "by": "year"},
    ],
)
def test_a_calendar_of_no_day_is_answered(desk: Client, asked: dict[str, str]):
    """Days beyond the calendar's ends are its ends; no day at all is today."""
    assert 200 == desk.get(reverse("desk_calendar"), asked).status_code
