"""
What the accounts must be told by the newsroom, which knows of roles and sections.

settings.BROADSHEET_STAFF names what answers.
"""

from collections.abc import Sequence
from typing import NamedTuple, Protocol, cast

from django.conf import settings
from django.contrib.auth.models import User
from django.utils.module_loading import import_string


class Choice(NamedTuple):
    """Something that can be chosen: a role, a section."""

    key: str
    label: str


class Staff(Protocol):
    """The newsroom, as far as the accounts ask it."""

    def paper_name(self) -> str:
        """Return the paper's name, as its readers call it."""
        ...

    def desk_address(self) -> str:
        """Return the address of which links begin that are handed out."""
        ...

    def needs_second_factor(self, user: User) -> bool:
        """Say whether a person may do so much that a password alone is too little."""
        ...

    def is_administrator(self, user: User) -> bool:
        """Say whether a person decides who may come in."""
        ...

    def administrators(self) -> Sequence[int]:
        """Return the keys of the active administrators."""
        ...

    def roles(self) -> Sequence[Choice]:
        """Return the roles there are."""
        ...

    def sections(self) -> Sequence[Choice]:
        """Return the sections a role can be given for."""
        ...

    def is_by_section(self, role: str) -> bool:
        """Say whether a role can be for some sections only."""
        ...

    def roles_of(self, user: User) -> Sequence[str]:
        """Return a person's roles in words, with their sections."""
        ...

    def give_role(self, user: User, *, role: str, sections: Sequence[str], by: str) -> None:
        """Give a person a role, for sections or for the whole paper."""
        ...

    def take_role(self, user: User, *, role: str, sections: Sequence[str], by: str) -> None:
        """Take a role away, for sections or altogether."""
        ...


def staff() -> Staff:
    """Return the newsroom this process works with."""
    return cast("Staff", import_string(settings.BROADSHEET_STAFF)())
