"""What dashboard and calendar show: one thing each, and where one acts on it."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import NamedTuple

from django.urls import reverse

from broadsheet.newsroom.desk.seeing import Viewer
from broadsheet.newsroom.models.listed_story import ListedStory


class Item(NamedTuple):
    """One thing somebody should know, or see to."""

    what: str
    detail: str = ""
    icon: str = "doc-full"
    tone: str = ""
    at: datetime | None = None
    url: str = ""
    section: str = ""


class Confirmable(NamedTuple):
    """A plan that waits until a publisher agrees."""

    item: Item
    url: str


class Known(NamedTuple):
    """A story as items name it."""

    pk: int
    headline: str
    section: str
    state: str
    may_publish: bool = False  # whoever looks

    @property
    def edit_url(self) -> str:
        """Return the address of its form."""
        return reverse("wagtailadmin_pages:edit", args=[self.pk])

    @property
    def live_as_url(self) -> str:
        """Return the address of what it is live as."""
        return reverse("story_live_as", args=[self.pk])


def known(uuids: Iterable[str], viewer: Viewer) -> Mapping[str, Known]:
    """Return the stories with these ids that a person may see. One question."""
    rows = ListedStory.objects.filter(story__uuid__in=set(uuids))
    if not viewer.sees_all:
        rows = rows.filter(section_path__in=list(viewer.sections))
    found = rows.values_list("story__uuid", "pk", "headline", "section_path", "state")
    return {
        str(uuid): Known(pk, headline, _name(viewer, path), state, path in viewer.may_publish)
        for uuid, pk, headline, path, state in found
    }


def _name(viewer: Viewer, path: str) -> str:
    section = viewer.sections.get(path)
    return section.name if section else ""
