"""Inviting people, and accepting an invitation."""

from allauth.account.internal.flows.login import perform_login, record_authentication
from allauth.account.internal.flows.logout import logout
from allauth.account.models import Login
from django.contrib import messages
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.timezone import localtime
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from broadsheet.accounts import invitations
from broadsheet.accounts.links import invitation_link
from broadsheet.accounts.mail import MailNotSent, can_mail
from broadsheet.accounts.models import Invitation
from broadsheet.accounts.people_forms import AcceptForm, InviteForm
from broadsheet.accounts.views.people import administrators_only


def _by(request: HttpRequest) -> User | None:
    return request.user if isinstance(request.user, User) else None


@administrators_only
def invite(request: HttpRequest) -> HttpResponse:
    """Invite somebody by mail address, name, role and sections."""
    form = InviteForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = invitations.invite(**form.cleaned_data, by=_by(request), request=request)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            return _hand_over(request, made)
    return render(request, "accounts/invite.html", {"form": form, "can_mail": can_mail()})


@administrators_only
@require_POST
def again(request: HttpRequest, pk: int) -> HttpResponse:
    """Send an invitation again, with a new link."""
    made = get_object_or_404(Invitation, pk=pk)
    try:
        invitations.renew(made, by=_by(request), request=request)
    except invitations.NotInvited:
        messages.error(request, f"The invitation of {made.email} was accepted or revoked.")
        return redirect("accounts_people")
    return _hand_over(request, made)


@administrators_only
@require_POST
def revoke(request: HttpRequest, pk: int) -> HttpResponse:
    """Let an invitation be accepted no more."""
    made = get_object_or_404(Invitation, pk=pk)
    invitations.revoke(made, by=_by(request), request=request)
    messages.success(request, f"The invitation of {made.email} opens nothing any more.")
    return redirect("accounts_people")


def _hand_over(request: HttpRequest, made: Invitation) -> HttpResponse:
    """Mail an invitation; where that cannot be, show its link, once."""
    trouble = "No mail server is set, so nothing was sent."
    if can_mail():
        try:
            invitations.mail(made)
        except MailNotSent as error:
            trouble = f"The invitation was not sent: {error}."
        else:
            messages.success(request, f"The invitation is on its way to {made.email}.")
            return redirect("accounts_people")
    until = localtime(made.expires_at)
    shown = {
        "title": f"Invitation for {made.name}",
        "link": invitation_link(made),
        "trouble": trouble,
        "until": f"It can be used once, until {until:%d %B %Y at %H:%M} ({until.tzname()}).",
        "back": "accounts_people",
    }
    return render(request, "accounts/link.html", shown)


@never_cache
@sensitive_post_parameters("password")
def accept(request: HttpRequest, token: str) -> HttpResponse:
    """Let an invited person choose a name and a password, and in."""
    try:
        invitation = invitations.invited_by_link(token)
        form = AcceptForm(
            request.POST or None,
            email=invitation.email,
            initial={
                "name": invitation.name,
                "username": invitation.email.partition("@")[0].lower(),
            },
        )
        if request.method == "POST" and form.is_valid():
            person = invitations.accept(token, **form.cleaned_data, request=request)
            return _come_in(request, person)
    except invitations.NotInvited:
        return render(request, "accounts/not_invited.html", status=410)
    return render(request, "accounts/accept.html", {"form": form, "invitation": invitation})


def _come_in(request: HttpRequest, person: User) -> HttpResponse:
    """Sign in who accepted, and lead to where a second factor is set up."""
    if request.user.is_authenticated:
        logout(request, show_message=False)
    record_authentication(request, person, method="password", username=person.get_username())
    answer: HttpResponse = perform_login(
        request, Login(user=person, redirect_url=reverse("mfa_index"))
    )
    return answer
