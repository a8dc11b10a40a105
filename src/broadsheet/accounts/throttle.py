"""
Makes who guesses wait: by the failures the sign-in log holds, so a restart forgets nothing.

Failures are counted over a quarter of an hour, for a person at an address, for a person,
and for an address. Trying while waiting lengthens nothing, so nobody is locked out for ever;
and who signed in from an address lately is counted there alone: neither a stranger who
guesses their password elsewhere nor a colleague at the same office's address keeps them out.
"""

from datetime import datetime, timedelta
from math import ceil

from django.contrib.auth.models import User
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone

from broadsheet.accounts.client_address import client_address
from broadsheet.accounts.models import AccessEntry, Kind
from broadsheet.accounts.recording import name_key, network_of, record

WINDOW = timedelta(minutes=15)
TRIES_OF_ONE_AT_ONE_ADDRESS = 5
TRIES_OF_ONE = 30
TRIES_AT_ONE_ADDRESS = 50
CODES_OF_ONE = 10
KNOWN_FOR = timedelta(days=30)


class MustWait(Exception):  # names what happened, as all our errors do
    """There were too many tries; says until when to wait."""

    def __init__(self, until: datetime) -> None:
        """Keep the time."""
        super().__init__(until)
        minutes = max(1, ceil((until - timezone.now()).total_seconds() / 60))
        self.minutes = minutes
        self.message = (
            "Too many tries. Nothing was checked; try again in "
            f"{minutes} minute{'' if minutes == 1 else 's'}."
        )


def reserve_try(request: HttpRequest, person: User | None, name: str) -> AccessEntry:
    """
    Count a try as failed, before it is known: tries at the same time count each other.

    Raises:
        MustWait: there were too many.

    """
    network = network_of(client_address(request))
    key = name_key(person, name)
    until = _wait_until(key, network)
    if until is not None:
        _note_once(request, person, name, key, network)
        raise MustWait(until)
    return record(Kind.FAILED, person=person, request=request, name=name)


def turned_out_right(entry: AccessEntry) -> None:
    """Note that a try had the right password."""
    entry.kind = Kind.PASSWORD_RIGHT
    entry.save(update_fields=["kind"])


def reserve_code(request: HttpRequest, person: User) -> AccessEntry:
    """
    Count a code as wrong, before it is known.

    Raises:
        MustWait: there were too many.

    """
    since = timezone.now() - WINDOW
    wrong = AccessEntry.objects.filter(kind=Kind.FAILED_CODE, person=person, at__gte=since)
    until = _until(wrong, CODES_OF_ONE)
    if until is not None:
        raise MustWait(until)
    return record(Kind.FAILED_CODE, person=person, request=request)


def _wait_until(key: str, network: str) -> datetime | None:
    now = timezone.now()
    right = AccessEntry.objects.filter(
        kind=Kind.SIGNED_IN, name_key=key, network=network, at__gte=now - KNOWN_FOR
    ).order_by("-at")
    last_right = right.values_list("at", flat=True).first()
    failed = AccessEntry.objects.filter(kind=Kind.FAILED, at__gte=now - WINDOW)
    here = failed.filter(name_key=key, network=network)
    if last_right is not None:
        return _until(here.filter(at__gt=last_right), TRIES_OF_ONE_AT_ONE_ADDRESS)
    waits = [
        _until(here, TRIES_OF_ONE_AT_ONE_ADDRESS),
        _until(failed.filter(name_key=key), TRIES_OF_ONE),
        _until(failed.filter(network=network), TRIES_AT_ONE_ADDRESS),
    ]
    return max((wait for wait in waits if wait is not None), default=None)


def _until(failed: QuerySet[AccessEntry], tries: int) -> datetime | None:
    """Return when fewer than so many failures will lie in the window; None if fewer do."""
    newest = list(failed.order_by("-at").values_list("at", flat=True)[:tries])
    return newest[-1] + WINDOW if len(newest) >= tries else None


def _note_once(
    request: HttpRequest, person: User | None, name: str, key: str, network: str
) -> None:
    """Write down that somebody is made to wait, once a window: guesses must not fill the disk."""
    since = timezone.now() - WINDOW
    noted = AccessEntry.objects.filter(
        kind=Kind.SLOWED, name_key=key, network=network, at__gte=since
    )
    if not noted.exists():
        record(Kind.SLOWED, person=person, request=request, name=name)
