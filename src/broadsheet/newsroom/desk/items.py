"""What dashboard and calendar show: one thing each, and where one acts on it."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import NamedTuple

from django.db.models import QuerySet
from django.urls import reverse

from broadsheet.newsroom.desk.seeing import Viewer
from broadsheet.newsroom.models.listed_story import ListedStory
from broadsheet.newsroom.roles.names import Right
from broadsheet.newsroom.roles.rights import may


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
    may_edit: bool = False

    @property
    def edit_url(self) -> str:
        """Return the address of its form; for who may not edit it, of what it is live as."""
        if not self.may_edit:
            return self.live_as_url
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
    return {str(row.story.uuid): known_row(row, viewer) for row in narrow(rows)}


def narrow(rows: QuerySet[ListedStory]) -> QuerySet[ListedStory]:
    """Return rows with as much of their stories as items tell, and not their bodies."""
    wanted = ("headline", "section_path", "state", "embargo_until", "story__uuid", "story__owner")
    return rows.select_related("story").only(*wanted)


def known_row(row: ListedStory, viewer: Viewer) -> Known:
    """Return a story as items name it for a person."""
    section = viewer.sections.get(row.section_path)
    is_own = row.story.owner_id == viewer.user.pk
    return Known(
        pk=row.pk,
        headline=row.headline,
        section=section.name if section else "",
        state=row.state,
        may_publish=row.section_path in viewer.may_publish,
        may_edit=is_own or may(viewer.user, Right.EDIT, section=section.pk if section else None),
    )
