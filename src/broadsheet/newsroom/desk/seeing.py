"""
Says what a person at the desk may see and do, section by section.

A section's stories are its desk's: who works in a section in any way sees them all, with
what is stuck about them. What Wagtail permits is asked of Wagtail.
"""

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from wagtail.models import Page
from wagtail.permissions import policy_registry

from broadsheet.newsroom.models.section import SectionPage
from broadsheet.press import log
from broadsheet.story.records import PAPER, Settings

WORKS = frozenset({"add", "change", "publish", "lock", "unlock", "bulk_delete"})


class Section(NamedTuple):
    """A section a person works in."""

    pk: int
    path: str  # in Wagtail's tree
    uuid: str
    name: str


class Viewer(NamedTuple):
    """A person at the desk, and the sections they work in."""

    user: Any
    sections: Mapping[str, Section]  # by path
    may_publish: frozenset[str]  # the paths of those they publish in
    sees_all: bool  # of the paper's sections

    @property
    def is_publisher(self) -> bool:
        """Return whether they publish anywhere: what concerns the whole paper is for them."""
        return bool(self.may_publish)


def viewer(user: Any) -> Viewer:
    """Return what a person sees. Two questions, however many sections there are."""
    # Asked for by number, or SQLite would go through all pages to find the few sections.
    numbers = SectionPage.objects.order_by().values("pk")
    rows = SectionPage.objects.filter(pk__in=numbers).order_by("position", "title", "pk")
    found = [
        Section(pk, path, str(uuid), title)
        for pk, path, uuid, title in rows.values_list("pk", "path", "uuid", "title")
    ]
    works, publishes = _paths(user, WORKS), _paths(user, {"publish"})
    seen = [section for section in found if section.path.startswith(works)]
    return Viewer(
        user=user,
        sections={section.path: section for section in seen},
        may_publish=frozenset(s.path for s in seen if s.path.startswith(publishes)),
        sees_all=len(seen) == len(found),
    )


def works_at_all(user: Any) -> bool:
    """Say whether a person works on any story, or may."""
    return bool(policy_registry.get_by_type(Page).user_has_any_permission(user, set(WORKS)))


def paper() -> Settings | None:
    """Return the paper's settings, None before there are any."""
    found = log.newest("settings", PAPER)
    return found if isinstance(found, Settings) else None


def paper_zone() -> ZoneInfo:
    """Return the zone in which the paper tells times."""
    found = paper()
    return ZoneInfo(found.time_zone if found else "UTC")


def _paths(user: Any, actions: Iterable[str]) -> tuple[str, ...]:
    """Return the places in the tree below which a person may do one of these."""
    if not user.is_active:
        return ()
    if user.is_superuser:
        return ("",)
    wanted = {f"{action}_page" for action in actions}
    permissions = policy_registry.get_by_type(Page).get_cached_permissions_for_user(user)
    return tuple(p.page.path for p in permissions if p.permission.codename in wanted)
