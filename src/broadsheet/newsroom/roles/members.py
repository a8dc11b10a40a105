"""
Says who may do what, and gives people their roles.

The rest of the desk asks may(), sections_where(), people_who_may(); nobody else reads groups.
A superuser may everything; a deactivated user, nothing.
"""

from collections.abc import Collection, Iterable
from typing import Any, NamedTuple

from django.contrib.auth import get_user_model
from django.db import transaction
from django.db.models import Q, QuerySet

from broadsheet.newsroom.models.role_group import RoleGroup
from broadsheet.newsroom.models.section import SectionPage
from broadsheet.newsroom.roles.groups import group_of
from broadsheet.newsroom.roles.names import BY_SECTION, RIGHTS, Right, Role

# Read once a request, and kept with the user of that request.
_KEPT = "_newsroom_roles"
_CACHES = (_KEPT, "_page_permission_cache", "_perm_cache", "_user_perm_cache", "_group_perm_cache")


class Held(NamedTuple):
    """A role somebody has; for all sections, or for one (its page's key)."""

    role: Role
    section: int | None


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


def roles_of(user: Any) -> tuple[Held, ...]:
    """Return the roles somebody has; none for who is deactivated or a superuser without any."""
    if not user.is_active or user.pk is None:
        return ()
    if _KEPT not in user.__dict__:
        held = RoleGroup.objects.filter(group__user=user).order_by("role", "section")
        user.__dict__[_KEPT] = tuple(
            Held(Role(role), section) for role, section in held.values_list("role", "section")
        )
    kept: tuple[Held, ...] = user.__dict__[_KEPT]
    return kept


def may(user: Any, right: Right, *, section: int | None = None) -> bool:
    """Say whether somebody may do something in a section (its page's key), or in any at all."""
    if not user.is_active:
        return False
    if user.is_superuser:
        return True
    return any(
        right in RIGHTS[held.role] and (section is None or held.section in {None, section})
        for held in roles_of(user)
    )


def sections_where(user: Any, right: Right) -> Collection[int] | None:
    """Return the keys of the sections where somebody may do something; None means all."""
    if user.is_active and user.is_superuser:
        return None
    held = [each.section for each in roles_of(user) if right in RIGHTS[each.role]]
    return None if None in held else frozenset(key for key in held if key is not None)


def people_who_may(right: Right, *, section: int | None = None) -> QuerySet[Any]:
    """Return the active users who may do something in a section, or in any at all."""
    roles = [role.value for role in Role if right in RIGHTS[role]]
    groups = RoleGroup.objects.filter(role__in=roles)
    if section is not None:
        groups = groups.filter(Q(section=None) | Q(section_id=section))
    who = Q(is_superuser=True) | Q(groups__in=groups.values("group"))
    users: QuerySet[Any] = get_user_model().objects.all()
    return users.filter(who, is_active=True).distinct().order_by("username")


def forget(user: Any) -> None:
    """Read anew, when next asked, what somebody may do."""
    for name in _CACHES:
        user.__dict__.pop(name, None)
