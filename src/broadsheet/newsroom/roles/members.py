"""Gives people their roles, and takes them. What a role is for, roles.rights says."""

from collections.abc import Sequence
from typing import Any

from django.db import transaction
from wagtail.log_actions import log

from broadsheet.newsroom.audit.words import GIVE_ROLE, TAKE_ROLE
from broadsheet.newsroom.models.role_group import RoleGroup
from broadsheet.newsroom.models.section import SectionPage
from broadsheet.newsroom.roles.groups import group_of
from broadsheet.newsroom.roles.names import BY_SECTION, Role
from broadsheet.newsroom.roles.rights import forget, may, people_who_may, roles_of, sections_where

# Who gives roles asks about them, too.
__all__ = ["give_role", "may", "people_who_may", "roles_of", "sections_where", "take_role"]


def give_role(user: Any, role: Role, *, sections: Sequence[SectionPage] = ()) -> None:
    """
    Give somebody a role, for all sections unless some are named; what they have stays.

    Raises:
        ValueError: it is a role that cannot be for some sections only.

    """
    if sections and role not in BY_SECTION:
        message = f"the role of {role.value} is for the whole paper; name no section"
        raise ValueError(message)
    with transaction.atomic():
        where: list[SectionPage | None] = [*sections] or [None]
        for section in where:
            user.groups.add(group_of(role, section))
        log(user, GIVE_ROLE, data=_said(role, sections))
    forget(user)


def take_role(user: Any, role: Role, *, sections: Sequence[SectionPage] = ()) -> None:
    """Take a role from somebody: for the sections named, or in every form they have it."""
    held = RoleGroup.objects.filter(role=role.value)
    if sections:
        held = held.filter(section__in=sections)
    with transaction.atomic():
        user.groups.remove(*held.values_list("group_id", flat=True))
        log(user, TAKE_ROLE, data=_said(role, sections))
    forget(user)


def _said(role: Role, sections: Sequence[SectionPage]) -> dict[str, Any]:
    return {"role": role.value, "sections": [section.title for section in sections]}
