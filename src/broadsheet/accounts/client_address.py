"""
Says where a request came from, as far as it may be believed.

Only our own site server reaches the desk, and it drops what a client says of itself: the
last address it names is the one it saw (or, of a proxy the paper trusts, the one that
proxy saw; see BROADSHEET_PROXIES).
"""

from ipaddress import ip_address

from django.http import HttpRequest

UNKNOWN = ""


def client_address(request: HttpRequest) -> str:
    """Return the address a request came from, in one spelling; "" when nobody can say."""
    forwarded = str(request.META.get("HTTP_X_FORWARDED_FOR", ""))
    said = forwarded.rpartition(",")[2] or str(request.META.get("REMOTE_ADDR", ""))
    try:
        address = ip_address(said.strip().strip("[]"))
    except ValueError:
        return UNKNOWN
    mapped = getattr(address, "ipv4_mapped", None)
    return str(mapped or address)
