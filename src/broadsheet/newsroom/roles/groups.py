"""
Makes the groups of Django's that hold each role's people, with exactly the permissions it needs.

Wagtail's own screens ask those permissions. They are written from the table in roles.names,
again and again, so that a permission somebody added by hand does not stay.
"""

from collections.abc import Iterable, Mapping

from django.contrib.auth.models import Group, Permission
from django.db import transaction
from django.db.models import Q
from wagtail.models import Collection, GroupCollectionPermission, GroupPagePermission, Page

from broadsheet.newsroom.models.paper import PaperPage
from broadsheet.newsroom.models.role_group import RoleGroup
from broadsheet.newsroom.models.section import SectionPage
from broadsheet.newsroom.roles.names import RIGHTS, Right, Role

# What each right asks of Wagtail: on pages, on pictures, and everywhere.
ON_PAGES: Mapping[Right, frozenset[str]] = {
    Right.WRITE: frozenset({"add_page"}),
    Right.EDIT: frozenset({"change_page", "lock_page"}),
    Right.PUBLISH: frozenset({"publish_page", "unlock_page", "bulk_delete_page"}),
    # Lists show pages one has some permission on. Who manages sections may see what is in
    # them and break a lock somebody left; they edit no story by it.
    Right.MANAGE_SECTIONS: frozenset({"unlock_page"}),
}
ON_PICTURES: Mapping[Right, frozenset[str]] = {
    Right.UPLOAD_PICTURES: frozenset({"add_image", "choose_image"}),
    Right.EDIT_PICTURES: frozenset({"add_image", "change_image", "delete_image", "choose_image"}),
}
EVERYWHERE: Mapping[Right, frozenset[str]] = {
    Right.EDIT: frozenset({"newsroom.add_topic", "newsroom.change_topic"}),
    Right.EDIT_AUTHORS: frozenset(
        {"newsroom.add_author", "newsroom.change_author", "newsroom.delete_author"}
    ),
    Right.MANAGE_SETTINGS: frozenset(
        {"newsroom.change_papersettings", "newsroom.add_policy", "newsroom.change_policy"}
    ),
    Right.MANAGE_ACCOUNTS: frozenset({"auth.add_user", "auth.change_user", "auth.delete_user"}),
}
OPEN_THE_DESK = "wagtailadmin.access_admin"
# Wagtail begins with two groups that may publish everything or edit everything.
_WAGTAILS_OWN = ("Moderators", "Editors")


def ensure_groups() -> None:
    """Make the group of every role, and give those there are exactly what they need."""
    with transaction.atomic():
        Group.objects.filter(name__in=_WAGTAILS_OWN, role__isnull=True, user__isnull=True).delete()
        for role in Role:
            group_of(role, None)
        for kept in RoleGroup.objects.filter(section__isnull=False).select_related("section"):
            group_of(Role(kept.role), kept.section)


def group_of(role: Role, section: SectionPage | None) -> Group:
    """Return the group of a role, for one section or for all; made and mended as need be."""
    with transaction.atomic():
        kept = RoleGroup.objects.filter(role=role.value, section=section).first()
        name = role.value if section is None else f"{role.value} of {section.slug}"
        if kept is None:
            group = Group.objects.create(name=_free(name))
            kept = RoleGroup.objects.create(role=role.value, section=section, group=group)
        group = kept.group
        group.permissions.set(_permissions([OPEN_THE_DESK, *_asked(role, EVERYWHERE)]))
        _permit_pages(group, _asked(role, ON_PAGES), on=section or PaperPage.objects.first())
        _permit_pictures(group, _asked(role, ON_PICTURES))
    return group


def _permit_pages(group: Group, wanted: Iterable[str], *, on: Page | None) -> None:
    """Permit this on a page and all below it, and nothing elsewhere. Before the paper, nothing."""
    permissions = _permissions(f"wagtailcore.{name}" for name in wanted)
    kept = GroupPagePermission.objects.filter(group=group)
    kept.exclude(page=on, permission__in=permissions).delete()
    if on is not None:
        for permission in permissions:
            GroupPagePermission.objects.get_or_create(group=group, page=on, permission=permission)


def _permit_pictures(group: Group, wanted: Iterable[str]) -> None:
    permissions = _permissions(f"wagtailimages.{name}" for name in wanted)
    root = Collection.get_first_root_node()
    kept = GroupCollectionPermission.objects.filter(group=group)
    kept.exclude(collection=root, permission__in=permissions).delete()
    for permission in permissions:
        GroupCollectionPermission.objects.get_or_create(
            group=group, collection=root, permission=permission
        )


def _asked(role: Role, of: Mapping[Right, frozenset[str]]) -> list[str]:
    return sorted({name for right in RIGHTS[role] for name in of.get(right, ())})


def _permissions(names: Iterable[str]) -> list[Permission]:
    """
    Return permissions by name ("newsroom.add_author").

    Raises:
        LookupError: one is not there; the tables are not those of this release.

    """
    wanted = sorted(set(names))
    chosen = Q(pk__in=())
    for name in wanted:
        app, _, codename = name.partition(".")
        chosen |= Q(content_type__app_label=app, codename=codename)
    found = list(Permission.objects.filter(chosen))
    if len(found) != len(wanted):
        message = f"of the permissions {wanted} the database knows {found}; run `broadsheet init`"
        raise LookupError(message)
    return found


def _free(name: str) -> str:
    """Return a name no group has; people may have made one of that name."""
    taken = set(Group.objects.filter(name__startswith=name).values_list("name", flat=True))
    return next(n for n in (name, *(f"{name} {i}" for i in range(2, 1000))) if n not in taken)
