"""Takes people out of the desk and back in, and their roles; never the last administrator."""

from collections.abc import Sequence

from allauth.mfa.models import Authenticator
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.http import HttpRequest
from django.utils import timezone

from broadsheet.accounts import sessions
from broadsheet.accounts.models import Invitation, Kind
from broadsheet.accounts.ports import staff
from broadsheet.accounts.recording import record


def deactivate(person: User, *, by: str, request: HttpRequest | None = None) -> None:
    """
    Let a person in no more: their sessions end now, passkeys and invitations with them.

    Raises:
        ValidationError: they are the last administrator.

    """
    with transaction.atomic():
        _lock_people()
        keep_an_administrator(person)
        User.objects.filter(pk=person.pk).update(is_active=False)
        sessions.end_all(person)
        Authenticator.objects.filter(user_id=person.pk).delete()
        theirs = Q(invited_by=person)
        if person.email:
            theirs |= Q(email__iexact=person.email)
        _revoke_invitations(theirs)
        record(Kind.DEACTIVATED, person=person, request=request, by=by)
    person.is_active = False


def activate(person: User, *, by: str, request: HttpRequest | None = None) -> None:
    """Let a person in again, with the password and roles they had, and no second factor."""
    with transaction.atomic():
        User.objects.filter(pk=person.pk).update(is_active=True)
        record(Kind.ACTIVATED, person=person, request=request, by=by)
    person.is_active = True


def reset_second_factor(person: User, *, by: str, request: HttpRequest | None = None) -> None:
    """Remove a person's second factors, who lost them, and end their sessions."""
    with transaction.atomic():
        Authenticator.objects.filter(user_id=person.pk).delete()
        sessions.end_all(person)
        record(Kind.FACTOR_REMOVED, person=person, request=request, by=by, detail="all")


def give_role(
    person: User,
    role: str,
    sections: Sequence[str],
    *,
    by: str,
    request: HttpRequest | None = None,
) -> None:
    """
    Give a person a role.

    Raises:
        ValidationError: there is no such role or section, or it is for the whole paper only.

    """
    try:
        with transaction.atomic():
            staff().give_role(person, role=role, sections=sections, by=by)
            record(Kind.ROLE_GIVEN, person=person, request=request, by=by, detail=role)
    except ValueError as error:
        raise ValidationError(str(error)) from error


def take_role(
    person: User,
    role: str,
    sections: Sequence[str],
    *,
    by: str,
    request: HttpRequest | None = None,
) -> None:
    """
    Take a role from a person.

    Raises:
        ValidationError: there is no such role, or nobody else is an administrator.

    """
    try:
        with transaction.atomic():
            _lock_people()
            staff().take_role(person, role=role, sections=sections, by=by)
            if not staff().administrators():
                raise ValidationError(_LAST)
            if not staff().is_administrator(person):
                _revoke_invitations(Q(invited_by=person))  # or they would let themselves in again
            record(Kind.ROLE_TAKEN, person=person, request=request, by=by, detail=role)
    except ValueError as error:
        raise ValidationError(str(error)) from error


_LAST = (
    "This is the last administrator: nobody could let people in any more. "
    "Make somebody else an administrator first."
)


def keep_an_administrator(person: User) -> None:
    """
    Make sure that there is an administrator besides a person.

    Raises:
        ValidationError: there is none.

    """
    left = set(staff().administrators()) - {person.pk}
    if person.is_active and staff().is_administrator(person) and not left:
        raise ValidationError(_LAST)


def _revoke_invitations(which: Q) -> None:
    waiting = Invitation.objects.filter(which, accepted_at=None, revoked_at=None)
    waiting.update(revoked_at=timezone.now())


def _lock_people() -> None:
    """Let one such act happen at a time, or two administrators could remove each other."""
    list(User.objects.select_for_update().filter(is_active=True).values_list("pk", flat=True))
