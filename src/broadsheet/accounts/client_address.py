"""
Says where a request came from, as far as it may be believed.

Our own site server reaches the desk through a socket that has no address, and drops what a
client says of itself: the last address it names is the one it saw (or, of a proxy the paper
trusts, the one that proxy saw; see BROADSHEET_PROXIES). Who reached the desk otherwise has
an address, and what they say of themselves proves nothing.
"""

from ipaddress import ip_address

from django.http import HttpRequest

UNKNOWN = ""


def client_address(request: HttpRequest) -> str:
    """Return the address a request came from, in one spelling; "" when nobody can say."""
    connected = _parsed(str(request.META.get("REMOTE_ADDR", "")))
    forwarded = str(request.META.get("HTTP_X_FORWARDED_FOR", ""))
    return connected or _parsed(forwarded.rpartition(",")[2])


def _parsed(said: str) -> str:
    try:
        address = ip_address(said.strip().strip("[]"))
    except ValueError:
        return UNKNOWN
    return str(getattr(address, "ipv4_mapped", None) or address)
