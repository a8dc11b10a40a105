"""Fronts are shown to, and changed by, those who may, on every path."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from broadsheet.newsroom.fronts import board_views
from broadsheet.newsroom.fronts import views as front_views
from broadsheet.newsroom.models import FrontChange, FrontDraft
from broadsheet.newsroom.roles.names import Role
from broadsheet.press import deriving, log
from broadsheet.press.tables import Tables
from tests.factories import rows
from tests.factories.fronts import a_publisher, the_front
from tests.factories.story import an_id
from tests.integration.newsroom.front_desk import (
    BOARD,
    a_browser,
    form_of,
    live,
    opened,
    press,
    read_words,
)

MOST_QUERIES = 40

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


GETS = ("", "preview/", "preview/page/", "history/")
POSTS = ("", "publish/", "schedule/", "discard/", "history/0/restore/")


def _refuses(client, front):
    for method, places in ((client.get, GETS), (client.post, POSTS)):
        for place in places:
            answer = method(f"/desk/fronts/{front.key}/{place}")
            # Wagtail answers a refusal with the way home and a message.
            assert answer.status_code in {302, 403}, (place, answer.status_code)
            assert "login" in answer.get("Location", "login") or answer.get("Location") == "/desk/"


@pytest.mark.parametrize("role", [Role.REPORTER, Role.PICTURE_EDITOR, Role.ADMINISTRATOR])
def test_who_may_not_arrange_sees_no_front(petra, role):
    """Without rights on a front none of its pages is shown, and nothing can be posted."""
    assert petra
    ria, world = rows.a_person("ria", role), rows.a_section_row()

    for front in (the_front(), the_front(world)):
        _refuses(a_browser(ria), front)
        _refuses(Client(), front)
    assert 302 == a_browser(ria).get(reverse("fronts")).status_code
    assert not FrontDraft.objects.exists()


def test_view_that_asks_nobody_is_found(petra, monkeypatch):
    """A front's pages that ask for no right are seen to answer everybody."""
    assert petra
    monkeypatch.setattr(front_views, "may_arrange", lambda *_: True)

    with pytest.raises(AssertionError):
        _refuses(a_browser(rows.a_person("ria", Role.REPORTER)), the_front())


def test_editor_without_the_right_to_publish_is_refused(petra):
    """Who may arrange but not publish is refused publishing, scheduling and cancelling."""
    assert petra
    (trams,) = live("Trams")
    hers = a_browser(rows.a_person("ria", Role.EDITOR))
    press(hers, f"add:{trams.uuid}", at="0")
    length = log.length()

    for place in ("publish/", "schedule/"):
        answer = hers.post(f"{BOARD}{place}", form_of(hers) | {"due_at": "2030-01-01T10:00"})
        assert (302, "/desk/") == (answer.status_code, answer["Location"])

    assert length == log.length()
    assert not FrontChange.objects.exists()


def test_section_editor_arranges_their_front_only(petra):
    """Who publishes a section's stories sees its front in the list, and no other."""
    assert petra
    world, city = rows.a_section_row(), rows.a_section_row("City")
    theirs = a_browser(rows.a_person("ed", Role.PUBLISHER, sections=[world]))

    listed = opened(theirs, reverse("fronts")).css("tbody th")
    assert ["Front of World"] == [node.text(strip=True) for node in listed]
    assert 200 == theirs.get(f"/desk/fronts/{world.uuid}/").status_code
    _refuses(theirs, the_front(city))
    _refuses(theirs, the_front())


def test_others_drafts_are_not_offered_to_section_editors(petra):
    """A search shows live stories and those one may edit: no embargoed one of another desk."""
    assert petra
    world, city = rows.a_section_row(), rows.a_section_row("City")
    rows.a_draft(city, title="Secret trams")
    rows.a_draft(world, title="Own trams")
    read_words()

    found = opened(
        a_browser(rows.a_person("ed", Role.PUBLISHER, sections=[world])),
        f"/desk/fronts/{world.uuid}/?q=trams",
    )

    assert ["Own trams"] == [n.text(strip=True) for n in found.css(".front-offer .front-headline")]


@pytest.mark.parametrize("question", ["%00", "trams%00", "%ED%A0%80", "a+" * 3000])
def test_search_for_what_no_text_holds_is_answered(desk, question):
    """A question with characters that no database keeps, or far too long, is no server error."""
    live("Trams return")
    read_words()

    assert 200 == desk.get(f"{BOARD}?q={question}").status_code


def test_forms_are_guarded_against_other_sites(petra):
    """A POST without the desk's token is refused."""
    client = Client(enforce_csrf_checks=True)
    client.force_login(petra)

    assert {403} == {client.post(f"{BOARD}{place}").status_code for place in POSTS}


@pytest.mark.parametrize("key", ["nowhere", an_id(5), "paper%2F..", "%00"])
def test_front_of_no_section_is_not_there(desk, key):
    """A front of no section answers 404, whatever its key."""
    assert 404 == desk.get(f"/desk/fronts/{key}/").status_code


def test_menu_has_fronts_for_who_may(desk, petra):
    """The menu leads to fronts for whoever may arrange one."""
    assert b'"/desk/fronts/"' in desk.get("/desk/").content
    assert (
        b'"/desk/fronts/"'
        not in a_browser(rows.a_person("ria", Role.REPORTER)).get("/desk/").content
    )
    assert board_views.FrontList.page_title in opened(desk, reverse("fronts")).text()


def test_board_costs_the_same_in_a_larger_archive(desk):
    """A board asks the database as often with twice as many stories, and search no more."""
    live(*(f"Story {number}" for number in range(25)))
    assert opened(desk)

    def cost():
        with CaptureQueriesContext(connection) as queries:
            opened(desk)
        return len(queries)

    small = cost()
    for number in range(25):
        rows.a_live_story(title=f"Later {number}")
    deriving.derive(Tables())

    assert small == cost() < MOST_QUERIES
