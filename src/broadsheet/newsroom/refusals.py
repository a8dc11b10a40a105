"""
Turns what the newsroom or the press declines into a message at the desk.

Rows refuse on every path (bulk actions, moves, deletions), and Wagtail's views would
answer some of those with a server error. Whatever was begun has been rolled back.
"""

from collections.abc import Callable

from django.core.exceptions import ValidationError
from django.db.models import ProtectedError, RestrictedError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme
from wagtail.admin import messages

STAYS = (
    "It cannot be deleted: readers have seen it, or something they have seen needs it. "
    "A story can be unpublished or retracted; a section, author, topic or picture can be edited."
)


class RefusalsInWords:
    """Django middleware: a refusal sends the editor back, with the reason."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        """Keep the next layer."""
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer as the next layer does."""
        return self._get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Answer a refusal with a way back; leave every other exception alone."""
        if isinstance(exception, ProtectedError | RestrictedError):
            found = [STAYS]
        elif isinstance(exception, ValidationError):
            found = exception.messages
        else:
            return None
        for message in found:
            messages.error(request, message)
        return redirect(_way_back(request))


def _way_back(request: HttpRequest) -> str:
    referrer = request.headers.get("Referer", "")
    if url_has_allowed_host_and_scheme(referrer, allowed_hosts={request.get_host()}):
        return referrer
    return "wagtailadmin_home"
