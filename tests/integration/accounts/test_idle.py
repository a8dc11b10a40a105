"""A desk nobody uses signs itself out, whatever its open pages ask for by themselves."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from broadsheet.accounts import door
from broadsheet.accounts.models import AccessEntry, DeskSession, Kind
from broadsheet.accounts.models.rules import Rules
from tests.integration.accounts.conftest import sign_in

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]

UNATTENDED = [
    "/desk/signed-in/",
    "/desk/editing-sessions/1/",
    "/desk/late/",
    "/desk/pages/1/edit/preview/",
]


@pytest.fixture
def client(person):
    """Return a browser somebody is signed in with."""
    person("rita")
    client = Client()
    sign_in(client, "rita")
    return client


def pass_time(by: timedelta) -> None:
    """Make the session's last use so much older."""
    session = DeskSession.objects.get()
    DeskSession.objects.update(seen_at=session.seen_at - by)


def test_an_unused_desk_signs_out(client):
    """After eight hours without use one is signed out, told why, and it is in the log."""
    pass_time(timedelta(hours=8, seconds=5))
    answer = client.get("/desk/", follow=True)

    assert "nothing was done here for 8 hours" in answer.content.decode()
    assert [("/desk/login/?next=/desk/", 302)] == answer.redirect_chain
    assert Kind.TIMED_OUT in AccessEntry.objects.values_list("kind", flat=True)
    assert 401 == client.get("/desk/signed-in/").status_code


def test_use_keeps_a_desk_open(client):
    """Pages opened and things saved begin the time anew."""
    pass_time(timedelta(hours=7, minutes=59))
    client.get("/desk/")
    pass_time(timedelta(hours=7, minutes=59))

    assert 200 == client.get("/desk/").status_code


def hours_kept_open_by_pings(client) -> bool:
    """Say whether what pages ask by themselves kept a desk open that nobody touched."""
    for _ in range(3):
        pass_time(timedelta(hours=3))
        for path in UNATTENDED:
            client.post(path)
    return client.get("/desk/signed-in/").status_code == 200


def test_an_open_page_keeps_no_desk_open(client):
    """Asking who else is editing, or for a preview, is nobody's doing."""
    assert not hours_kept_open_by_pings(client)


def test_pings_that_count_are_noticed(client, monkeypatch):
    """Broken twin: a door that takes every request for use fails the test above."""
    monkeypatch.setattr(door, "is_unattended", lambda _: False)

    assert hours_kept_open_by_pings(client)


def test_the_paper_sets_the_time(client):
    """The rule set at the desk holds at once."""
    Rules.objects.create(pk=1, idle_hours=1)
    pass_time(timedelta(minutes=61))

    assert 302 == client.get("/desk/").status_code


def test_use_is_noted_once_a_minute(client, django_assert_num_queries):
    """No request but the first of a minute writes a row for being seen."""
    client.get("/desk/")
    before = DeskSession.objects.get().seen_at
    client.get("/desk/")

    assert before == DeskSession.objects.get().seen_at
    pass_time(timedelta(minutes=2))
    client.get("/desk/")
    assert timezone.now() - DeskSession.objects.get().seen_at < timedelta(seconds=30)
