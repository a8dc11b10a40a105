"""A second factor: how it is set up, asked for, and required of who may do much."""

from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client
from django.utils import timezone

from broadsheet.accounts import door, second_factors
from broadsheet.accounts.models import AccessEntry, Kind, Profile
from broadsheet.accounts.models.rules import Rules
from broadsheet.newsroom.roles.names import Role
from tests.integration.accounts.conftest import code_of, secret_of, set_up_app, sign_in

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]


@pytest.fixture
def publisher(person):
    """Return somebody who may publish."""
    return person("pia", Role.PUBLISHER)


def grace(days: int) -> None:
    """Set the paper's grace."""
    Rules.objects.update_or_create(pk=1, defaults={"grace_days": days})


def test_an_app_is_set_up_and_then_asked_for(publisher):
    """Who has an authenticator app comes in with its code, and not without."""
    first = Client()
    sign_in(first, "pia")
    secret = set_up_app(first)
    assert secret == secret_of(publisher)

    second = Client()
    assert "/desk/login/code/" == sign_in(second, "pia").url
    assert 302 == second.get("/desk/").status_code  # not in yet
    wrong = second.post("/desk/login/code/", {"code": "000000"})
    assert "This code is not right" in wrong.content.decode()
    answer = second.post("/desk/login/code/", {"code": code_of(secret, periods_on=1)})

    assert "/desk/" == answer.url
    assert 200 == second.get("/desk/").status_code


def test_a_code_is_taken_once(publisher):
    """A code somebody read over a shoulder does not let them in after it was used."""
    first = Client()
    sign_in(first, "pia")
    code = code_of(set_up_app(first), periods_on=1)
    answers = []
    for client in (Client(), Client()):
        sign_in(client, "pia")
        answers.append(client.post("/desk/login/code/", {"code": code}).status_code)

    assert [302, 200] == answers


def test_the_secret_lies_sealed(publisher):
    """The database alone shows nobody's secret."""
    client = Client()
    sign_in(client, "pia")
    secret = set_up_app(client)

    assert secret not in str(Authenticator.objects.get(user=publisher, type="totp").data)


def test_recovery_codes_come_with_the_app_and_work_once(publisher):
    """Each of the ten codes signs in once."""
    client = Client()
    sign_in(client, "pia")
    set_up_app(client)
    codes = client.get("/desk/security/codes/").content.decode()
    found = [line.split("<")[0] for line in codes.split("<li>")[1:]]
    assert 10 == len(found)

    answers = []
    for _ in range(2):
        other = Client()
        sign_in(other, "pia")
        answers.append(other.post("/desk/login/code/", {"code": found[0]}).status_code)

    assert [302, 200] == answers


def test_a_factor_changes_only_after_confirming(publisher):
    """A session somebody left open lets nobody take the second factor away."""
    client = Client()
    sign_in(client, "pia")
    set_up_app(client)
    session = client.session
    records = session["account_authentication_methods"]
    session["account_authentication_methods"] = [{**each, "at": 0} for each in records]
    session.save()

    answer = client.post("/desk/security/app/remove/")

    assert "/desk/security/confirm/" in answer.url
    assert second_factors.has_second_factor(publisher)


def test_during_the_grace_a_notice_says_until_when(publisher):
    """A publisher without a factor works on, and is told how long."""
    client = Client()
    sign_in(client, "pia")

    page = client.get("/desk/").content.decode()

    assert "Your role needs a second factor" in page
    assert "6\xa0days, 23\xa0hours" in page
    assert "Your role needs" not in client.get("/desk/").content.decode()  # once a session


# Every kind of address the desk has: pages, forms, Wagtail's API, previews, originals.
BEHIND_THE_DOOR = [
    ("get", "/desk/"),
    ("get", "/desk/account/"),
    ("get", "/desk/pages/1/edit/"),
    ("post", "/desk/pages/1/edit/"),
    ("post", "/desk/pages/1/unpublish/"),
    ("get", "/desk/api/main/pages/"),
    ("get", "/desk/originals/a.jpg"),
    ("post", "/desk/pages/1/edit/preview/"),
    ("get", "/desk/images/"),
    ("post", "/desk/images/add/"),
    ("post", "/desk/bulk/wagtailcore/page/publish/"),
    ("put", "/desk/"),
    ("delete", "/desk/pages/1/"),
    ("get", "/desk/securityx/"),
    ("get", "/desk//security/../pages/"),
]


def shut_out(publisher, ask) -> list[str]:
    """Return what is answered otherwise than by leading to the set-up."""
    grace(0)
    client = Client()
    client.force_login(publisher)
    found = []
    for method, path in ask:
        answer = getattr(client, method)(path)
        led = 302 == answer.status_code and "/desk/security/" == answer.url
        refused = 403 == answer.status_code and b"Set up a second factor first" in answer.content
        if not (led or refused):
            found.append(f"{method} {path}: {answer.status_code}")
    return found


@pytest.mark.parametrize("role", [Role.PUBLISHER, Role.ADMINISTRATOR])
def test_after_the_grace_nothing_else_is_possible(person, role):
    """Without the factor they must have, they reach no page, form, API, preview or original."""
    assert [] == shut_out(person("max", role), BEHIND_THE_DOOR)


def test_an_open_door_is_noticed(publisher, monkeypatch):
    """Broken twin: a door that lets requests other than GET through fails the test above."""
    honest = door._lead_to_set_up
    careless = lambda request: honest(request) if request.method == "GET" else None  # noqa: E731
    monkeypatch.setattr(door, "_lead_to_set_up", careless)

    assert [each for each in shut_out(publisher, BEHIND_THE_DOOR) if each.startswith("post")]


def test_after_the_grace_the_set_up_lets_one_in(publisher):
    """Setting up a factor opens the desk again at once."""
    grace(0)
    client = Client()
    sign_in(client, "pia")
    assert "/desk/security/" == client.get("/desk/").url
    page = client.get("/desk/security/").content.decode()
    assert "nothing else is possible at the desk" in page
    set_up_app(client)

    assert 200 == client.get("/desk/").status_code


def test_the_grace_is_given_once(publisher):
    """Who removes a factor after the grace is shut out at once: there is no second grace."""
    Profile.objects.create(
        person=publisher, factor_asked_at=timezone.now() - timedelta(days=7, seconds=1)
    )
    client = Client()
    sign_in(client, "pia")
    set_up_app(client)
    assert 200 == client.get("/desk/").status_code
    client.post("/desk/security/app/remove/")

    assert "/desk/security/" == client.get("/desk/").url


@pytest.mark.parametrize("role", [Role.REPORTER, Role.EDITOR, Role.PICTURE_EDITOR])
def test_others_may_do_without(person, role):
    """Reporters, editors and picture editors are asked for nothing."""
    grace(0)
    client = Client()
    client.force_login(person("rob", role))

    page = client.get("/desk/")

    assert 200 == page.status_code
    assert "second factor" not in page.content.decode()


def test_a_factor_removed_between_the_steps_locks_nobody_out(publisher):
    """Whose factors are removed after the password was taken signs in anew, without a circle."""
    first, second = Client(), Client()
    sign_in(first, "pia")
    set_up_app(first)
    assert "/desk/login/code/" == sign_in(second, "pia").url
    Authenticator.objects.all().delete()

    assert 200 == second.get("/desk/login/").status_code
    assert "/desk/" == sign_in(second, "pia").url


def test_changes_of_factors_are_in_the_log(publisher, django_capture_on_commit_callbacks):
    """Setting up, making codes and removing are written down, with when and from where."""
    client = Client()
    sign_in(client, "pia")
    with django_capture_on_commit_callbacks(execute=True):
        set_up_app(client)
        client.post("/desk/security/codes/new/")
    client.post("/desk/security/app/remove/")

    kinds = AccessEntry.objects.filter(person=publisher).values_list("kind", "address")
    assert [
        (Kind.FACTOR_REMOVED, "127.0.0.1"),
        (Kind.CODES_MADE, "127.0.0.1"),
        (Kind.FACTOR_ADDED, "127.0.0.1"),
        (Kind.SIGNED_IN, "127.0.0.1"),
        (Kind.PASSWORD_RIGHT, "127.0.0.1"),
    ] == list(kinds)
