"""Puts the paper into second factors: its name in apps, its host in passkeys, its key over both."""

from typing import Any, ClassVar
from urllib.parse import urlsplit

from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser

from broadsheet.accounts.ports import staff
from broadsheet.accounts.sealing import opened, sealed


class DeskFactors(DefaultMFAAdapter):
    """Allauth's adapter, with the paper's name and key."""

    error_messages: ClassVar[dict[str, Any]] = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": "This code is not right. Codes change every half minute.",
    }

    def get_totp_issuer(self) -> str:
        """Return what the app shows beside the code."""
        return staff().paper_name()

    def encrypt(self, text: str) -> str:
        """Seal a secret before it is stored."""
        return sealed(text)

    def decrypt(self, encrypted_text: str) -> str:
        """Open a stored secret."""
        return opened(encrypted_text)

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        """
        Return whom a passkey is for: the host of the paper's address.

        A passkey belongs to a host for ever. On the machine itself that is "localhost", since
        browsers make no passkeys for bare addresses such as 127.0.0.1.
        """
        asked = context.request.get_host().partition(":")[0]
        of_paper = urlsplit(settings.BASE_URL).hostname or asked
        host = asked if asked == "localhost" else of_paper
        return {"id": host, "name": staff().paper_name()}

    def generate_authenticator_name(
        self,
        user: AbstractBaseUser,
        type: Authenticator.Type,  # noqa: A002  # allauth's own name
    ) -> str:
        """Return a name for a new passkey."""
        count = Authenticator.objects.filter(user_id=user.pk, type=type).count()
        return "Passkey" if not count else f"Passkey {count + 1}"
