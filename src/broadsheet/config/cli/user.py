"""`broadsheet user`: people, from the command line: for who cannot come in at the desk."""

import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError

from broadsheet.accounts import leaving, sessions
from broadsheet.accounts.invitations import invite
from broadsheet.accounts.links import invitation_link, password_link
from broadsheet.accounts.models import Kind
from broadsheet.accounts.people import find_person, name_problem
from broadsheet.accounts.ports import staff
from broadsheet.accounts.recording import record
from broadsheet.accounts.second_factors import has_second_factor
from broadsheet.config import home
from broadsheet.config.cli.acting import who


@click.group()
def user() -> None:
    """Let people in at the desk, and out; NAME is theirs, or their mail address."""


_name = click.argument("name")
_sections = click.option("--section", "sections", multiple=True, help="Only for it; repeatable.")


@user.command("list")
def show() -> None:
    """List people: roles, second factor, last sign-in."""
    for person in User.objects.order_by("username"):
        factor = "second factor" if has_second_factor(person) else "no second factor"
        seen = f"{person.last_login:%Y-%m-%d %H:%M} UTC" if person.last_login else "never"
        roles = ", ".join(staff().roles_of(person)) or "no role"
        state = "" if person.is_active else " (deactivated)"
        click.echo(f"{person.get_username()}{state}: {roles}; {factor}; last sign-in {seen}")


@user.command("add")
@click.argument("email")
@click.option("--name", required=True, help="As bylines would have it.")
@click.option("--role", default="", help="reporter, editor, publisher, picture editor ...")
@_sections
@click.option("--password-file", is_flag=True, help="Make the account now, its password in a file.")
def add(
    *, email: str, name: str, role: str, sections: tuple[str, ...], password_file: bool
) -> None:
    """Invite somebody by a link, printed once; or make their account with a password."""
    with _refusals_as_messages():
        _check_role(role, sections)
        if password_file:
            click.echo(_make_with_password(email, name, role, sections))
            return
        invitation = invite(email=email, name=name, role=role, sections=sections, by=None)
    click.echo(f"{name} comes in by this link, once, until {invitation.expires_at:%Y-%m-%d %H:%M}:")
    click.echo(invitation_link(invitation))


@user.command("role")
@_name
@click.option("--give", metavar="ROLE", default="", help="Give this role.")
@click.option("--take", metavar="ROLE", default="", help="Take this role away.")
@_sections
def role(*, name: str, give: str, take: str, sections: tuple[str, ...]) -> None:
    """Give somebody a role, or take one away; for sections, or altogether."""
    person = _person(name)
    if not (give or take):
        message = "say --give ROLE or --take ROLE"
        raise click.UsageError(message)
    with _refusals_as_messages():
        for each in (give, take):
            _check_role(each, sections)
        if give:
            leaving.give_role(person, give, sections, by=who())
        if take:
            leaving.take_role(person, take, sections, by=who())
    roles = ", ".join(staff().roles_of(User.objects.get(pk=person.pk))) or "no role"
    click.echo(f"{person.get_username()}: {roles}")


@user.command("reset-password")
@_name
def reset_password(*, name: str) -> None:
    """Print a link by which somebody sets a new password, once, within a day."""
    person = _person(name)
    if not person.is_active:
        message = f"{person.get_username()} is deactivated; activate them first"
        raise click.ClickException(message)
    record(Kind.RESET_ASKED, person=person, by=who())
    click.echo(password_link(person))


@user.command("reset-second-factor")
@_name
def reset_second_factor(*, name: str) -> None:
    """Remove somebody's second factors, who lost them, and end their sessions."""
    person = _person(name)
    leaving.reset_second_factor(person, by=who())
    click.echo(f"{person.get_username()} has no second factor now, and is signed in nowhere.")


@user.command("deactivate")
@_name
def deactivate(*, name: str) -> None:
    """Let somebody in no more: sessions, passkeys and invitations end at once."""
    person = _person(name)
    with _refusals_as_messages():
        leaving.deactivate(person, by=who())
    click.echo(f"{person.get_username()} is deactivated, and signed in nowhere.")


@user.command("activate")
@_name
def activate(*, name: str) -> None:
    """Let somebody in again who was deactivated."""
    person = _person(name)
    leaving.activate(person, by=who())
    click.echo(f"{person.get_username()} is active.")


@user.command("sessions")
@_name
@click.option("--end", is_flag=True, help="End them all.")
def show_sessions(*, name: str, end: bool) -> None:
    """List where somebody is signed in."""
    person = _person(name)
    for each in sessions.sessions_of(person):
        seen = f"{each.seen_at:%Y-%m-%d %H:%M}"
        click.echo(f"{each.address or '?'}  last used {seen} UTC  {each.agent or '?'}")
    if end:
        count = sessions.end_all(person)
        record(Kind.SESSION_ENDED, person=person, by=who(), detail=f"{count}, all")
        click.echo(f"ended: {count}")


def _person(name: str) -> User:
    """
    Return who is meant; also who was deactivated, and no longer has their address to themselves.

    Raises:
        ClickException: nobody is.

    """
    found = find_person(name) or User.objects.filter(email__iexact=name).first()
    if found is None:
        message = f"nobody is called {name!r} here; `broadsheet user list` names everybody"
        raise click.ClickException(message)
    return found


def _check_role(role: str, sections: tuple[str, ...]) -> None:
    """
    Make sure that a role can be given before anything is done.

    Raises:
        ValidationError: there is none of that name, or it is for the whole paper only.

    """
    known = {choice.key for choice in staff().roles()}
    if role and role not in known:
        message = f"there is no role {role!r}; the roles: {', '.join(sorted(known))}"
        raise ValidationError(message)
    if role and sections and not staff().is_by_section(role):
        message = f"the role of {role} is for the whole paper; name no section"
        raise ValidationError(message)


def _make_with_password(email: str, name: str, role: str, sections: tuple[str, ...]) -> str:
    """
    Make an account with a password in a file only its owner can read; return what to say.

    Raises:
        ValidationError: somebody has the name or the address.

    """
    username = email.partition("@")[0].lower()
    if name_problem(username) or User.objects.filter(email__iexact=email).exists():
        message = f"somebody is called {username}, or has the address {email}, already"
        raise ValidationError(message)
    password = secrets.token_urlsafe(12)
    file = home.current().root / f"password-of-{username}"
    _write_closed(file, password)
    first, _, last = name.strip().rpartition(" ")
    person = User.objects.create_user(username, email, password, first_name=first, last_name=last)
    record(Kind.INVITED, person=person, by=who(), detail="with a password in a file")
    if role:
        leaving.give_role(person, role, sections, by=who())
    return f"{username} can sign in; the password lies in {file}"


def _write_closed(file: Path, text: str) -> None:
    file.unlink(missing_ok=True)
    descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="ascii") as opened:
        opened.write(f"{text}\n")


@contextmanager
def _refusals_as_messages() -> Iterator[None]:
    try:
        yield
    except ValidationError as error:
        raise click.ClickException(" ".join(error.messages)) from error
