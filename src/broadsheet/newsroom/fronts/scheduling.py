"""
Has a front arranged at a time to come, and keeps the press's schedule true to that.

The newsroom's rows say what waits; the press's schedule wakes for it. Late is still done; a
change that a person or a later change overtook is not done any more; the sweep mends what was
lost between the two.
"""

from collections.abc import Iterator
from datetime import datetime
from typing import Any, NamedTuple

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from wagtail.log_actions import log as audit

from broadsheet.newsroom import acting
from broadsheet.newsroom.fronts import drafts, fronts, publishing
from broadsheet.newsroom.fronts.arranging import Board
from broadsheet.newsroom.fronts.permissions import may_publish
from broadsheet.newsroom.fronts.publishing import must_be_as_seen
from broadsheet.newsroom.models.front import Front, FrontChange
from broadsheet.newsroom.models.story import HORIZON
from broadsheet.press import log
from broadsheet.press.actions import schedule as press
from broadsheet.press.models import LogEntry, Schedule
from broadsheet.press.ports import Mismatch

KIND = "front-change"  # of a mismatch between a change and the schedule
SCHEDULED, CANCELLED = "newsroom.front.schedule", "newsroom.front.cancel"


class Waiting(NamedTuple):
    """A change that waits, and why the last try failed; "" when none did."""

    change: FrontChange
    reason: str


def schedule(
    front: Front, board: Board, *, based_on: int, due_at: datetime, user: Any
) -> FrontChange:
    """
    Have a front arranged at a time to come.

    Raises:
        PermissionDenied: the user may not publish this front.
        ChangedMeanwhile: it is not any more as the user has seen it; nothing is scheduled.
        ValidationError: the time is past, or too far away.

    """
    if not may_publish(user, front):
        raise PermissionDenied
    with transaction.atomic():
        log.take_turn(acting.current().now)  # nobody publishes between the look and the act
        must_be_as_seen(front, board, seen=based_on)
        return plan(front, board, based_on=based_on, due_at=due_at, user=user)


def plan(front: Front, board: Board, *, based_on: int, due_at: datetime, user: Any) -> FrontChange:
    """
    Have a front arranged at a time to come, whoever asks: the caller has asked who may.

    Raises:
        ValidationError: the time is past, or too far away.

    """
    who = acting.current()
    if due_at <= who.now:
        message = "this time is past; choose a later one, or publish the front now"
        raise ValidationError(message)
    if due_at > who.now + HORIZON:
        message = f"{due_at:%d %B %Y} is more than ten years away; check the year"
        raise ValidationError(message)
    with transaction.atomic():
        change = FrontChange.objects.create(
            front=fronts.kept(front),
            slots=drafts.as_json(board),
            based_on=based_on,
            due_at=due_at,
            asked_by=who.by,
            asked_at=who.now,
        )
        keep(str(change.uuid))
        audit(change.front, SCHEDULED, user=user, data={"due_at": due_at.isoformat()})
    return change


def cancel(change: FrontChange, *, user: Any) -> bool:
    """
    Take a change off the schedule; return whether it still waited.

    Raises:
        PermissionDenied: the user may not publish this front.

    """
    if not may_publish(user, change.front):
        raise PermissionDenied
    with transaction.atomic():
        waiting = _waiting(change.uuid)
        if waiting is None:
            return False
        _end(waiting, FrontChange.State.CANCELLED)
        keep(str(change.uuid))
        data = {"due_at": change.due_at.isoformat()}
        audit(change.front, CANCELLED, user=user, data=data)
    return True


def carry_out(uuid: str, *, now: datetime) -> None:
    """
    Arrange a front as a change says, if it waits and is due; the caller is in a transaction.

    Raises:
        ValidationError: the press declines; the message says why.

    """
    change = _waiting(uuid)
    if change is None or change.due_at > now:
        return
    if _is_overtaken(change):
        _end(change, FrontChange.State.OVERTAKEN)
        return
    board = drafts.board_from(change.front.key, change.slots)
    publishing.commit(change.front, board, user=None)
    _end(change, FrontChange.State.DONE)


def waiting_changes(front: Front) -> list[Waiting]:
    """Return what is to become of a front, soonest first."""
    if front.pk is None:
        return []
    changes = list(FrontChange.objects.filter(front=front, state=FrontChange.State.WAITING))
    failed = dict(
        Schedule.objects.filter(
            act="front", story__in=[str(each.uuid) for each in changes], failures__gt=0
        ).values_list("story", "reason")
    )
    return [Waiting(change, failed.get(str(change.uuid), "")) for change in changes]


def keep(uuid: str) -> None:
    """Make the press's schedule say when a change is to be made, or nothing of it any more."""
    change = FrontChange.objects.filter(uuid=uuid, state=FrontChange.State.WAITING).first()
    kept = Schedule.objects.filter(story=uuid, act="front").values_list("due_at", flat=True).first()
    if change is None:
        press.unschedule(uuid, act="front")
    elif kept != change.due_at:
        who = acting.current()
        press.schedule(uuid, act="front", due_at=change.due_at, now=who.now, by=change.asked_by)


def edges() -> Iterator[Mismatch]:
    """Yield changes that the press's schedule does not have, or has for another time."""
    noted = dict(Schedule.objects.filter(act="front").values_list("story", "due_at"))
    waiting = FrontChange.objects.filter(state=FrontChange.State.WAITING)
    wanted = {str(uuid): due_at for uuid, due_at in waiting.values_list("uuid", "due_at")}
    for uuid in sorted(noted.keys() | wanted.keys()):
        if noted.get(uuid) != wanted.get(uuid):
            yield Mismatch(KIND, uuid, "the change is scheduled for another time, or not")


def _waiting(uuid: Any) -> FrontChange | None:
    """Return a change that waits, locked: nobody cancels what is being carried out."""
    waiting = FrontChange.objects.filter(uuid=uuid, state=FrontChange.State.WAITING)
    return waiting.select_related("front__section").select_for_update(of=("self",)).first()


def _is_overtaken(change: FrontChange) -> bool:
    """Return whether a person, or a later change, arranged the front since this one was due."""
    later = FrontChange.objects.filter(front=change.front, state=FrontChange.State.DONE)
    if later.filter(due_at__gt=change.due_at).exists():
        return True
    since = LogEntry.objects.filter(kind="front", record_id=change.front.key, at__gt=change.due_at)
    return since.exclude(by=acting.current().by).exists()


def _end(change: FrontChange, state: FrontChange.State) -> None:
    who = acting.current()
    change.state, change.ended_at, change.ended_by = state, who.now, who.by
    change.save(update_fields=["state", "ended_at", "ended_by"])
