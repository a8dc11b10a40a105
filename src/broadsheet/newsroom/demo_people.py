"""
The demo's newsroom: one person for each role, so that each can be tried.

They are people of the demo's stories. Their passwords are made for each home, by whoever
calls; a paper that is no demo has none of them.
"""

from collections.abc import Mapping
from typing import NamedTuple

from django.contrib.auth import get_user_model
from django.db import transaction

from broadsheet.newsroom.roles.members import give_role
from broadsheet.newsroom.roles.names import Role


class Person(NamedTuple):
    """Somebody of the demo's newsroom."""

    username: str
    first_name: str
    last_name: str
    role: Role


PEOPLE = (
    Person("tobi", "Tobi", "Lawal", Role.REPORTER),
    Person("amara", "Amara", "Okoye", Role.EDITOR),
    Person("salma", "Salma", "Haddad", Role.PUBLISHER),
    Person("kavitha", "Kavitha", "Selvan", Role.PICTURE_EDITOR),
    Person("daniel", "Daniel", "Reyes", Role.ADMINISTRATOR),
)


def make_people(passwords: Mapping[str, str]) -> None:
    """Make the demo's people, by username; who is there already is left alone."""
    users = get_user_model().objects
    for person in PEOPLE:
        if users.filter(username=person.username).exists():
            continue
        with transaction.atomic():
            user = users.create_user(
                username=person.username,
                password=passwords[person.username],
                first_name=person.first_name,
                last_name=person.last_name,
            )
            give_role(user, person.role)
