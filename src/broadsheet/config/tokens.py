"""
Keeps the tokens of network accounts: encrypted at rest, with a key outside the database.

A copy of the database alone gives nobody the paper's accounts.
"""

import base64
import hashlib

from cryptography.fernet import Fernet, InvalidToken

from broadsheet.config import home


class TokenUnreadable(RuntimeError):
    """The stored token was encrypted with another home's key; connect the account again."""


def sealed(token: str) -> bytes:
    """Return a token as the ledger's accounts keep it."""
    return _box().encrypt(token.encode())


def opened(stored: bytes) -> str:
    """
    Return a token as a network wants it.

    Raises:
        TokenUnreadable: the home's key is not the one it was sealed with.

    """
    try:
        return _box().decrypt(stored).decode()
    except InvalidToken as error:
        message = "this account's token was sealed with another home's key: connect it again"
        raise TokenUnreadable(message) from error


def _box() -> Fernet:
    digest = hashlib.sha256(b"network tokens\0" + home.current().secret().encode()).digest()
    return Fernet(base64.urlsafe_b64encode(digest))
