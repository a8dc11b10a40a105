"""
Says what is under way with stories: submitted, returned, scheduled, in trouble.

Read from the tables where it happens, which hold little beside the archive; so the story's
own row need not follow what the press or a workflow does. Every question is bounded.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import NamedTuple

from django.contrib.contenttypes.models import ContentType
from django.db.models import Q, QuerySet
from wagtail.models import Page, WorkflowState

from broadsheet.newsroom.desk.states import UnderWay
from broadsheet.press.models import LedgerRow, Schedule
from broadsheet.press.models.ledger import WEBSITE

MOST = 1_000  # of a kind; a newsroom has tens
MISSED_AFTER = timedelta(seconds=90)  # the press looks each second; by then it has missed it
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
    found = states.order_by("pk").values_list("object_id", "status")[:MOST]
    return [(int(pk), _WORKFLOW[status]) for pk, status in found]


def troubles(*, now: datetime, stories: Iterable[str] | None = None) -> list[tuple[str, str]]:
    """Return what of which stories is stuck, of these or of all, with the reason."""
    late = _late(now)
    parked = LedgerRow.objects.exclude(parked="")
    if stories is not None:
        wanted = list(stories)
        late = late.filter(story__in=wanted)
        parked = parked.filter(Q(story__in=wanted) | Q(surface=WEBSITE, subject__in=wanted))
    found = [(row.story, why_late(row)) for row in late.order_by("due_at")[:MOST]]
    for row in parked.order_by("-pk")[:MOST]:
        if row.surface == WEBSITE:
            found.append((row.subject, f"its page {row.key}: {row.parked}"))
        else:
            found.append((row.story, f"its post on {row.surface}/{row.account}: {row.parked}"))
    return [(story, why) for story, why in found if story]


def why_late(row: Schedule) -> str:
    """Say why something scheduled did not happen."""
    what = "going live" if row.act == "go-live" else "expiring"
    return f"{what} failed: {row.reason}" if row.reason else f"it has missed its time of {what}"


def _late(now: datetime) -> QuerySet[Schedule]:
    return Schedule.objects.filter(Q(failures__gt=0) | Q(due_at__lt=now - MISSED_AFTER))
