"""Says what falls due: stories going live, updates, expiries, embargoes' ends, fronts' changes."""

from collections.abc import Iterator
from datetime import datetime

from django.urls import reverse

from broadsheet.newsroom.desk.items import Item, Known, known, known_row, narrow
from broadsheet.newsroom.desk.seeing import Viewer
from broadsheet.newsroom.desk.states import Lifecycle
from broadsheet.newsroom.models.front import FrontChange
from broadsheet.newsroom.models.listed_story import ListedStory
from broadsheet.press.models import Schedule

_IS_LIVE = {Lifecycle.LIVE.value, Lifecycle.CHANGED.value}


def between(
    start: datetime, end: datetime | None, viewer: Viewer, *, limit: int, section: int | None = None
) -> list[Item]:
    """Return what falls due from start to before end, soonest first, at most limit of it."""
    wanted = viewer
    if section is not None:
        kept = {path: each for path, each in viewer.sections.items() if each.pk == section}
        wanted = viewer._replace(sections=kept, sees_all=False)
    found = [
        *_scheduled(start, end, wanted, limit),
        *_embargoes(start, end, wanted, limit),
        *_fronts(start, end, wanted, limit),
    ]
    return sorted(found, key=lambda item: (item.at or start, item.what))[:limit]


def _scheduled(start: datetime, end: datetime | None, viewer: Viewer, limit: int) -> Iterator[Item]:
    rows = Schedule.objects.filter(due_at__gte=start).order_by("due_at", "id")
    if end is not None:
        rows = rows.filter(due_at__lt=end)
    # Of other sections' stories there may be as many again.
    due = list(rows[: limit * 4])
    stories = known((row.story for row in due), viewer)
    for row in due:
        story = stories.get(row.story)
        if story is not None:
            yield _item(row, story)


def _item(row: Schedule, story: Known) -> Item:
    detail, icon = "goes live", "upload"
    if row.act == "expire":
        detail, icon = "expires", "history"
    elif story.state in _IS_LIVE:
        detail, icon = "its update goes live", "edit"
    failed = f"; the last try failed: {row.reason}" if row.reason else ""
    return Item(
        what=story.headline,
        detail=detail + failed,
        icon=icon,
        tone="critical" if failed else "",
        at=row.due_at,
        url=story.edit_url,
        section=story.section,
    )


def _embargoes(start: datetime, end: datetime | None, viewer: Viewer, limit: int) -> Iterator[Item]:
    rows = ListedStory.objects.filter(embargo_until__gte=start).order_by("embargo_until", "pk")
    if end is not None:
        rows = rows.filter(embargo_until__lt=end)
    if not viewer.sees_all:
        rows = rows.filter(section_path__in=list(viewer.sections))
    for row in narrow(rows)[:limit]:
        story = known_row(row, viewer)
        yield Item(
            what=story.headline,
            detail="its embargo ends",
            icon="lock-open",
            at=row.embargo_until,
            url=story.edit_url,
            section=story.section,
        )


def _fronts(start: datetime, end: datetime | None, viewer: Viewer, limit: int) -> Iterator[Item]:
    """Yield changes of fronts: the paper's for all, a section's for its desk."""
    waiting = FrontChange.objects.filter(state=FrontChange.State.WAITING, due_at__gte=start)
    if end is not None:
        waiting = waiting.filter(due_at__lt=end)
    known = {section.pk for section in viewer.sections.values()}
    for change in waiting.select_related("front__section").order_by("due_at", "pk")[:limit]:
        front = change.front
        if front.section_id is None or front.section_id in known:
            yield Item(
                what=str(front),
                detail="is arranged anew",
                icon="grid",
                at=change.due_at,
                url=reverse("front_change", args=[front.key, change.uuid]),
                section=front.section.title if front.section is not None else "",
            )
