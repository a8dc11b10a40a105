"""Your sign-in: second factors, password, where you are signed in, and what happened."""

from allauth.mfa.models import Authenticator
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from broadsheet.accounts import sessions
from broadsheet.accounts.models import AccessEntry, DeskSession, Kind
from broadsheet.accounts.recording import record
from broadsheet.accounts.second_factors import may_do_without_until

SHOWN = 10  # entries of the log on one's own page


def _signed_in(request: HttpRequest) -> User:
    """
    Return who asks.

    Raises:
        TypeError: nobody; login_required let somebody through.

    """
    if not isinstance(request.user, User):
        message = "nobody is signed in"
        raise TypeError(message)
    return request.user


@login_required
def overview(request: HttpRequest) -> HttpResponse:
    """Show all about how one signs in."""
    person = _signed_in(request)
    factors = list(Authenticator.objects.filter(user_id=person.pk).order_by("created_at"))
    until = may_do_without_until(person)
    return render(
        request,
        "accounts/own.html",
        {
            "totp": next((f for f in factors if f.type == Authenticator.Type.TOTP), None),
            "passkeys": [f for f in factors if f.type == Authenticator.Type.WEBAUTHN],
            "codes": next(
                (f for f in factors if f.type == Authenticator.Type.RECOVERY_CODES), None
            ),
            "until": until,
            "is_due": until is not None and until <= timezone.now(),
            "here": sessions.of_request(request, person),
            "sessions": sessions.sessions_of(person),
            "entries": AccessEntry.objects.filter(person=person)[:SHOWN],
        },
    )


@login_required
@require_POST
def end_session(request: HttpRequest, pk: int) -> HttpResponse:
    """End one of one's own sessions."""
    person = _signed_in(request)
    session = get_object_or_404(DeskSession, pk=pk, person=person)
    sessions.end(session)
    record(Kind.SESSION_ENDED, person=person, request=request, detail=session.address)
    messages.success(request, "That session is over.")
    return redirect("mfa_index")


@login_required
@require_POST
def end_other_sessions(request: HttpRequest) -> HttpResponse:
    """End all of one's own sessions but this."""
    person = _signed_in(request)
    count = sessions.end_all(person, but=request.session.session_key or "")
    record(Kind.SESSION_ENDED, person=person, request=request, detail=f"{count} others")
    messages.success(request, f"Sessions ended: {count}. You are signed in here only.")
    return redirect("mfa_index")


@never_cache
def signed_in(request: HttpRequest) -> HttpResponse:
    """Say whether this browser is signed in, and as whom: an open editor asks now and then."""
    person = request.user
    if not isinstance(person, User):
        return JsonResponse({}, status=401)
    return JsonResponse({"name": person.get_username(), "csrf": get_token(request)})


@login_required
def back(request: HttpRequest) -> HttpResponse:
    """Lead back to the tab in which words wait to be saved."""
    return render(request, "accounts/back.html")
