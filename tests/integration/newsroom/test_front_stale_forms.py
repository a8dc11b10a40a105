"""A form that was opened before the front changed does what its editor saw, or says why not."""

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone
from selectolax.lexbor import LexborHTMLParser

from broadsheet.newsroom import acts
from broadsheet.newsroom.fronts import drafts, fronts, scheduling
from broadsheet.newsroom.fronts.arranging import stories_on
from broadsheet.newsroom.fronts.publishing import ChangedMeanwhile
from broadsheet.newsroom.fronts.views import paper_zone
from broadsheet.newsroom.models import FrontChange
from broadsheet.press import deriving
from broadsheet.press.tables import Tables
from tests.factories import rows
from tests.factories.fronts import a_board, a_publisher, publish_front, the_front
from tests.factories.story import an_id
from tests.integration.newsroom.front_desk import (
    BOARD,
    a_browser,
    board_shown,
    form_of,
    live,
    press,
)

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]


@pytest.fixture
def petra():
    """Return a publisher."""
    rows.a_paper()
    return a_publisher()


@pytest.fixture
def desk(petra):
    """Return a browser the publisher is signed in with."""
    return a_browser(petra)


def _overtaken_plan_is_asked_about(desk):
    """Schedule from a form of before a colleague's edition; return the answer and its stories."""
    trams, harbor = live("Trams", "Harbor")
    press(desk, f"add:{trams.uuid}", at="0")
    form = form_of(desk) | {"due_at": f"{timezone.now() + timedelta(days=3):%Y-%m-%d}T09:30"}
    publish_front(a_board(harbor), by=a_publisher("ben"), at=timezone.now())

    answer = desk.post(f"{BOARD}schedule/", form)

    assert 409 == answer.status_code
    assert not FrontChange.objects.exists()
    return answer, trams, harbor


def test_plan_made_before_a_colleague_published_is_asked_about(desk):
    """Who schedules a front that changed since is shown what a colleague did, and chooses."""
    answer, trams, harbor = _overtaken_plan_is_asked_about(desk)
    page = LexborHTMLParser(answer.content)
    assert "ben published this front" in page.text()
    assert "“Harbor” comes to Lead" in page.text()
    assert {"Lead": "Trams"} == board_shown(desk)

    (mine,) = [f for f in page.css("form") if "schedule" in (f.attributes.get("action") or "")]
    choice = {n.attributes["name"]: n.attributes["value"] for n in mine.css("input")}
    desk.post(f"{BOARD}schedule/", choice)

    change = FrontChange.objects.get()
    assert 9 == change.due_at.astimezone(paper_zone()).hour
    assert (str(trams.uuid), fronts.newest_seq("paper")) == (
        change.slots[0]["story"],
        change.based_on,
    )
    assert [str(harbor.uuid)] == stories_on(fronts.newest_edition("paper").board)


def test_plan_that_does_not_look_is_found(desk, monkeypatch):
    """The broken twin: scheduling that takes what it finds for what was seen is found."""
    monkeypatch.setattr(scheduling, "must_be_as_seen", lambda *_, **__: None)

    with pytest.raises(AssertionError):
        _overtaken_plan_is_asked_about(desk)


def test_plan_of_what_a_colleague_published_overwrites_nothing(petra):
    """What says the same as the edition one has not seen is scheduled without a question."""
    trams, harbor = live("Trams", "Harbor")
    due_at = datetime.now(UTC) + timedelta(days=1)
    publish_front(a_board(trams), by=a_publisher("ben"), at=timezone.now())

    scheduling.schedule(the_front(), a_board(trams), based_on=0, due_at=due_at, user=petra)
    with pytest.raises(ChangedMeanwhile):
        scheduling.schedule(the_front(), a_board(harbor), based_on=0, due_at=due_at, user=petra)

    assert 1 == FrontChange.objects.count()


def test_keep_here_keeps_the_story_that_was_seen(desk):
    """A newer story that came meanwhile is not kept instead of the one whose button was pressed."""
    live("Harbor", "Trams")
    form = form_of(desk)
    rows.a_live_story(title="Goats", now=timezone.now())
    deriving.derive(Tables())

    press(desk, "pin:0", form=form)

    assert {"Lead": "Trams"} == board_shown(desk)


def test_keep_here_of_a_story_that_left_says_so(desk):
    """A story that was retracted since is not replaced by another that nobody asked for."""
    _, trams = live("Harbor", "Trams")
    form = form_of(desk)
    acts.retract(trams, reason="Wrong.")
    deriving.derive(Tables())

    answer = press(desk, "pin:0", form=form)

    assert "Nothing was done" in answer.content.decode()
    assert {} == board_shown(desk)


@pytest.mark.parametrize("forged", ["", "x", "0" * 5000, "../", "\x00", an_id(77)])
def test_forged_story_is_not_kept(desk, petra, forged):
    """Only the id of a story one may see is kept, and only where it is not on the board twice."""
    (trams, _) = live("Trams", "Harbor")
    press(desk, f"add:{trams.uuid}", at="0")

    for story in (forged, str(trams.uuid)):
        press(desk, "pin:5", form=form_of(desk) | {"shown-5": story})

    assert [str(trams.uuid)] == stories_on(drafts.draft_of(the_front(), petra).board)
