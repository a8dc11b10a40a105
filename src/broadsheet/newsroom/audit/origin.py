"""
Knows from where the request that is being answered came.

The desk is reached through our own site server, over a socket that only the newspaper's
user can open. The site server drops what a browser claims about itself and says the
browser's address anew, so on that socket, and only there, X-Forwarded-For is true.
"""

from collections.abc import Callable
from contextvars import ContextVar

from django.http import HttpRequest, HttpResponse

from broadsheet.accounts.client_address import client_address

_address: ContextVar[str | None] = ContextVar("address", default=None)


class Origins:
    """Django middleware: remembers, while a request is answered, where it came from."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        """Keep the next layer."""
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer as the next layer does."""
        token = _address.set(address_of(request))
        try:
            return self._get_response(request)
        finally:
            _address.reset(token)


def current_address() -> str | None:
    """Return the address of whoever is being answered; None outside of a request."""
    return _address.get()


def address_of(request: HttpRequest) -> str | None:
    """Return the address a request came from, None if nobody trustworthy says it."""
    return client_address(request) or None
