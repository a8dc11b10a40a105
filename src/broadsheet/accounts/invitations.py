"""Invites people: by mail where there is a mail server, else by a link to hand over."""

import secrets
from collections.abc import Sequence
from datetime import timedelta

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.core.mail import EmailMessage
from django.db import transaction
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils import timezone

from broadsheet.accounts.links import NotALink, invitation_link, invitation_of
from broadsheet.accounts.mail import send
from broadsheet.accounts.models import Invitation, Kind
from broadsheet.accounts.models.rules import rules
from broadsheet.accounts.ports import staff
from broadsheet.accounts.recording import record


class NotInvited(LookupError):
    """A link opens nothing: it is used, revoked, replaced, out of date, or no link of ours."""


def invite(
    *,
    email: str,
    name: str,
    role: str,
    sections: Sequence[str],
    by: User | None,
    request: HttpRequest | None = None,
) -> Invitation:
    """
    Invite a person.

    Raises:
        ValidationError: somebody here has that address.

    """
    if User.objects.filter(email__iexact=email).exists():
        message = "Somebody here has this address already."
        raise ValidationError({"email": message})
    now = timezone.now()
    with transaction.atomic():
        older = Invitation.objects.filter(email__iexact=email, accepted_at=None, revoked_at=None)
        older.update(revoked_at=now)  # or one person could come in twice
        invitation = Invitation.objects.create(
            email=email,
            name=name,
            role=role,
            sections=list(sections),
            nonce=secrets.token_urlsafe(24),
            invited_by=by,
            invited_at=now,
            expires_at=now + timedelta(days=rules().invitation_days),
        )
        _log(Kind.INVITED, invitation, by, request)
    return invitation


def renew(invitation: Invitation, *, by: User | None, request: HttpRequest | None = None) -> None:
    """
    Give an invitation a new link and more time; the older link opens nothing any more.

    Raises:
        NotInvited: it was accepted or revoked.

    """
    now = timezone.now()
    waiting = Invitation.objects.filter(pk=invitation.pk, accepted_at=None, revoked_at=None)
    invitation.nonce = secrets.token_urlsafe(24)
    invitation.expires_at = now + timedelta(days=rules().invitation_days)
    if not waiting.update(nonce=invitation.nonce, expires_at=invitation.expires_at):
        raise NotInvited
    _log(Kind.INVITED, invitation, by, request, again=True)


def revoke(invitation: Invitation, *, by: User | None, request: HttpRequest | None = None) -> None:
    """Let an invitation be accepted no more; one that was stays as it is."""
    waiting = Invitation.objects.filter(pk=invitation.pk, accepted_at=None, revoked_at=None)
    if waiting.update(revoked_at=timezone.now()):
        _log(Kind.INVITATION_REVOKED, invitation, by, request)


def mail(invitation: Invitation) -> None:
    """
    Send an invitation.

    Raises:
        MailNotSent: the server did not take it.

    """
    paper = staff().paper_name()
    text = render_to_string(
        "accounts/invitation.txt",
        {"invitation": invitation, "paper": paper, "link": invitation_link(invitation)},
    )
    send(EmailMessage(f"{paper}: you are invited to the desk", text, to=[invitation.email]))


def invited_by_link(token: str) -> Invitation:
    """
    Return the invitation a link is for.

    Raises:
        NotInvited: it opens nothing.

    """
    try:
        key, nonce = invitation_of(token)
    except NotALink as error:
        raise NotInvited from error
    found = Invitation.objects.filter(
        pk=key, nonce=nonce, accepted_at=None, revoked_at=None, expires_at__gt=timezone.now()
    ).first()
    if found is None:
        raise NotInvited
    return found


def accept(token: str, *, username: str, name: str, password: str, request: HttpRequest) -> User:
    """
    Make an invited person an account, once.

    Raises:
        NotInvited: the link opens nothing, or was used a moment ago.

    """
    with transaction.atomic():
        invitation = invited_by_link(token)
        used = Invitation.objects.filter(pk=invitation.pk, accepted_at=None)
        if not used.update(accepted_at=timezone.now()):
            raise NotInvited
        first, _, last = name.strip().rpartition(" ")
        person = User.objects.create_user(
            username, invitation.email, password, first_name=first[:150], last_name=last[:150]
        )
        if invitation.role:
            staff().give_role(
                person, role=invitation.role, sections=invitation.sections, by="invitation"
            )
        Invitation.objects.filter(pk=invitation.pk).update(person=person)
        record(Kind.ACCEPTED, person=person, request=request, detail=invitation.role)
    return person


def _log(
    kind: Kind,
    invitation: Invitation,
    by: User | None,
    request: HttpRequest | None,
    *,
    again: bool = False,
) -> None:
    what = f"{invitation.email}{' again' if again else ''}"
    if invitation.role:
        what += f", as {invitation.role}"
    record(kind, request=request, by=by.get_username() if by else "command line", detail=what)
