"""
Slows down who guesses tokens: after some that do not exist, an address gets no answer for a while.

A guess has no chance against 256 bits; this keeps the guessing from costing us anything.
Counted in the cache that all of the desk's processes share.
"""

import ipaddress

from django.core.cache import cache
from django.http import HttpRequest

from broadsheet.accounts.client_address import client_address

MISSES = 30  # within the while
WHILE_S = 60
_SITE_BITS = 64  # of an IPv6 address: the rest is one visitor's to choose


def is_refused(request: HttpRequest) -> bool:
    """Say whether too many guesses came from where this request comes from."""
    return int(cache.get(_key(request), 0)) >= MISSES


def note_miss(request: HttpRequest) -> None:
    """Count a token that does not exist."""
    key = _key(request)
    cache.add(key, 0, timeout=WHILE_S)
    try:
        cache.incr(key)
        cache.touch(key, WHILE_S)  # the while begins again with every guess
    except ValueError:  # its while ended between the two
        cache.set(key, 1, timeout=WHILE_S)


def _key(request: HttpRequest) -> str:
    try:
        address = ipaddress.ip_address(client_address(request))
    except ValueError:
        return "preview-misses-unknown"
    if isinstance(address, ipaddress.IPv6Address):
        address = ipaddress.ip_network((address, _SITE_BITS), strict=False).network_address
    return f"preview-misses-{address.packed.hex()}"
