"""Signing in: who comes in, what strangers are told, and where it leads."""

import time
from statistics import median

import pytest
from django.contrib.auth.models import User
from django.test import Client

from broadsheet.accounts.backend import OnePasswordCheck
from broadsheet.accounts.models import AccessEntry, DeskSession, Kind
from tests.integration.accounts.conftest import PASSWORD, set_up_app, sign_in

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]

WRONG = "The name or the password is not right."


@pytest.mark.parametrize("typed", ["rita", "rita@paper.example", " RITA@paper.example "])
def test_a_name_or_a_mail_address_signs_in(person, typed):
    """People sign in by either."""
    person("rita")

    assert "/desk/" == sign_in(Client(), typed).url


def test_the_page_carries_the_papers_name_and_no_script_of_its_own(paper):
    """It says whose desk this is; every script is a file, and it has one h1."""
    page = Client().get("/desk/login/").content.decode()

    assert '<p class="masthead">The Daily Test</p>' in page
    assert 1 == page.count("<h1>")
    assert "style=" not in page
    assert "onclick" not in page
    inline = [part for part in page.split("<script")[1:] if "src=" not in part.split(">")[0]]
    assert all('type="application/json"' in part.split(">")[0] for part in inline)


@pytest.mark.parametrize("name", ["rita", "nobody", "rita@paper.example", "no@paper.example"])
def test_strangers_are_told_the_same(person, name):
    """A wrong password and a wrong name are answered alike."""
    person("rita")

    page = sign_in(Client(), name, "guess").content.decode()

    assert WRONG in page


def test_who_has_left_is_told_the_same(person):
    """A deactivated person's right password opens and tells nothing."""
    person("rita", is_active=False)

    assert WRONG in sign_in(Client(), "rita").content.decode()


def seconds_to_refuse(names: list[str]) -> float:
    """Return the median processor time a wrong password takes: a busy machine adds none."""
    taken = []
    for name in names:
        begun = time.thread_time()
        assert OnePasswordCheck().authenticate(None, username=name, password="guess") is None
        taken.append(time.thread_time() - begun)
    return median(taken)


def test_time_tells_nobody_who_is_known(person):
    """A name nobody has takes as long as a known one, by name or by mail address."""
    person("rita")
    person("left", is_active=False)
    invited = User.objects.create_user("invited")
    invited.set_unusable_password()
    invited.save()
    known = seconds_to_refuse(["rita"] * 7)

    for name in ("nobody", "rita@paper.example", "no@paper.example", "left", "invited"):
        assert 0.5 < seconds_to_refuse([name] * 7) / known < 2, name


@pytest.mark.parametrize(
    "elsewhere",
    [
        "https://evil.example/",
        "//evil.example/",
        "/\\evil.example",
        "https:///evil.example",
        "javascript:alert(1)",
        "/elsewhere/",
        "/desk/../elsewhere/",
        "http://testserver.evil.example/desk/",
        "\x00//evil.example",
    ],
)
def test_signing_in_leads_nowhere_else(person, elsewhere):
    """Only an address of the desk is gone on to."""
    person("rita")
    answer = Client().post(
        "/desk/login/", {"username": "rita", "password": PASSWORD, "next": elsewhere}
    )

    assert "/desk/" == answer.url


def test_signing_in_leads_on(person):
    """Who wanted a page of the desk gets to it."""
    person("rita")
    client = Client()
    wanted = client.get("/desk/pages/?p=2")
    typed = {"username": "rita", "password": PASSWORD, "next": "/desk/pages/?p=2"}
    answer = client.post(wanted.url, typed)

    assert "/desk/pages/?p=2" == answer.url


def test_a_new_key_is_given_at_sign_in(person):
    """A session key somebody slipped in beforehand is worth nothing afterwards."""
    person("rita")
    client = Client()
    client.get("/desk/password_reset/")
    session = client.session
    session["planted"] = True
    session.save()
    before = session.session_key
    client.cookies["sessionid"] = before
    sign_in(client, "rita")

    assert before != client.cookies["sessionid"].value
    assert client.session.session_key != before


def test_cookies_are_closed(person):
    """The session's cookie is out of scripts' reach and stays with the desk."""
    person("rita")
    client = Client()
    sign_in(client, "rita")
    cookie = client.cookies["sessionid"]

    assert (True, "Lax", "/desk/") == (cookie["httponly"], cookie["samesite"], cookie["path"])


def test_who_has_no_role_is_told_so(person):
    """Without a role one is told what helps, and is not led round in a circle."""
    person("new", role=None)
    client = Client()
    answer = client.post("/desk/login/", {"username": "new", "password": PASSWORD}, follow=True)

    assert 403 == answer.status_code
    assert "You have no role at this desk yet" in answer.content.decode()
    assert "Ask an administrator" in answer.content.decode()


@pytest.mark.parametrize("path", ["/desk/signup/", "/desk/login/signup/", "/desk/security/email/"])
def test_nobody_signs_up(person, path):
    """There is no page to make oneself an account."""
    person("rita")
    client = Client()
    sign_in(client, "rita")

    assert 404 == client.get(path).status_code


def test_signing_out_ends_the_session(person):
    """After signing out the cookie opens nothing, and the log says when."""
    person("rita")
    client = Client()
    sign_in(client, "rita")
    key = client.cookies["sessionid"].value
    client.post("/desk/logout/")
    client.cookies["sessionid"] = key

    assert "/desk/login/" in client.get("/desk/").url
    assert not DeskSession.objects.exists()
    assert Kind.SIGNED_OUT == AccessEntry.objects.first().kind


def test_no_mail_is_promised(paper):
    """Without a mail server the page names whom to ask, and has no link to a form for mail."""
    page = Client().get("/desk/login/").content.decode()

    assert "password_reset" not in page
    assert "Ask an administrator of the desk for a link to a new one" in page


def test_what_was_typed_as_a_name_is_not_kept(person):
    """People type passwords into the name's field: the log keeps names of accounts only."""
    person("rita")
    sign_in(Client(), "my secret password", "x")
    sign_in(Client(), "RITA@paper.example", "x")

    entries = list(AccessEntry.objects.values())
    assert ["rita", ""] == [entry["name"] for entry in entries]
    assert "my secret password" not in str(entries)


def test_the_log_tells_how_one_came_in(person):
    """A sign-in names when, from where, with which browser, and by which ways."""
    person("rita")
    client = Client(HTTP_USER_AGENT="Firefox\x07 " + "x" * 500, REMOTE_ADDR="203.0.113.9")
    sign_in(client, "rita")
    set_up_app(client)

    entry = AccessEntry.objects.get(kind=Kind.SIGNED_IN)
    assert ("rita", "203.0.113.9", "password") == (entry.name, entry.address, entry.detail)
    assert entry.agent.startswith("Firefox x")
    assert 200 == len(entry.agent)
