"""`broadsheet status` says what is scheduled as the newsroom speaks of it."""

from datetime import UTC, datetime

import pytest
from click.testing import CliRunner, Result

from broadsheet.config.cli import status
from broadsheet.config.main import cli
from broadsheet.newsroom import acts
from broadsheet.newsroom.models import Story
from broadsheet.newsroom.models.sizes_wanted import SizesWanted
from broadsheet.press.models import Account, LedgerRow
from tests.factories import rows
from tests.factories.pictures import an_uploaded_picture

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]
NEW_YEAR = datetime(2031, 1, 1, 5, 30, tzinfo=UTC)
HEADLINE = "Mayor to resign"


def broadsheet(*arguments: str) -> Result:
    """Run a command here; an error it does not turn into words fails the test."""
    return CliRunner().invoke(cli, arguments, catch_exceptions=False)


@pytest.fixture
def scheduled() -> Story:
    """Return a story of a paper in Berlin that is to go live on New Year's morning."""
    rows.a_paper()
    story = rows.a_draft(title=HEADLINE, go_live_at=NEW_YEAR)
    story.get_latest_revision().publish()
    return story


def test_schedule_is_told_in_the_papers_zone(scheduled):
    """The time is the one that the newsroom's clock will show."""
    said = broadsheet("status").output

    assert f"Scheduled  2031-01-01 06:30 (Europe/Berlin) go-live {scheduled.uuid}" in said


def test_headline_is_shown_on_a_terminal_only(scheduled, monkeypatch):
    """Who sits there reads which story it is; a file of a monitor gets no word of it."""
    piped = broadsheet("status").output
    monkeypatch.setattr(status, "_is_read_by_a_person", lambda: True)
    shown = broadsheet("status").output

    assert HEADLINE not in piped
    assert f"go-live {scheduled.uuid} “{HEADLINE}”" in shown


def test_headline_shown_is_that_of_the_newest_draft(scheduled, monkeypatch):
    """An update of a live story is called as it will be called, as at the desk."""
    live = rows.a_live_story()
    live.title, live.go_live_at = "Council delays the tram line", NEW_YEAR
    live.save_revision()
    acts.publish_newest(live)
    monkeypatch.setattr(status, "_is_read_by_a_person", lambda: True)

    assert "“Council delays the tram line”" in broadsheet("status").output, scheduled


def test_releasing_an_account_there_is_not_says_so():
    """A mistyped name is not said to be an account that works."""
    done = broadsheet("account", "release", "nobody")

    assert 1 == done.exit_code
    assert "there is no account sandbox/nobody; `broadsheet account list` lists them" in done.output


def test_releasing_an_account_that_works_says_so():
    """An account nobody put on hold needs no release."""
    Account.objects.create(surface="sandbox", name="main", settings={}, added_at=NEW_YEAR)

    assert "sandbox/main is not on hold" in broadsheet("account", "release", "main").output


def test_a_picture_nobody_can_make_sizes_of_is_named():
    """A parked picture stands there by its id with its problem, and a monitor hears of it."""
    rows.a_paper()
    picture = an_uploaded_picture(title="Embargoed treaty")
    SizesWanted.objects.update_or_create(
        picture=picture, defaults={"problem": "it cannot be read as a picture to its end"}
    )

    said = broadsheet("status").output
    asked = broadsheet("status", "--quiet-or-fail")

    assert (
        f"Parked     picture {picture.uuid}: it cannot be read as a picture to its end "
        "(needs a person)"
    ) in said
    assert "treaty" not in said
    assert 1 == asked.exit_code


def test_what_fails_alike_is_told_in_a_few_lines():
    """A template that fails parks every page; five are named, the rest are counted."""
    rows.a_paper()
    why = "theme/templates/story.html, line 3: UndefinedError: no"
    for number in range(40):
        LedgerRow.objects.create(
            surface="website",
            key=f"/{number}/",
            recipe="front",
            subject="",
            parked=why,
            dirty_seq=1,
        )
    LedgerRow.objects.create(
        surface="website",
        key="/x/",
        recipe="rss",
        subject="",
        parked="the disk is full",
        dirty_seq=1,
    )

    said = broadsheet("status").output

    assert 5 == said.count(f"{why} (needs a person)")
    assert f"Parked     and 35 more for the same reason: {why}" in said
    assert "/x/: the disk is full" in said
