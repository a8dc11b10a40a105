"""Who leaves is out at once, and somebody is always left who can let people in."""

import pytest
from allauth.mfa.models import Authenticator
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.test import Client

from broadsheet.accounts import leaving, sessions
from broadsheet.accounts.invitations import invite
from broadsheet.accounts.models import AccessEntry, DeskSession, Invitation, Kind
from broadsheet.newsroom.roles.names import Role
from tests.integration.accounts.conftest import PASSWORD, code_of, set_up_app, sign_in

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]


@pytest.fixture
def ada(person):
    """Return the only administrator."""
    User.objects.filter(is_superuser=True).update(is_active=False)  # a home's first editor
    return person("ada", Role.ADMINISTRATOR)


def is_in(client: Client) -> bool:
    """Say whether a browser's next request is somebody's."""
    return 200 == client.get("/desk/signed-in/").status_code


def browsers_left_in(person, ada) -> list[bool]:
    """Deactivate who is signed in twice; return which browsers are still in."""
    rita = person("rita")
    clients = [Client(), Client()]
    for client in clients:
        sign_in(client, "rita")
        assert is_in(client)
    admin = Client()
    admin.force_login(ada)
    admin.post(f"/desk/people/{rita.pk}/deactivate/")
    left = [is_in(client) for client in clients]
    User.objects.filter(pk=rita.pk).update(is_active=True)  # the old sessions stay over
    return [*left, *(is_in(client) for client in clients)]


def test_deactivation_ends_every_session_at_once(person, ada):
    """The next request of each browser is nobody's, and stays so if they come back."""
    assert [False] * 4 == browsers_left_in(person, ada)


def test_a_deactivation_that_leaves_sessions_is_noticed(person, ada, monkeypatch):
    """Broken twin: setting the mark alone fails the test above."""
    monkeypatch.setattr(sessions, "end_all", lambda *_, **__: 0)

    assert True in browsers_left_in(person, ada)


def test_ending_sessions_ends_those_nobody_looked_at_since(person):
    """Who changed the password and asked for no page since is out as well."""
    rita = person("rita")
    client = Client()
    sign_in(client, "rita")
    words = {"password1": "another long password", "password2": "another long password"}
    client.post("/desk/security/password/", {"oldpassword": PASSWORD, **words})

    sessions.end_all(rita)

    assert not is_in(client)


def test_ending_sessions_ends_those_that_wait_for_a_code(person):
    """Who gave a password that was changed since is not let in by the code alone."""
    rita = person("rita", Role.PUBLISHER)
    first, second = Client(), Client()
    sign_in(first, "rita")
    secret = set_up_app(first)
    sign_in(second, "rita")

    sessions.end_all(rita)
    second.post("/desk/login/code/", {"code": code_of(secret, periods_on=1)})

    assert not is_in(second)


def test_who_is_no_administrator_any_more_invites_nobody(person, ada):
    """Invitations somebody made end with their role: they could come in by one of them again."""
    zoe = person("zoe", Role.ADMINISTRATOR)
    invite(email="z@else.example", name="Z", role="administrator", sections=[], by=zoe)
    invite(email="n@paper.example", name="N", role="reporter", sections=[], by=ada)

    leaving.take_role(zoe, "administrator", [], by="ada")

    assert ["n@paper.example"] == list(
        Invitation.objects.filter(revoked_at=None).values_list("email", flat=True)
    )


def test_a_change_of_the_rules_is_written_down(ada):
    """Who gives publishers a longer grace without a second factor stands in the log with it."""
    admin = Client()
    admin.force_login(ada)
    admin.post(
        "/desk/people/rules/", {"grace_days": "90", "idle_hours": "8", "invitation_days": "7"}
    )

    entry = AccessEntry.objects.get(kind=Kind.CHANGED)
    assert ("ada", "rules for signing in: grace_days 90") == (entry.by, entry.detail)


def test_deactivation_takes_factors_and_invitations(person, ada):
    """Passkeys, apps and pending invitations of and to who left are gone."""
    rita = person("rita")
    client = Client()
    sign_in(client, "rita")
    set_up_app(client)
    invite(email="new@paper.example", name="New", role="reporter", sections=[], by=rita)
    leaving.deactivate(rita, by="ada")

    assert not Authenticator.objects.filter(user=rita).exists()
    assert Invitation.objects.get().revoked_at is not None
    assert 200 == sign_in(Client(), "rita").status_code
    entry = AccessEntry.objects.filter(kind=Kind.DEACTIVATED).get()
    assert ("rita", "ada") == (entry.name, entry.by)


def test_who_comes_back_comes_in(person, ada):
    """Activated again, the password opens the desk again."""
    rita = person("rita")
    leaving.deactivate(rita, by="ada")
    leaving.activate(rita, by="ada")

    assert 302 == sign_in(Client(), "rita").status_code


def test_the_last_administrator_stays(person, ada):
    """They can neither be deactivated nor lose the role, at the desk or elsewhere."""
    person("pia", Role.PUBLISHER)
    admin = Client()
    admin.force_login(ada)
    page = admin.post(f"/desk/people/{ada.pk}/deactivate/", follow=True).content.decode()
    assert "This is the last administrator" in page
    admin.post(f"/desk/people/{ada.pk}/take/", {"role": "administrator"})
    with pytest.raises(ValidationError):
        leaving.deactivate(ada, by="x")

    assert 200 == admin.get("/desk/people/").status_code


def test_one_of_two_administrators_can_go(person, ada):
    """With another one there, an administrator can be deactivated; then that one stays."""
    other = person("bo", Role.ADMINISTRATOR)
    leaving.deactivate(ada, by="bo")

    with pytest.raises(ValidationError):
        leaving.deactivate(other, by="x")


def test_a_changed_password_ends_the_other_sessions(person):
    """Whoever else is signed in with the old password is out; who changed it stays."""
    person("rita")
    here, elsewhere = Client(), Client()
    for client in (here, elsewhere):
        sign_in(client, "rita")
    new = "quite another phrase"
    answer = here.post(
        "/desk/security/password/", {"oldpassword": PASSWORD, "password1": new, "password2": new}
    )

    assert 302 == answer.status_code
    assert [True, False] == [is_in(here), is_in(elsewhere)]
    assert Kind.PASSWORD_CHANGED in AccessEntry.objects.values_list("kind", flat=True)


def test_sessions_are_listed_and_ended(person):
    """Everybody sees where they are signed in, and ends one session, or all others."""
    person("rita")
    clients = [Client(REMOTE_ADDR=f"203.0.113.{n}") for n in range(3)]
    for client in clients:
        sign_in(client, "rita")
    page = clients[0].get("/desk/security/").content.decode()
    assert all(f"203.0.113.{n}" in page for n in range(3))

    second = DeskSession.objects.get(address="203.0.113.1")
    clients[0].post(f"/desk/security/sessions/{second.pk}/end/")
    assert [True, False, True] == [is_in(client) for client in clients]
    clients[0].post("/desk/security/sessions/end-others/")
    assert [True, False, False] == [is_in(client) for client in clients]


def test_nobody_ends_anothers_session(person):
    """Another person's session is not found, whatever number is sent."""
    person("rita")
    person("otto")
    ritas, ottos = Client(), Client()
    sign_in(ritas, "rita")
    sign_in(ottos, "otto")
    key = DeskSession.objects.get(person__username="rita").pk

    assert 404 == ottos.post(f"/desk/security/sessions/{key}/end/").status_code
    assert is_in(ritas)


def test_every_act_asks_for_the_forms_own_key(person, ada):
    """A page elsewhere can make an administrator's browser send none of it."""
    rita = person("rita")
    admin = Client(enforce_csrf_checks=True)
    admin.force_login(ada)
    for path in ("deactivate", "give", "take", "password", "end-sessions", "reset-second-factor"):
        assert 403 == admin.post(f"/desk/people/{rita.pk}/{path}/").status_code, path
    assert 403 == admin.post("/desk/people/invite/").status_code
    assert 403 == admin.post("/desk/security/sessions/end-others/").status_code
