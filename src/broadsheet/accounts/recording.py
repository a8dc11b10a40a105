"""Writes the sign-in log: by name, from the places where something happens."""

import hashlib
import hmac
from ipaddress import IPv6Address, ip_address

from django.conf import settings
from django.contrib.auth.models import User
from django.http import HttpRequest
from django.utils import timezone

from broadsheet.accounts.client_address import client_address
from broadsheet.accounts.models import AccessEntry, Kind

AGENT_LENGTH = 200
_ONE_CLIENTS_BITS = 64  # of an IPv6 address: a household or an office chooses the rest freely


def record(  # every keyword is a column of the log
    kind: Kind,
    *,
    person: User | None = None,
    request: HttpRequest | None = None,
    name: str = "",
    by: str = "",
    detail: str = "",
) -> AccessEntry:
    """Write down that something happened. `name` is what was tried, if nobody is known by it."""
    address = client_address(request) if request else ""
    return AccessEntry.objects.create(
        at=timezone.now(),
        kind=kind,
        person=person,
        name=person.get_username() if person else "",
        name_key=name_key(person, name),
        address=address,
        network=network_of(address),
        agent=agent_of(request),
        by=by[:200],
        detail=detail[:300],
    )


def name_key(person: User | None, name: str) -> str:
    """Return what stands for a person, or a name nobody has: equal for equal ones, and mute."""
    said = f"person {person.pk}" if person else f"name {name.strip().casefold()}"
    key = f"{settings.SECRET_KEY} names in the sign-in log".encode()
    return hmac.new(key, said.encode("utf-8", "replace"), hashlib.sha256).hexdigest()[:32]


def network_of(address: str) -> str:
    """Return what counts as one client: an address, or the half of an IPv6 one it was given."""
    try:
        parsed = ip_address(address)
    except ValueError:
        return ""
    if isinstance(parsed, IPv6Address):
        shift = 128 - _ONE_CLIENTS_BITS
        return f"{IPv6Address(int(parsed) >> shift << shift)}/{_ONE_CLIENTS_BITS}"
    return address


def agent_of(request: HttpRequest | None) -> str:
    """Return what the browser calls itself, cut to what is kept."""
    said = str(request.META.get("HTTP_USER_AGENT", "")) if request else ""
    return "".join(c for c in said if c.isprintable())[:AGENT_LENGTH]
