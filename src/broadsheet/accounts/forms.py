"""The forms of signing in: allauth's, with our words and limits."""

from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.forms import LoginForm, ResetPasswordForm
from allauth.core import context
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest

from broadsheet.accounts.people import NAME_LENGTH
from broadsheet.accounts.throttle import MustWait, reserve_code


class SignInForm(LoginForm):
    """A name or mail address, and a password."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        """Put our words on allauth's fields."""
        super().__init__(*args, **kwargs)
        login = self.fields["login"] = forms.CharField(
            label="Name or mail address",
            max_length=NAME_LENGTH,
            widget=forms.TextInput(
                attrs={"autocomplete": "username", "autocapitalize": "none", "autofocus": True}
            ),
        )
        login.error_messages["required"] = "Type your name, or your mail address."
        password = self.fields["password"]
        password.widget.attrs.pop("placeholder", None)
        password.help_text = ""
        password.error_messages["required"] = "Type your password."
        self.fields["remember"].label = "Stay signed in when the browser is closed"
        self.order_fields(["login", "password", "remember"])

    def add_prefix(self, field_name: str) -> str:
        """Call the name's field what browsers and people's password stores know it by."""
        return super().add_prefix("username" if field_name == "login" else field_name)


class NewPasswordForm(ResetPasswordForm):
    """The mail address to which a link to a new password goes, if it is somebody's."""

    def save(self, request: HttpRequest, **kwargs: Any) -> str:
        """Send the link; without anybody do the same but that, or time would tell who is known."""
        if not self.users:
            get_adapter().send_no_password_reset_mail(self.cleaned_data["email"])
        address: str = super().save(request, **kwargs)
        return address


def _say_code(form: forms.Form) -> None:
    """Put our words on a field for a code."""
    code = form.fields["code"]
    code.label = "Code"
    code.help_text = "Six digits from your authenticator app, or one of your recovery codes."
    code.error_messages["required"] = "Type the code."
    code.widget = forms.TextInput(
        attrs={"autocomplete": "one-time-code", "inputmode": "numeric", "autofocus": True}
    )


class _CodesAreCounted:
    """Counts wrong codes in the sign-in log, as passwords are."""

    def clean_code(self) -> str:
        """
        Return a right code.

        Raises:
            ValidationError: it is wrong, or there were too many.

        """
        try:
            reserved = reserve_code(context.request, self.user)  # type: ignore[attr-defined]
        except MustWait as wait:
            raise ValidationError(wait.message) from wait
        code: str = super().clean_code()  # type: ignore[misc]
        reserved.delete()
        return code


class CodeForm(_CodesAreCounted, AuthenticateForm):
    """The second step of signing in."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        """Put our words on allauth's field."""
        super().__init__(*args, **kwargs)
        _say_code(self)


class CodeAgainForm(_CodesAreCounted, ReauthenticateForm):
    """A code before a factor changes."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        """Put our words on allauth's field."""
        super().__init__(*args, **kwargs)
        _say_code(self)
