"""Inviting people by mail or by a link, accepting once and in time, and new passwords by mail."""

import re
from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.core import signing
from django.test import Client
from django.utils import timezone

from broadsheet.accounts import invitations
from broadsheet.accounts.models import AccessEntry, Invitation, Kind
from broadsheet.accounts.people import NOBODYS_NAMES
from broadsheet.newsroom.adapter import SCHEDULER, SWEEP
from broadsheet.newsroom.audit.words import GIVE_ROLE
from broadsheet.newsroom.lateness.alarm import PRESS
from broadsheet.newsroom.models import AuditEntry
from broadsheet.newsroom.roles.members import roles_of
from broadsheet.newsroom.roles.names import Role
from tests.factories import rows
from tests.integration.accounts.conftest import sign_in
from tests.servers.smtp import smtp

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]

CHOSEN = {"name": "Nora Nilsson", "username": "nora", "password": "correct horse battery"}


@pytest.fixture
def admin(person):
    """Return a browser an administrator is signed in with."""
    client = Client()
    client.force_login(person("ada", Role.ADMINISTRATOR))
    return client


@pytest.fixture
def mailbox(settings):
    """Give a real mail server that the desk sends through."""
    with smtp() as server:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", server.port
        yield server


def invite(client: Client, **changes):
    """Send what an administrator fills in."""
    form = {"name": "Nora Nilsson", "email": "nora@paper.example", "role": "reporter", **changes}
    return client.post("/desk/people/invite/", form)


def link_in(text: str) -> str:
    """Return the path of the only link in a text."""
    (found,) = re.findall(r"https?://[^/\s]+(/desk/\S+?/)(?=[\s\"])", text)
    return found


def test_an_invitation_goes_by_mail_and_lets_in(admin, mailbox):
    """The mail's link sets name and password, signs in, and leads to the second factor."""
    section = rows.a_section_row()
    invite(admin, sections=[str(section.pk)])
    mail = mailbox.text()
    assert "The Daily Test: you are invited to the desk" == mailbox.mails[0]["subject"]
    assert "nora@paper.example" == mailbox.mails[0]["to"]

    client = Client()
    page = client.get(link_in(mail)).content.decode()
    assert 'value="nora"' in page
    answer = client.post(link_in(mail), CHOSEN)

    assert "/desk/security/" == answer.url
    nora = User.objects.get(username="nora")
    assert ("Nora Nilsson", "nora@paper.example") == (nora.get_full_name(), nora.email)
    assert [(Role.REPORTER, section.pk)] == [(held.role, held.section) for held in roles_of(nora)]
    assert 200 == client.get("/desk/").status_code


def test_without_a_mail_server_the_link_is_shown_once(admin, settings):
    """The administrator gets the link to hand over, and no page shows it again."""
    settings.EMAIL_HOST = ""
    page = invite(admin).content.decode()
    link = link_in(page)

    assert "No mail server is set" in page
    assert link not in admin.get("/desk/people/").content.decode()
    assert 200 == Client().get(link).status_code


def test_a_refused_mail_shows_the_link_and_why(admin, settings):
    """If the server takes no mail, the administrator is told, and has the link all the same."""
    with smtp(refuses=True) as server:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", server.port
        page = invite(admin).content.decode()

    assert "no such mailbox" in page
    assert 200 == Client().get(link_in(page)).status_code


@pytest.mark.parametrize("name", ["Scheduler", "press", "sweep", "ada@paper.example", "ADA"])
def test_nobody_takes_the_name_of_another_who_acts(admin, settings, name):
    """Neither the press's names, nor what somebody else signs in by, can be chosen."""
    settings.EMAIL_HOST = ""
    link = link_in(invite(admin).content.decode())

    answer = Client().post(link, {**CHOSEN, "username": name})

    assert "choose another" in answer.content.decode()
    assert not User.objects.filter(email="nora@paper.example").exists()


def test_a_role_that_came_with_an_invitation_is_noted_as_such(admin, settings):
    """The audit log does not take who accepts for somebody at the command line."""
    settings.EMAIL_HOST = ""
    Client().post(link_in(invite(admin).content.decode()), CHOSEN)

    entry = AuditEntry.objects.filter(act=GIVE_ROLE).latest("pk")
    assert ("invitation", "nora") == (entry.by, entry.label)


def test_names_of_the_press_are_those_nobody_can_have():
    """Who acts in the log without being a person is known to those who choose names."""
    assert {SCHEDULER, SWEEP, PRESS, "invitation"} == NOBODYS_NAMES


def test_asking_for_a_new_password_is_written_down_for_whomever(person):
    """An address nobody has costs the same row of the log, and the log does not keep it."""
    person("rita")
    for email in ("rita@paper.example", "nobody@paper.example"):
        Client().post("/desk/password_reset/", {"email": email})

    asked = AccessEntry.objects.filter(kind=Kind.RESET_ASKED).order_by("pk")
    assert ["rita", ""] == list(asked.values_list("name", flat=True))


def opens(link: str) -> bool:
    """Say whether a link lets somebody in, asked by POST as by GET."""
    client = Client()
    seen = client.get(link).status_code
    sent = client.post(link, CHOSEN).status_code
    assert (seen, sent) in {(200, 302), (410, 410)}
    return seen == 200


def expired_link_opens(admin) -> bool:
    """Return whether a link opens after its time."""
    link = link_in(invite(admin).content.decode())
    Invitation.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    return opens(link)


def test_an_invitation_expires(admin):
    """After its time a link opens nothing."""
    assert not expired_link_opens(admin)


def test_an_invitation_that_never_expires_is_noticed(admin, monkeypatch):
    """Broken twin: reading a link without looking at its time fails the test above."""

    def careless(token: str) -> Invitation:
        key, nonce = invitations.invitation_of(token)
        return Invitation.objects.get(pk=key, nonce=nonce, accepted_at=None)

    monkeypatch.setattr(invitations, "invited_by_link", careless)

    assert expired_link_opens(admin)


def test_an_invitation_works_once(admin):
    """Who finds the link later comes in as nobody."""
    link = link_in(invite(admin).content.decode())

    assert [True, False] == [opens(link), opens(link)]
    assert 1 == User.objects.filter(email="nora@paper.example").count()


def test_a_revoked_invitation_opens_nothing(admin):
    """Revoking takes back what was sent."""
    link = link_in(invite(admin).content.decode())
    admin.post(f"/desk/people/invited/{Invitation.objects.get().pk}/revoke/")

    assert not opens(link)


def test_sending_again_replaces_the_link(admin):
    """Only the newest link of an invitation opens it."""
    first = link_in(invite(admin).content.decode())
    key = Invitation.objects.get().pk
    second = link_in(admin.post(f"/desk/people/invited/{key}/again/").content.decode())

    assert [False, True] == [opens(first), opens(second)]


@pytest.mark.parametrize("forged", ["x", "A{}", "{}A", "{}:{}"])
def test_a_forged_link_opens_nothing(admin, forged):
    """A link that was not made here is refused."""
    link = link_in(invite(admin).content.decode())
    token = link.split("/")[3]

    assert not opens(f"/desk/invitation/{forged.format(token, token)}/")


def test_a_signed_list_of_something_else_opens_nothing(paper):
    """What else this paper signs is no invitation."""
    assert not opens(f"/desk/invitation/{signing.dumps([1, 'x'], salt='other')}/")


def test_weak_passwords_and_taken_names_are_told_beside_the_field(admin):
    """What is wrong stands beside its field, and the link can be used still."""
    link = link_in(invite(admin).content.decode())
    weak = Client().post(link, {**CHOSEN, "username": "ADA", "password": "short"}).content.decode()

    assert "too short" in weak
    assert "has this name already" in weak
    assert opens(link)


def test_an_address_is_invited_once(admin):
    """Who is here is not invited; who is invited anew has one link."""
    assert "has this address already" in invite(admin, email="ADA@paper.example").content.decode()
    first = link_in(invite(admin).content.decode())
    second = link_in(invite(admin).content.decode())

    assert [False, True] == [opens(first), opens(second)]


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("get", ""),
        ("get", "log/"),
        ("get", "rules/"),
        ("post", "rules/"),
        ("get", "invite/"),
        ("post", "invite/"),
        ("get", "{ada}/"),
        ("get", "{ada}/edit/"),
        ("post", "{ada}/edit/"),
        ("post", "{ada}/give/"),
        ("post", "{ada}/take/"),
        ("post", "{ada}/password/"),
        ("post", "{ada}/deactivate/"),
        ("post", "{ada}/reset-second-factor/"),
        ("post", "{ada}/end-sessions/"),
        ("post", "invited/1/again/"),
        ("post", "invited/1/revoke/"),
    ],
)
@pytest.mark.parametrize("role", [Role.REPORTER, Role.EDITOR, Role.PUBLISHER, Role.PICTURE_EDITOR])
def test_people_are_for_administrators(person, role, method, path):
    """Nobody else reads or changes who may come in, by any address or method."""
    ada = person("ada", Role.ADMINISTRATOR)
    other = person("otto", role)
    client = Client()
    client.force_login(other)
    data = {"role": "administrator", "name": "x", "email": "x@y.example", "grace_days": "90"}
    answer = getattr(client, method)(f"/desk/people/{path.format(ada=ada.pk)}", data)

    assert (302, "/desk/") == (answer.status_code, answer.url)
    assert User.objects.get(pk=ada.pk).is_active
    assert not Invitation.objects.exists()
    assert [held.role for held in roles_of(User.objects.get(pk=other.pk))] == [role]


def test_a_persons_address_is_changed(admin, person):
    """An administrator mends name and address; an address somebody else has is refused."""
    rita = person("rita")
    path = f"/desk/people/{rita.pk}/edit/"
    taken = admin.post(path, {"first_name": "Rita", "last_name": "R", "email": "ADA@paper.example"})
    assert "Somebody else here has this address" in taken.content.decode()
    admin.post(path, {"first_name": "Rita", "last_name": "R", "email": "rr@paper.example"})

    assert "/desk/" == sign_in(Client(), "rr@paper.example").url
    assert Kind.CHANGED in AccessEntry.objects.values_list("kind", flat=True)


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize(
    "path", ["users/", "users/add/", "users/edit/1/", "users/delete/1/", "groups/", "groups/new/",
             "bulk/auth/user/delete/?id=1", "bulk/auth/user/set_active_state/?id=1"]
)  # fmt: skip
def test_wagtails_own_pages_of_people_lead_to_ours(admin, method, path):
    """There is one place for people, with its rules; nothing is done at the other."""
    before = list(User.objects.values())
    answer = getattr(admin, method)(f"/desk/{path}", {"is_active": "", "username": "x"})

    assert (302, "/desk/people/") == (answer.status_code, answer.url)
    assert before == list(User.objects.values())


def test_a_new_password_goes_by_mail(person, mailbox):
    """The link in the mail sets a password once, and ends every session."""
    rita = person("rita")
    signed_in = Client()
    sign_in(signed_in, "rita")
    Client().post("/desk/password_reset/", {"email": "rita@paper.example"})
    link = link_in(mailbox.text())

    client = Client()
    form = client.get(link)
    new = {"password1": "quite another phrase", "password2": "quite another phrase"}
    answer = client.post(form.url, new)

    assert "/desk/password_reset/done/" == answer.url
    assert "/desk/login/" in signed_in.get("/desk/").url
    assert 302 == sign_in(Client(), "rita", "quite another phrase").status_code
    assert "This link does not work any more" in Client().get(link).content.decode()
    kinds = list(AccessEntry.objects.filter(person=rita).values_list("kind", flat=True))
    assert {Kind.RESET_ASKED, Kind.PASSWORD_RESET} <= set(kinds)


def test_asking_for_a_new_password_tells_nothing(person, mailbox):
    """A known and an unknown address are answered alike, and only the known one gets mail."""
    person("rita")
    answers = [
        Client().post("/desk/password_reset/", {"email": email}, follow=True)
        for email in ("nobody@paper.example", "rita@paper.example")
    ]

    assert answers[0].redirect_chain == answers[1].redirect_chain
    assert answers[0].content == answers[1].content
    mailbox.text()
    assert ["rita@paper.example"] == [mail["to"] for mail in mailbox.mails]


def test_a_host_somebody_names_is_in_no_link(person, mailbox, settings):
    """The link in a mail leads to the paper's own address, whatever the request called it."""
    settings.ALLOWED_HOSTS = ["*"]
    person("rita")
    Client().post(
        "/desk/password_reset/", {"email": "rita@paper.example"}, HTTP_HOST="evil.example"
    )

    assert "evil.example" not in mailbox.text()
    assert settings.BASE_URL in mailbox.text()
