"""Keeps the secrets of authenticator apps: encrypted, with a key outside the database."""

import base64
import hashlib

from cryptography.fernet import Fernet
from django.conf import settings


def sealed(text: str) -> str:
    """Return a secret as the database keeps it."""
    return _box().encrypt(text.encode()).decode("ascii")


def opened(stored: str) -> str:
    """
    Return a secret as it was.

    Raises:
        InvalidToken: it was sealed in another home; a new second factor helps.

    """
    return _box().decrypt(stored.encode("ascii")).decode()


def _box() -> Fernet:
    digest = hashlib.sha256(b"second factors\0" + settings.SECRET_KEY.encode()).digest()
    return Fernet(base64.urlsafe_b64encode(digest))
