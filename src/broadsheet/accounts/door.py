"""
Stands at the desk's door: looks at every request of somebody signed in.

A session nobody used for too long is over. Who must have a second factor, has none, and had
the time to set one up, can do that and sign out, and nothing else, by any method.
"""

from collections.abc import Callable
from datetime import datetime, timedelta

from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.timesince import timeuntil

from broadsheet.accounts import sessions
from broadsheet.accounts.models import DeskSession, Kind
from broadsheet.accounts.models.rules import rules
from broadsheet.accounts.recording import record
from broadsheet.accounts.second_factors import may_do_without_until

SECURITY = "/desk/security/"
OPEN = (SECURITY, "/desk/login/", "/desk/logout/", "/desk/jsi18n/", "/desk/sprite")
# Asked by pages by themselves, whether or not anybody is there.
UNATTENDED = (
    "/desk/editing-sessions/",
    "/desk/late/",
    "/desk/signed-in/",
    "/desk/jsi18n/",
    "/desk/sprite",
)
_UNATTENDED_ENDINGS = ("/preview/",)
_TOLD = "broadsheet.told_of_grace"

Answer = Callable[[HttpRequest], HttpResponse]


class Door:
    """The middleware."""

    def __init__(self, get_response: Answer) -> None:
        """Keep what lies behind the door."""
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Let a request in, or not."""
        person = request.user
        if isinstance(person, User):
            refusal = _look_at(request, person)
            if refusal is not None:
                return refusal
        return self._get_response(request)


def _look_at(request: HttpRequest, person: User) -> HttpResponse | None:
    now = timezone.now()
    session = sessions.of_request(request, person)
    hours = rules().idle_hours
    if now - session.seen_at > timedelta(hours=hours):
        _time_out(request, person, session, hours)
        return None  # what lies behind sends nobody to the sign-in page
    if not is_unattended(request):
        sessions.note_use(session, now)
    until = may_do_without_until(person)
    if until is None:
        return None
    if until <= timezone.now():  # not `now`: without a grace it began just now
        return None if request.path.startswith(OPEN) else _lead_to_set_up(request)
    _tell_of_grace(request, until)
    return None


def is_unattended(request: HttpRequest) -> bool:
    """Say whether a page sent a request by itself: that keeps no session alive."""
    return request.path.startswith(UNATTENDED) or request.path.endswith(_UNATTENDED_ENDINGS)


def _time_out(request: HttpRequest, person: User, session: DeskSession, hours: int) -> None:
    record(Kind.TIMED_OUT, person=person, request=request)
    sessions.end(session)
    logout(request)
    messages.info(
        request,
        f"You were signed out, since nothing was done here for {hours} hours. Sign in again.",
    )


def _wants_page(request: HttpRequest) -> bool:
    is_script = request.headers.get("x-requested-with") == "XMLHttpRequest"
    return request.method == "GET" and not is_script


def _lead_to_set_up(request: HttpRequest) -> HttpResponse:
    if _wants_page(request):
        return redirect(SECURITY)
    said = f"Set up a second factor first, at {SECURITY}. Nothing was changed."
    return HttpResponse(said, status=403, content_type="text/plain; charset=utf-8")


def _tell_of_grace(request: HttpRequest, until: datetime) -> None:
    """Say until when, on the first page of a session."""
    if request.session.get(_TOLD) or not _wants_page(request) or request.path.startswith(OPEN):
        return
    request.session[_TOLD] = True
    messages.warning(
        request,
        "Your role needs a second factor, besides the password. Set one up under Your sign-in "
        f"within {timeuntil(until)}; after that, nothing else will be possible here.",
    )
