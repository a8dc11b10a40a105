"""
Says who may do what. The rest of the desk asks here; nobody else reads groups.

A superuser may everything; who is deactivated, nothing.
"""

from collections.abc import Collection
from typing import Any, NamedTuple

from django.contrib.auth import get_user_model
from django.db.models import Q, QuerySet
from wagtail.models import Page

from broadsheet.newsroom.models.role_group import RoleGroup
from broadsheet.newsroom.roles.names import RIGHTS, Right, Role

# Read once a request, and kept with the user of that request.
_KEPT = "_newsroom_roles"
_CACHES = (_KEPT, "_page_permission_cache", "_perm_cache", "_user_perm_cache", "_group_perm_cache")


class Held(NamedTuple):
    """A role somebody has; for all sections, or for one."""

    role: Role
    section: int | None  # its page's key
    path: str  # of the section's page, and so the beginning of its stories'; "" for all


def roles_of(user: Any) -> tuple[Held, ...]:
    """Return the roles somebody has; none for who is deactivated or a superuser without any."""
    if not user.is_active or user.pk is None:
        return ()
    if _KEPT not in user.__dict__:
        held = RoleGroup.objects.filter(group__user=user).order_by("role", "section")
        user.__dict__[_KEPT] = tuple(
            Held(Role(role), section, path or "")
            for role, section, path in held.values_list("role", "section", "section__path")
        )
    kept: tuple[Held, ...] = user.__dict__[_KEPT]
    return kept


def may(user: Any, right: Right, *, section: int | None = None) -> bool:
    """Say whether somebody may do something in a section (its page's key), or in any at all."""
    return _is_boundless(user) or any(
        right in RIGHTS[held.role] and (section is None or held.section in {None, section})
        for held in roles_of(user)
    )


def may_on(user: Any, right: Right, page: Page) -> bool:
    """Say whether somebody may do something with a story, a section, or the paper's page."""
    return _is_boundless(user) or any(
        right in RIGHTS[held.role] and page.path.startswith(held.path) for held in roles_of(user)
    )


def sections_where(user: Any, right: Right) -> Collection[int] | None:
    """Return the keys of the sections where somebody may do something; None means all."""
    if _is_boundless(user):
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


def _is_boundless(user: Any) -> bool:
    return bool(user.is_active and user.is_superuser)
