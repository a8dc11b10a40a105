"""
Says what is under way with stories: submitted, returned, scheduled, in trouble.

Read from the tables where it happens, which hold little beside the archive; so the story's
own row need not follow what the press or a workflow does. Every question is bounded.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import NamedTuple

from django.contrib.contenttypes.models import ContentType
from django.db.models import Q
from wagtail.models import Page, WorkflowState

from broadsheet.newsroom.desk.states import UnderWay
from broadsheet.newsroom.models.flow_tasks import PublicationTask
from broadsheet.press.lateness import Late, late
from broadsheet.press.models import LedgerRow, Schedule
from broadsheet.press.models.ledger import WEBSITE

MOST = 1_000  # of a kind; a newsroom has tens
_LATE = {
    "go-live": "it should be live",
    "expire": "it should have expired",
    "page": "readers do not have it yet",
    "old-page": "readers get what was there before",
}
_WORKFLOW = {
    WorkflowState.STATUS_IN_PROGRESS: UnderWay.SUBMITTED,
    WorkflowState.STATUS_NEEDS_CHANGES: UnderWay.RETURNED,
}


class Afoot(NamedTuple):
    """What is under way with one story."""

    what: UnderWay
    detail: str = ""  # for a person: why it is stuck
    due_at: datetime | None = None  # of what is scheduled


def of_stories(stories: Mapping[int, str], *, now: datetime) -> dict[int, Afoot]:
    """Return what is under way with these stories, given by key and id; the most pressing."""
    found: dict[int, Afoot] = {}
    keys = {uuid: pk for pk, uuid in stories.items()}
    for uuid, due_at in scheduled(keys):
        found[keys[uuid]] = Afoot(UnderWay.SCHEDULED, due_at=due_at)
    for pk, what in in_workflow(stories):
        found[pk] = Afoot(what)
    for uuid, detail in troubles(now=now, stories=keys):
        found[keys[uuid]] = Afoot(UnderWay.TROUBLE, detail)
    return found


def scheduled(stories: Iterable[str] | None = None) -> list[tuple[str, datetime]]:
    """Return which stories go live at a time, of these or of all, soonest first."""
    rows = Schedule.objects.filter(act="go-live").order_by("due_at")
    if stories is not None:
        rows = rows.filter(story__in=stories)
    return list(rows.values_list("story", "due_at")[:MOST])


def in_workflow(stories: Iterable[int] | None = None) -> list[tuple[int, UnderWay]]:
    """Return which stories were submitted or returned, of these or of all."""
    states = WorkflowState.objects.filter(
        base_content_type=ContentType.objects.get_for_model(Page), status__in=_WORKFLOW
    )
    if stories is not None:
        states = states.filter(object_id__in=[str(pk) for pk in stories])
    last_step = set(PublicationTask.objects.values_list("pk", flat=True))
    fields = ("object_id", "status", "current_task_state__task_id")
    return [
        (int(pk), _step(status, is_last=task in last_step))
        for pk, status, task in states.order_by("pk").values_list(*fields)[:MOST]
    ]


def troubles(*, now: datetime, stories: Iterable[str] | None = None) -> list[tuple[str, str]]:
    """Return what of which stories is stuck, of these or of all, with the reason."""
    found = [*delayed(now=now), *_parked(None if stories is None else set(stories))]
    wanted = None if stories is None else set(stories)
    return [(story, why) for story, why in found if wanted is None or story in wanted]


def delayed(*, now: datetime) -> list[tuple[str, str]]:
    """Return which stories did not become in time what they should be, with the reason."""
    return [(each.story, in_words(each)) for each in late(now=now) if each.what in _LATE]


def in_words(each: Late) -> str:
    """Return what of a story is late, and why."""
    return f"{_LATE[each.what]}: {each.reason}" if each.what in _LATE else each.reason


def parked() -> list[tuple[str, str]]:
    """Return which stories have a page or a post that waits for a person, with the reason."""
    return _parked(None)


def _parked(stories: set[str] | None) -> list[tuple[str, str]]:
    rows = LedgerRow.objects.exclude(parked="")
    if stories is not None:
        rows = rows.filter(Q(story__in=stories) | Q(surface=WEBSITE, subject__in=stories))
    found = []
    # Asked for by number, or SQLite would go through all rows, newest first, to find the parked.
    numbers = rows.order_by().values("pk")
    newest = LedgerRow.objects.filter(pk__in=numbers).defer("payload").order_by("-pk")
    for row in newest[:MOST]:
        if row.surface == WEBSITE:
            found.append((row.subject, f"its page {row.key}: {row.parked}"))
        else:
            found.append((row.story, f"its post on {row.surface}/{row.account}: {row.parked}"))
    return [(story, why) for story, why in found if story]


def _step(status: str, *, is_last: bool) -> UnderWay:
    step = _WORKFLOW[status]
    return UnderWay.APPROVED if step is UnderWay.SUBMITTED and is_last else step
