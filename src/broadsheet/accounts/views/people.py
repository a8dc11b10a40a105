"""People: who may come in at the desk. For administrators only."""

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec

from allauth.mfa.models import Authenticator
from django.contrib import messages
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from broadsheet.accounts import leaving, sessions
from broadsheet.accounts.links import password_link
from broadsheet.accounts.models import AccessEntry, Invitation, Kind
from broadsheet.accounts.models.rules import rules
from broadsheet.accounts.people_forms import PersonForm, RoleForm, RulesForm
from broadsheet.accounts.ports import staff
from broadsheet.accounts.recording import record

PAGE = 50  # people, or entries of the log
SHOWN = 20  # entries about one person

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponse]


def administrators_only(view: View[P]) -> View[P]:
    """Let only administrators reach a view, by any method."""

    @never_cache
    @wraps(view)
    def checked(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if not isinstance(request.user, User) or not staff().is_administrator(request.user):
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return checked


def who(request: HttpRequest) -> str:
    """Return who acts, for the log."""
    return str(request.user.get_username())


@administrators_only
def people(request: HttpRequest) -> HttpResponse:
    """List people and invitations."""
    wanted = request.GET.get("q", "").strip()[:100]
    found = User.objects.order_by("-is_active", "username")
    if wanted:
        found = found.filter(
            Q(username__icontains=wanted)
            | Q(email__icontains=wanted)
            | Q(first_name__icontains=wanted)
            | Q(last_name__icontains=wanted)
        )
    page = Paginator(found, PAGE).get_page(request.GET.get("p"))
    factors: dict[int, set[str]] = {}
    keys = [person.pk for person in page]
    for key, kind in Authenticator.objects.filter(user_id__in=keys).values_list("user_id", "type"):
        factors.setdefault(key, set()).add(_FACTORS.get(kind, ""))
    rows = [
        {
            "person": person,
            "roles": staff().roles_of(person),
            "factors": ", ".join(sorted(factors.get(person.pk, set()) - {""})),
            "must": staff().needs_second_factor(person),
        }
        for person in page
    ]
    return render(
        request,
        "accounts/people.html",
        {
            "rows": rows,
            "page": page,
            "q": wanted,
            "invitations": Invitation.objects.filter(accepted_at=None, revoked_at=None),
        },
    )


_FACTORS = {Authenticator.Type.TOTP: "app", Authenticator.Type.WEBAUTHN: "passkey"}


@administrators_only
def person(request: HttpRequest, pk: int, form: RoleForm | None = None) -> HttpResponse:
    """Show one person, and what can be done about them."""
    found = get_object_or_404(User, pk=pk)
    return render(
        request,
        "accounts/person.html",
        {
            "person": found,
            "roles": staff().roles_of(found),
            "choices": staff().roles(),
            "form": form or RoleForm(),
            "sessions": sessions.sessions_of(found),
            "factors": Authenticator.objects.filter(user_id=found.pk),
            "entries": AccessEntry.objects.filter(person=found)[:SHOWN],
        },
    )


@administrators_only
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Change what a person is called, and where mail for them goes."""
    found = get_object_or_404(User, pk=pk)
    form = PersonForm(request.POST or None, instance=found)
    if request.method == "POST" and form.is_valid():
        form.save()
        changed = ", ".join(form.changed_data)
        record(Kind.CHANGED, person=found, request=request, by=who(request), detail=changed)
        messages.success(request, "Saved.")
        return redirect("accounts_person", pk)
    return render(request, "accounts/edit.html", {"form": form, "username": found.get_username()})


@administrators_only
@require_POST
def give(request: HttpRequest, pk: int) -> HttpResponse:
    """Give a person a role."""
    found = get_object_or_404(User, pk=pk)
    form = RoleForm(request.POST)
    if not form.is_valid():
        return person(request, pk, form)
    chosen = form.cleaned_data
    leaving.give_role(found, chosen["role"], chosen["sections"], by=who(request), request=request)
    messages.success(request, f"{found.get_username()} has the role of {chosen['role']} now.")
    return redirect("accounts_person", pk)


@administrators_only
@require_POST
def take(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a role from a person."""
    found = get_object_or_404(User, pk=pk)
    role = request.POST.get("role", "")
    try:
        leaving.take_role(found, role, [], by=who(request), request=request)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, f"{found.get_username()} has the role of {role} no more.")
    return redirect("accounts_person", pk)


@administrators_only
@require_POST
def act(request: HttpRequest, pk: int, what: str) -> HttpResponse:
    """Deactivate or activate somebody, end their sessions, or remove their second factors."""
    found = get_object_or_404(User, pk=pk)
    try:
        said = _ACTS[what](request, found)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, f"{found.get_username()}: {said}")
    return redirect("accounts_person", pk)


def _deactivate(request: HttpRequest, found: User) -> str:
    leaving.deactivate(found, by=who(request), request=request)
    return "deactivated; every session is over."


def _activate(request: HttpRequest, found: User) -> str:
    leaving.activate(found, by=who(request), request=request)
    return "active again, with the roles and password of before and no second factor."


def _reset_factor(request: HttpRequest, found: User) -> str:
    leaving.reset_second_factor(found, by=who(request), request=request)
    return "second factors removed; every session is over."


def _end_sessions(request: HttpRequest, found: User) -> str:
    count = sessions.end_all(found)
    record(
        Kind.SESSION_ENDED, person=found, request=request, by=who(request), detail=f"{count}, all"
    )
    return f"sessions ended: {count}."


_ACTS: dict[str, Callable[[HttpRequest, User], str]] = {
    "deactivate": _deactivate,
    "activate": _activate,
    "reset-second-factor": _reset_factor,
    "end-sessions": _end_sessions,
}
ACTS = tuple(_ACTS)


@administrators_only
@require_POST
def new_password(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a link to a new password, once, to hand over."""
    found = get_object_or_404(User, pk=pk, is_active=True)
    record(Kind.RESET_ASKED, person=found, request=request, by=who(request))
    shown: dict[str, Any] = {
        "title": f"A new password for {found.get_username()}",
        "link": password_link(found),
        "until": "It can be used once, within a day.",
        "back": "accounts_people",
    }
    return render(request, "accounts/link.html", shown)


@administrators_only
def sign_in_log(request: HttpRequest) -> HttpResponse:
    """Show who came in, who did not, and what changed about how people come in."""
    entries = AccessEntry.objects.all()
    kind, wanted = request.GET.get("kind", ""), request.GET.get("q", "").strip()[:100]
    if kind in Kind.values:
        entries = entries.filter(kind=kind)
    if wanted:
        entries = entries.filter(Q(name__iexact=wanted) | Q(address=wanted))
    page = Paginator(entries, PAGE).get_page(request.GET.get("p"))
    return render(
        request,
        "accounts/log.html",
        {
            "entries": page.object_list,
            "page": page,
            "kinds": Kind.choices,
            "kind": kind,
            "q": wanted,
        },
    )


@administrators_only
def sign_in_rules(request: HttpRequest) -> HttpResponse:
    """Let administrators decide how long grace, idleness and invitations last."""
    form = RulesForm(request.POST or None, instance=rules())
    if request.method == "POST" and form.is_valid():
        form.save()
        rules_now = [f"{name} {form.cleaned_data[name]}" for name in form.changed_data]
        detail = f"rules for signing in: {', '.join(rules_now) or 'as before'}"
        record(Kind.CHANGED, request=request, by=who(request), detail=detail)
        messages.success(request, "Saved; it holds from now on.")
        return redirect("accounts_people")
    return render(request, "accounts/rules.html", {"form": form})
