"""Says of an account what colleagues call the person."""

from typing import Any


def name_of(user: Any) -> str:
    """Return a person's name, or the name they sign in with; "somebody" if the account is gone."""
    return "somebody" if user is None else str(user.get_full_name() or user.get_username())
