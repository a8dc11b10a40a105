"""Gives tests of signing in people with roles, and browsers that keep cookies."""

import time
from collections.abc import Callable
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.contrib.auth.models import User
from django.test import Client

from broadsheet.accounts.sealing import opened
from broadsheet.newsroom.roles.members import give_role
from broadsheet.newsroom.roles.names import Role
from tests.factories import rows

PASSWORD = "a good long password"


@pytest.fixture(autouse=True)
def own_cache(settings: Any, tmp_path: Any) -> None:
    """Give every test a cache of its own."""
    settings.CACHES = {
        **settings.CACHES,
        "default": {**settings.CACHES["default"], "LOCATION": tmp_path / "cache"},
    }


@pytest.fixture
def paper(db: None) -> Any:
    """Return a paper that has its settings."""
    del db
    return rows.a_paper()


Person = Callable[..., User]


@pytest.fixture
def person(paper: Any) -> Person:
    """Return a maker of people with a role."""
    del paper

    def a_person(name: str, role: Role | None = Role.REPORTER, **fields: Any) -> User:
        made = User.objects.create_user(name, f"{name}@paper.example", PASSWORD, **fields)
        if role is not None:
            give_role(made, role)
        return made

    return a_person


def sign_in(client: Client, name: str, password: str = PASSWORD, **extra: Any) -> Any:
    """Send what somebody types at the sign-in page."""
    return client.post("/desk/login/", {"username": name, "password": password}, **extra)


def code_of(secret: str, *, periods_on: int = 0) -> str:
    """Return what an authenticator app shows."""
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30 + periods_on))


def secret_of(user: User) -> str:
    """Return the secret in somebody's authenticator app."""
    row = Authenticator.objects.get(user=user, type=Authenticator.Type.TOTP)
    return opened(row.data["secret"])


def set_up_app(client: Client) -> str:
    """Set up an authenticator app for who is signed in; return its secret."""
    page = client.get("/desk/security/app/").content.decode()
    secret = page.split("data-secret>")[1].split("<")[0]
    answer = client.post("/desk/security/app/", {"code": code_of(secret)})
    assert 302 == answer.status_code, answer.content.decode()
    return secret
