"""Puts our rules into allauth: who is slowed, what is logged, where links lead, which mails go."""

from typing import Any, ClassVar
from urllib.parse import urljoin

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import get_authentication_records
from allauth.core import context
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.core.mail import EmailMessage
from django.http import HttpRequest
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme

from broadsheet.accounts import sessions
from broadsheet.accounts.client_address import client_address
from broadsheet.accounts.mail import send_aside
from broadsheet.accounts.models import Kind
from broadsheet.accounts.people import find_person
from broadsheet.accounts.ports import staff
from broadsheet.accounts.recording import record
from broadsheet.accounts.throttle import MustWait, reserve_try, turned_out_right

_RECENTLY_S = 300

# What allauth would mail a notice of, as the log names it.
_NOTICES = {
    "mfa/email/totp_activated": (Kind.FACTOR_ADDED, "authenticator app"),
    "mfa/email/totp_deactivated": (Kind.FACTOR_REMOVED, "authenticator app"),
    "mfa/email/webauthn_added": (Kind.FACTOR_ADDED, "passkey"),
    "mfa/email/webauthn_removed": (Kind.FACTOR_REMOVED, "passkey"),
    "mfa/email/recovery_codes_generated": (Kind.CODES_MADE, ""),
    "account/email/password_changed": (Kind.PASSWORD_CHANGED, ""),
    "account/email/password_set": (Kind.PASSWORD_CHANGED, ""),
    "account/email/password_reset": (Kind.PASSWORD_RESET, ""),
}
_WAYS = {"totp": "authenticator app", "webauthn": "passkey", "recovery_codes": "recovery code"}


class DeskAdapter(DefaultAccountAdapter):
    """Allauth's adapter, with the desk's rules."""

    error_messages: ClassVar[dict[str, Any]] = {
        **DefaultAccountAdapter.error_messages,
        "username_password_mismatch": "The name or the password is not right.",
        "email_password_mismatch": "The name or the password is not right.",
        "incorrect_code": "This code is not right. Codes change every half minute.",
        "incorrect_password": "This password is not right.",
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Let nobody in who was not invited."""
        del request
        return False

    def get_client_ip(self, request: HttpRequest) -> str:
        """Return where a request came from."""
        return client_address(request)

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """
        Count the try before the password is looked at.

        Raises:
            ValidationError: there were too many; says how long to wait.

        """
        typed = str(credentials.get("username") or credentials.get("email") or "")
        try:
            self._try = reserve_try(request, find_person(typed), typed)
        except MustWait as wait:
            raise ValidationError(wait.message, code="too_many_login_attempts") from wait

    def authenticate(self, request: HttpRequest, **credentials: Any) -> User | None:
        """Return who this is, and note that the password was right."""
        person = super().authenticate(request, **credentials)
        if person is None:
            return None
        turned_out_right(self._try)
        return User.objects.get(pk=person.pk)

    def login(self, request: HttpRequest, user: Any) -> None:
        """Sign a person in, under a new key, and write it down."""
        super().login(request, user)
        sessions.begin(request, user)
        ways = [
            _WAYS.get(str(each.get("type")), str(each["method"]))
            for each in get_authentication_records(request, user)
        ]
        record(Kind.SIGNED_IN, person=user, request=request, detail=" and ".join(ways))

    def logout(self, request: HttpRequest) -> None:
        """Sign a person out, and write it down."""
        if isinstance(request.user, User):
            record(Kind.SIGNED_OUT, person=request.user, request=request)
            sessions.end(sessions.of_request(request, request.user))
        super().logout(request)

    def set_password(self, user: Any, password: str) -> None:
        """Set a password, and end the person's other sessions."""
        super().set_password(user, password)
        request = context.request
        is_own = request is not None and request.user.pk == user.pk
        sessions.end_all(user, but=(request.session.session_key or "") if is_own else "")

    def add_message(  # noqa: PLR0917  # allauth's own signature
        self,
        request: HttpRequest,
        level: int,
        message_template: str | None = None,
        message_context: dict[str, Any] | None = None,
        extra_tags: str = "",
        message: str | None = None,
    ) -> None:
        """Say what is worth saying: that somebody signed in or out, they see themselves."""
        if message_template and message_template.endswith(("logged_in.txt", "logged_out.txt")):
            return
        super().add_message(request, level, message_template, message_context, extra_tags, message)

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Ask for the password again before a factor changes, unless it was given just now."""
        request = context.request
        records = get_authentication_records(request, request.user)
        is_recent = bool(records) and timezone.now().timestamp() - records[-1]["at"] < _RECENTLY_S
        return not is_recent and super().is_reauthentication_required(app=app, **kwargs)

    def is_safe_url(self, url: str) -> bool:
        """Lead on only to addresses of the desk itself."""
        here = urljoin("https://desk.invalid/desk/login/", url)
        return url_has_allowed_host_and_scheme(url, allowed_hosts=None) and here.startswith(
            "https://desk.invalid/desk/"
        )

    def get_reset_password_from_key_url(self, key: str) -> str:
        """Return a link to the paper's own address, whatever host the request named."""
        path = super().get_reset_password_from_key_url(key)
        return urljoin(settings.BASE_URL, "/" + path.split("/", 3)[3])

    def send_password_reset_mail(self, user: Any, email: str, context: dict[str, Any]) -> None:
        """Write down that a new password was asked for, and send the link."""
        record(Kind.RESET_ASKED, person=user, request=self.request)
        super().send_password_reset_mail(user, email, context)

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Send a mail beside the request: how long that takes would tell who is known."""
        send_aside(self._written(template_prefix, email, context))

    def send_no_password_reset_mail(self, email: str) -> None:
        """Do for an address nobody has what is done for others, but send nothing."""
        record(Kind.RESET_ASKED, request=self.request, name=email)
        self._written("account/email/password_reset_key", email, {"request": self.request})

    def _written(self, template_prefix: str, email: str, context: dict[str, Any]) -> EmailMessage:
        paper = {"email": email, "paper": staff().paper_name(), "desk": settings.BASE_URL}
        letter: EmailMessage = self.render_mail(template_prefix, email, paper | context)
        return letter

    def format_email_subject(self, subject: str) -> str:
        """Begin a mail's subject with the paper's name."""
        return f"{staff().paper_name()}: {subject}"

    def send_notification_mail(
        self,
        template_prefix: str,
        user: Any,
        context: dict[str, Any] | None = None,
        email: str | None = None,
    ) -> None:
        """Write down what changed about how a person signs in."""
        del context, email
        kind, detail = _NOTICES[template_prefix]
        record(kind, person=user, request=self.request, detail=detail)

    def respond_user_inactive(self, request: HttpRequest, user: Any) -> Any:
        """Answer who has left as if they were unknown."""
        del user
        messages.error(request, str(self.error_messages["username_password_mismatch"]))
        return self.respond_to_sign_in_page()

    def respond_to_sign_in_page(self) -> Any:
        """Lead back to the sign-in page."""
        return redirect("account_login")
