"""Signing in: allauth's view, and what it says to who may not work here."""

from typing import Any

from allauth.account.internal.stagekit import clear_login, get_pending_stage
from allauth.account.views import LoginView
from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from broadsheet.accounts.mail import can_mail
from broadsheet.accounts.second_factors import has_second_factor


class SignIn(LoginView):
    """The page at which everybody signs in."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """Say so to who is signed in but has no role: leading them on would lead them back."""
        person = request.user
        if isinstance(person, User) and not person.has_perm("wagtailadmin.access_admin"):
            return render(request, "accounts/without_role.html", status=403)
        stage = get_pending_stage(request)
        if stage is not None and not has_second_factor(stage.login.user):
            clear_login(request)  # it was removed meanwhile: the second step could not be taken
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Say whether mail can be sent."""
        return {**super().get_context_data(**kwargs), "can_mail": can_mail()}


def left(request: HttpRequest) -> HttpResponse:
    """Say that an account is not in use; allauth leads here in rare cases."""
    return render(request, "accounts/without_role.html", status=403)
