"""Decides who must set up a second factor, and from when nothing else can be done."""

from datetime import datetime, timedelta

from allauth.mfa.models import Authenticator
from django.contrib.auth.models import User
from django.utils import timezone

from broadsheet.accounts.models import Profile
from broadsheet.accounts.models.rules import rules
from broadsheet.accounts.ports import staff

FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)  # recovery codes are none


def has_second_factor(person: User) -> bool:
    """Say whether a person has an authenticator app or a passkey."""
    return Authenticator.objects.filter(user_id=person.pk, type__in=FACTORS).exists()


def may_do_without_until(person: User) -> datetime | None:
    """
    Return until when a person may work without the second factor they must have.

    None if they need none, or have one. The grace begins when they are first seen without,
    and only then: removing a factor later gives no second grace.
    """
    if not staff().needs_second_factor(person) or has_second_factor(person):
        return None
    profile, _ = Profile.objects.get_or_create(person=person)
    if profile.factor_asked_at is None:
        profile.factor_asked_at = timezone.now()
        profile.save(update_fields=["factor_asked_at"])
    return profile.factor_asked_at + timedelta(days=rules().grace_days)
