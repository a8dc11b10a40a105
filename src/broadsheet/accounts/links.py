"""Makes the links people are mailed or handed: to accept an invitation, to set a new password."""

from urllib.parse import urljoin

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.contrib.auth.models import User
from django.core import signing
from django.urls import reverse

from broadsheet.accounts.models import Invitation
from broadsheet.accounts.ports import staff

_SALT = "broadsheet.accounts.invitation"


class NotALink(LookupError):
    """It was not made here, or was cut."""


def invitation_link(invitation: Invitation) -> str:
    """Return the link that accepts an invitation; it is signed, and nowhere kept."""
    token = signing.dumps([invitation.pk, invitation.nonce], salt=_SALT)
    return _absolute(reverse("accounts_accept", args=[token]))


def invitation_of(token: str) -> tuple[int, str]:
    """
    Return which invitation a link's token is for, and its nonce.

    Raises:
        NotALink: it was not made here, or was cut.

    """
    try:
        key, nonce = signing.loads(token, salt=_SALT)
    except (signing.BadSignature, ValueError, TypeError) as error:
        raise NotALink from error
    return int(key), str(nonce)


def password_link(person: User) -> str:
    """Return a link by which a person sets a new password, once, within a day."""
    kept = {"uidb36": user_pk_to_url_str(person), "key": default_token_generator.make_token(person)}
    return _absolute(reverse("account_reset_password_from_key", kwargs=kept))


def _absolute(path: str) -> str:
    return urljoin(staff().desk_address(), path)
