"""`broadsheet user`: what an operator does about people when nobody can come in."""

import re
import stat

import pytest
from allauth.mfa.models import Authenticator
from click.testing import CliRunner
from django.contrib.auth.models import User
from django.test import Client

from broadsheet.accounts.models import AccessEntry
from broadsheet.config import home
from broadsheet.config.main import cli
from broadsheet.newsroom.roles.members import roles_of
from broadsheet.newsroom.roles.names import Role
from tests.factories import rows
from tests.integration.accounts.conftest import set_up_app, sign_in

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]


@pytest.fixture
def ada(person):
    """Return the only administrator."""
    User.objects.filter(is_superuser=True).delete()
    return person("ada", Role.ADMINISTRATOR)


def run(*words: str) -> tuple[int, str]:
    """Return a command's exit status, and what it says."""
    result = CliRunner().invoke(cli, ["user", *words])
    return result.exit_code, result.output


def path_in(said: str) -> str:
    """Return the path of the link in what a command says."""
    (found,) = re.findall(r"https://paper\.example(/desk/\S+)", said)
    return found


def test_people_are_listed(ada, person):
    """Each has a line: roles, second factor, last sign-in, and whether they are in."""
    person("rita", is_active=False)

    status, said = run("list")

    assert 0 == status
    assert [
        "ada: Administrator; no second factor; last sign-in never",
        "rita (deactivated): no role; no second factor; last sign-in never",
    ] == said.splitlines()


def test_somebody_is_invited_by_a_link(ada):
    """The link is printed, at the paper's own address, and lets in with the role."""
    section = rows.a_section_row("World")
    words = ("--name", "Nora N", "--role", "reporter", "--section", "world")
    status, said = run("add", "nora@paper.example", *words)
    chosen = {"name": "Nora N", "username": "nora", "password": "correct horse battery"}
    answer = Client().post(path_in(said), chosen)

    assert (0, "/desk/security/") == (status, answer.url)
    nora = User.objects.get(username="nora")
    assert [(Role.REPORTER, section.pk)] == [(held.role, held.section) for held in roles_of(nora)]


def test_a_password_lies_in_a_closed_file(ada):
    """With --password-file nothing secret is printed; the file is its owner's alone."""
    status, said = run("add", "nora@paper.example", "--name", "Nora N", "--password-file")
    file = home.current().root / "password-of-nora"
    password = file.read_text().strip()

    assert 0 == status
    assert password not in said
    assert 0o600 == stat.S_IMODE(file.stat().st_mode)
    assert User.objects.get(username="nora").check_password(password)


def test_roles_are_given_and_taken(ada, person):
    """A role comes and goes, and the log says who did it."""
    rita = person("rita", role=None)
    assert (0, "rita: Publisher\n") == run("role", "rita", "--give", "publisher")
    assert (0, "rita: no role\n") == run("role", "rita@paper.example", "--take", "publisher")

    entries = AccessEntry.objects.filter(person=rita)
    assert ["role_taken", "role_given"] == [entry.kind for entry in entries]
    assert all("command line" in entry.by for entry in entries)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("role", "ada", "--take", "administrator"), "This is the last administrator"),
        (("deactivate", "ada"), "This is the last administrator"),
        (("deactivate", "nobody"), "nobody is called 'nobody' here"),
        (("role", "ada", "--give", "king"), "there is no role 'king'"),
        (("role", "ada", "--give", "reporter", "--section", "moon"), "no section “moon”"),
        (("role", "ada", "--give", "administrator", "--section", "x"), "for the whole paper"),
        (("add", "ada@paper.example", "--name", "A"), "has this address already"),
        (("add", "ada@paper.example", "--name", "A", "--password-file"), "already"),
    ],
)
def test_what_cannot_be_is_refused(ada, words, said):
    """A refusal says what is wrong, and nothing is done."""
    before = list(User.objects.values()), roles_of(ada)
    status, output = run(*words)

    assert 1 == status
    assert said in output
    ada = User.objects.get(pk=ada.pk)
    assert before == (list(User.objects.values()), roles_of(ada))


def test_a_new_password_is_set_by_a_link(ada, person):
    """The printed link sets a password."""
    person("rita")
    link = path_in(run("reset-password", "rita")[1])
    client = Client()
    new = {"password1": "quite another phrase", "password2": "quite another phrase"}
    client.post(client.get(link).url, new)

    assert 302 == sign_in(Client(), "rita", "quite another phrase").status_code


def test_a_lost_second_factor_is_removed(ada, person):
    """Who lost the phone comes in by the password alone, and is signed in nowhere before."""
    rita = person("rita")
    client = Client()
    sign_in(client, "rita")
    set_up_app(client)
    status, _ = run("reset-second-factor", "rita")

    assert 0 == status
    assert not Authenticator.objects.filter(user=rita).exists()
    assert 401 == client.get("/desk/signed-in/").status_code
    assert "/desk/" == sign_in(Client(), "rita").url


def test_people_leave_and_come_back(ada, person):
    """Deactivating ends sessions; activating lets in again."""
    person("rita")
    client = Client()
    sign_in(client, "rita")
    assert (0, "rita is deactivated, and signed in nowhere.\n") == run("deactivate", "rita")
    assert 401 == client.get("/desk/signed-in/").status_code
    assert (0, "rita is active.\n") == run("activate", "rita@paper.example")

    assert 302 == sign_in(Client(), "rita").status_code


def test_sessions_are_listed_and_ended(ada, person):
    """An operator sees where somebody is signed in, and ends it."""
    person("rita")
    client = Client(REMOTE_ADDR="203.0.113.9", HTTP_USER_AGENT="Firefox")
    sign_in(client, "rita")
    status, said = run("sessions", "rita", "--end")

    assert (0, True, True) == (status, "203.0.113.9" in said, "Firefox" in said)
    assert 401 == client.get("/desk/signed-in/").status_code
