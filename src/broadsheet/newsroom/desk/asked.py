"""Says what is asked of somebody: stories to review, stories returned, drafts of their own."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.contrib.contenttypes.models import ContentType
from wagtail.models import Page, TaskState, WorkflowState

from broadsheet.newsroom.desk import under_way
from broadsheet.newsroom.desk.items import Item, Known
from broadsheet.newsroom.desk.seeing import Viewer
from broadsheet.newsroom.desk.states import WORDS, Lifecycle, UnderWay
from broadsheet.newsroom.desk.under_way import Afoot
from broadsheet.newsroom.models.listed_story import ListedStory

MOST = 20
_TO_FINISH = (Lifecycle.DRAFT.value, Lifecycle.CHANGED.value)


def to_review(viewer: Viewer) -> list[Item]:
    """Return the stories that wait for this person's word, the longest waiting first."""
    states = TaskState.objects.reviewable_by(viewer.user).filter(
        workflow_state__base_content_type=_pages()
    )
    waiting = states.order_by("started_at").select_related("workflow_state__requested_by")[:MOST]
    found = {int(state.workflow_state.object_id): state for state in waiting}
    rows = _known(found, viewer)
    return [
        _item(
            story,
            UnderWay.SUBMITTED,
            f"submitted by {_name(found[pk].workflow_state.requested_by)}",
        )._replace(at=found[pk].started_at)
        for pk, story in ((pk, rows.get(pk)) for pk in found)
        if story is not None
    ]


def returned(viewer: Viewer) -> list[Item]:
    """Return the stories somebody returned to this person, each with the comment."""
    states = WorkflowState.objects.filter(
        base_content_type=_pages(),
        status=WorkflowState.STATUS_NEEDS_CHANGES,
        requested_by=viewer.user,
    ).select_related("current_task_state__finished_by")
    found = {
        int(state.object_id): state.current_task_state for state in states.order_by("-pk")[:MOST]
    }
    rows = _known(found, viewer)
    return list(_returned(found, rows))


def _returned(found: dict[int, Any], rows: dict[int, Known]) -> Iterator[Item]:
    for pk, task in found.items():
        story = rows.get(pk)
        if story is None:
            continue
        comment = task.comment if task is not None else ""
        by = _name(task.finished_by if task is not None else None)
        said = f"{by}: “{comment}”" if comment else f"returned by {by}, without a comment"
        item = _item(story, UnderWay.RETURNED, said)
        yield item._replace(at=task.finished_at if task is not None else None)


def drafts(viewer: Viewer, *, now: datetime) -> list[Item]:
    """Return the stories this person began and has not published, the newest change first."""
    rows = ListedStory.objects.filter(owner=viewer.user.pk, state__in=_TO_FINISH)
    newest = rows.order_by("-changed_at", "-pk").select_related("story")[:MOST]
    mine = [row for row in newest if row.section_path in viewer.sections]
    afoot = under_way.of_stories({row.pk: str(row.story.uuid) for row in mine}, now=now)
    return [_draft(row, viewer, afoot.get(row.pk)) for row in mine]


def _draft(row: ListedStory, viewer: Viewer, afoot: Afoot | None) -> Item:
    state = afoot.what if afoot else Lifecycle(row.state)
    story = Known(row.pk, row.headline, _section(viewer, row), row.state)
    return _item(story, state, WORDS[state].word.lower())._replace(at=row.changed_at)


def _known(keys: Any, viewer: Viewer) -> dict[int, Known]:
    rows = ListedStory.objects.filter(pk__in=list(keys), section_path__in=list(viewer.sections))
    return {row.pk: Known(row.pk, row.headline, _section(viewer, row), row.state) for row in rows}


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


def _pages() -> ContentType:
    return ContentType.objects.get_for_model(Page)


def _name(user: Any) -> str:
    return "somebody" if user is None else str(user.get_full_name() or user.get_username())
