"""Says what is asked of somebody: stories to review, stories returned, drafts of their own."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import QuerySet
from wagtail.models import Page, WorkflowState

from broadsheet.newsroom.desk import under_way
from broadsheet.newsroom.desk.items import Item, Known
from broadsheet.newsroom.desk.seeing import Viewer
from broadsheet.newsroom.desk.states import WORDS, Lifecycle, UnderWay
from broadsheet.newsroom.desk.under_way import Afoot
from broadsheet.newsroom.models.flow_tasks import PublicationTask
from broadsheet.newsroom.models.listed_story import ListedStory
from broadsheet.newsroom.people_names import name_of
from broadsheet.newsroom.roles.names import Right
from broadsheet.newsroom.roles.rights import sections_where

MOST = 20
MOST_READ = 500  # stories under way, of all sections; a newsroom has tens
_TO_FINISH = (Lifecycle.DRAFT.value, Lifecycle.CHANGED.value)


def to_decide(viewer: Viewer) -> list[Item]:
    """Return the stories that wait for this person's word, the longest waiting first."""
    may = {
        UnderWay.SUBMITTED: sections_where(viewer.user, Right.REVIEW),
        UnderWay.APPROVED: sections_where(viewer.user, Right.PUBLISH),
    }
    if not any(where is None or where for where in may.values()):
        return []
    last_step = set(PublicationTask.objects.values_list("pk", flat=True))
    waiting = _flows(WorkflowState.STATUS_IN_PROGRESS).order_by("current_task_state__started_at")
    found = {int(state.object_id): state for state in waiting[:MOST_READ]}
    rows = _known(found, viewer)
    items = []
    for pk, state in found.items():
        task = state.current_task_state
        step = UnderWay.APPROVED if task.task_id in last_step else UnderWay.SUBMITTED
        where = may[step]
        row = rows.get(pk)
        if row is None or not (where is None or viewer.sections[row.section_path].pk in where):
            continue
        said = f"submitted by {name_of(state.requested_by)}"
        if step is UnderWay.APPROVED:
            said = f"approved; {said}"
        items.append(_item(_story(viewer, row), step, said)._replace(at=task.started_at))
    return items[:MOST]


def returned(viewer: Viewer) -> list[Item]:
    """Return the stories somebody returned to this person, each with the comment."""
    states = _flows(WorkflowState.STATUS_NEEDS_CHANGES).order_by("-pk")
    found = {int(state.object_id): state for state in states[:MOST_READ]}
    rows = _known(found, viewer)
    mine = [
        (rows[pk], state.current_task_state)
        for pk, state in found.items()
        if pk in rows and viewer.user.pk in {rows[pk].owner_id, state.requested_by_id}
    ]
    return [_returned(_story(viewer, row), task) for row, task in mine[:MOST]]


def _returned(story: Known, task: Any) -> Item:
    by = name_of(task.finished_by if task is not None else None)
    comment = task.comment if task is not None else ""
    said = f"{by}: “{comment}”" if comment else f"returned by {by}, without a comment"
    item = _item(story, UnderWay.RETURNED, said)
    return item._replace(at=task.finished_at if task is not None else None)


def _flows(status: str) -> QuerySet[WorkflowState]:
    states: QuerySet[WorkflowState] = WorkflowState.objects.filter(
        base_content_type=ContentType.objects.get_for_model(Page),
        status=status,
        current_task_state__isnull=False,  # it is, where a story was erased under its review
    )
    return states.select_related("requested_by", "current_task_state__finished_by")


def drafts(viewer: Viewer, *, now: datetime) -> list[Item]:
    """Return the stories this person began and has not published, the newest change first."""
    rows = ListedStory.objects.filter(owner=viewer.user.pk, state__in=_TO_FINISH)
    newest = rows.order_by("-changed_at", "-pk").select_related("story")[:MOST]
    mine = [row for row in newest if row.section_path in viewer.sections]
    afoot = under_way.of_stories({row.pk: str(row.story.uuid) for row in mine}, now=now)
    return [_draft(row, viewer, afoot.get(row.pk)) for row in mine]


def _draft(row: ListedStory, viewer: Viewer, afoot: Afoot | None) -> Item:
    state = afoot.what if afoot else Lifecycle(row.state)
    return _item(_story(viewer, row), state, WORDS[state].word.lower())._replace(at=row.changed_at)


def _known(keys: Iterable[int], viewer: Viewer) -> dict[int, ListedStory]:
    return ListedStory.objects.filter(section_path__in=list(viewer.sections)).in_bulk(list(keys))


def _story(viewer: Viewer, row: ListedStory) -> Known:
    return Known(row.pk, row.headline, _section(viewer, row), row.state, may_edit=True)


def _section(viewer: Viewer, row: ListedStory) -> str:
    section = viewer.sections.get(row.section_path)
    return section.name if section else ""


def _item(story: Known, state: Lifecycle | UnderWay, detail: str) -> Item:
    words = WORDS[state]
    return Item(
        what=story.headline,
        detail=detail,
        icon=words.icon,
        tone=words.tone,
        url=story.edit_url,
        section=story.section,
    )
