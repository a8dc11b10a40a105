"""Gives people their roles, and takes them. What a role is for, roles.rights says."""

from collections.abc import Iterable
from typing import Any

from django.db import transaction

from broadsheet.newsroom.models.role_group import RoleGroup
from broadsheet.newsroom.models.section import SectionPage
from broadsheet.newsroom.roles.groups import group_of
from broadsheet.newsroom.roles.names import BY_SECTION, Role
from broadsheet.newsroom.roles.rights import forget


def give_role(user: Any, role: Role, *, sections: Iterable[SectionPage] = ()) -> None:
    """
    Give somebody a role, for all sections unless some are named; what they have stays.

    Raises:
        ValueError: it is a role that cannot be for some sections only.

    """
    named: list[SectionPage | None] = list(sections)
    if named and role not in BY_SECTION:
        message = f"the role of {role.value} is for the whole paper; name no section"
        raise ValueError(message)
    with transaction.atomic():
        for section in named or [None]:
            user.groups.add(group_of(role, section))
    forget(user)


def take_role(user: Any, role: Role, *, sections: Iterable[SectionPage] = ()) -> None:
    """Take a role from somebody: for the sections named, or in every form they have it."""
    named = list(sections)
    held = RoleGroup.objects.filter(role=role.value)
    if named:
        held = held.filter(section__in=named)
    user.groups.remove(*held.values_list("group_id", flat=True))
    forget(user)
