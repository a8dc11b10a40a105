"""
Keeps the list of sessions, so that they can be seen, run out, and be ended from elsewhere.

Django's own row of a session says nothing of whose it is; ours does, by the same key. Ending
one removes both: its next request is nobody's. A session without a row of ours (of before
an upgrade, or after Django gave it a new key) gets one when it is next used.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from allauth.account.internal.stagekit import LOGIN_SESSION_KEY
from allauth.account.utils import user_pk_to_url_str
from django.contrib.auth import SESSION_KEY
from django.contrib.auth.models import User
from django.contrib.sessions.models import Session
from django.db import transaction
from django.http import HttpRequest
from django.utils import timezone

from broadsheet.accounts.client_address import client_address
from broadsheet.accounts.models import DeskSession
from broadsheet.accounts.recording import agent_of

NOTED_EACH = timedelta(minutes=1)  # a row written for every request would cost each page


def begin(request: HttpRequest, person: User) -> DeskSession:
    """Note that a person is signed in with this request's session."""
    now = timezone.now()
    return DeskSession.objects.update_or_create(
        key=request.session.session_key or "",
        defaults={
            "person": person,
            "began_at": now,
            "seen_at": now,
            "address": client_address(request),
            "agent": agent_of(request),
        },
    )[0]


def of_request(request: HttpRequest, person: User) -> DeskSession:
    """Return the row of this request's session."""
    key = request.session.session_key or ""
    found = DeskSession.objects.filter(key=key, person=person).first()
    return found or begin(request, person)


def note_use(session: DeskSession, now: datetime) -> None:
    """Note that a person did something, once a minute."""
    if now - session.seen_at >= NOTED_EACH:
        DeskSession.objects.filter(pk=session.pk).update(seen_at=now)


def sessions_of(person: User) -> list[DeskSession]:
    """Return somebody's sessions; rows of those that are over are removed."""
    rows = list(DeskSession.objects.filter(person=person))
    alive = set(
        Session.objects.filter(
            session_key__in=[row.key for row in rows], expire_date__gt=timezone.now()
        ).values_list("session_key", flat=True)
    )
    over = [row.pk for row in rows if row.key not in alive]
    if over:
        DeskSession.objects.filter(pk__in=over).delete()
    return [row for row in rows if row.key in alive]


def end(session: DeskSession) -> None:
    """End one session."""
    with transaction.atomic():
        Session.objects.filter(session_key=session.key).delete()
        session.delete()


def end_all(person: User, *, but: str = "") -> int:
    """
    End all of a person's sessions but the one of a key; return how many.

    Those without a row of ours as well: whoever changed the password and asked for no page since,
    or gave the password and not yet the code, would come in later.
    """
    rows = DeskSession.objects.filter(person=person).exclude(key=but)
    with transaction.atomic():
        keys = list(rows.values_list("key", flat=True))
        without_row = [key for key in _without_row(person) if key != but]
        Session.objects.filter(session_key__in=[*keys, *without_row]).delete()
        rows.delete()
    return len(keys) + len(without_row)


def _without_row(person: User) -> list[str]:
    """Return the keys of sessions that are a person's by what Django or allauth keeps in them."""
    known = DeskSession.objects.values("key")
    alive = Session.objects.filter(expire_date__gt=timezone.now()).exclude(session_key__in=known)
    return [each.session_key for each in alive.iterator() if _is_of(person, each.get_decoded())]


def _is_of(person: User, kept: Mapping[str, Any]) -> bool:
    pending = kept.get(LOGIN_SESSION_KEY) or {}
    return str(person.pk) == kept.get(SESSION_KEY) or (
        pending.get("user_pk") == user_pk_to_url_str(person)
    )
