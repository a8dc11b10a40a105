"""Checks a password: exactly once, whether or not anybody has the name, so time tells nothing."""

from typing import Any

from django.contrib.auth.backends import ModelBackend
from django.contrib.auth.hashers import check_password
from django.contrib.auth.models import User
from django.http import HttpRequest

from broadsheet.accounts.people import find_person

_NOBODYS = "!"


class OnePasswordCheck(ModelBackend):
    """Django's own backend, with a name or a mail address, and one hash for any name."""

    def authenticate(
        self,
        request: HttpRequest | None,
        username: str | None = None,
        password: str | None = None,
        **credentials: Any,
    ) -> User | None:
        """Return who this is; None if the name or the password is wrong, or they have left."""
        del request
        person = find_person(username or credentials.get("email") or "")
        if password is None:
            return None
        # Against one that nothing equals, Django hashes a password of its own making.
        is_right = check_password(password, person.password if person else _NOBODYS)
        if person is None or not is_right or not self.user_can_authenticate(person):
            return None
        return person
