"""The desk goes by the paper's clock: it tells times in the paper's zone, and takes them so."""

from datetime import UTC, datetime

import pytest
from wagtail.test.utils.form_data import rich_text, streamfield
from wagtail.users.models import UserProfile

from broadsheet.accounts.models import AccessEntry, Kind
from broadsheet.newsroom.models import Story
from tests.factories import rows

IN_BERLIN = "2031-07-01 10:30"  # the paper's zone; two hours before UTC in summer
IN_UTC = datetime(2031, 7, 1, 8, 30, tzinfo=UTC)


@pytest.fixture
def section(desk):
    """Return a section to write in."""
    del desk
    return rows.a_section_row()


def added(desk, section, data):
    """Return the story that a form makes."""
    desk.post(f"/desk/pages/add/newsroom/story/{section.pk}/", data)
    return Story.objects.get().get_latest_revision_as_object()


def test_times_are_taken_by_the_papers_clock(desk, form, section):
    """What is typed as the time of an embargo and of an update is the paper's time."""
    update = {"at": IN_BERLIN, "headline": "It begins", "text": rich_text("<p>Now.</p>")}

    story = added(
        desk, section, form(embargo_until=IN_BERLIN, body=streamfield([("update", update)]))
    )

    assert IN_UTC == story.embargo_until
    assert IN_UTC == story.body[0].value["at"]


def test_a_form_shows_what_was_typed(desk, form, section):
    """The form of a saved story has the time as it was typed."""
    added(desk, section, form(embargo_until=IN_BERLIN))

    page = desk.get(f"/desk/pages/{Story.objects.get().pk}/edit/").content.decode()

    assert f'value="{IN_BERLIN}"' in page


def test_a_form_names_the_clock(desk, section):
    """Beside the times of a story, and of an update in it, stands whose time it is."""
    page = desk.get(f"/desk/pages/add/newsroom/story/{section.pk}/").content.decode()

    assert 3 <= page.count("By the paper’s clock (Europe/Berlin).")  # embargo, go live, expiry
    assert "newest first. By the paper\\u2019s clock (Europe/Berlin)." in page


def test_everybody_has_the_papers_clock(desk, form, section, editor):
    """A zone in somebody's own profile moves no time, and stays as it was."""
    UserProfile.objects.create(user=editor, current_time_zone="Asia/Tokyo")

    story = added(desk, section, form(embargo_until=IN_BERLIN))
    desk.patch("/desk/dismissibles/", {"seen": True}, content_type="application/json")

    assert IN_UTC == story.embargo_until
    assert "Asia/Tokyo" == UserProfile.objects.get().current_time_zone


def test_a_past_time_is_refused_in_the_papers_words(desk, form, section):
    """A time that is over is refused as it was typed, with its zone."""
    data = form(embargo_until="2021-07-01 10:30")

    page = desk.post(f"/desk/pages/add/newsroom/story/{section.pk}/", data).content.decode()

    assert "01 July 2021 at 10:30 (CEST) is past" in page


def test_signing_in_is_told_by_the_papers_clock(desk, editor):
    """One's own page tells when one came in by the paper's clock, and names it."""
    AccessEntry.objects.create(
        at=datetime(2026, 7, 1, 8, 30, 15, tzinfo=UTC), kind=Kind.SIGNED_IN, person=editor
    )

    page = desk.get("/desk/security/").content.decode()

    assert "1 Jul 2026, 10:30:15" in page
    assert "Times are those of Europe/Berlin." in page
    assert "UTC" not in page
