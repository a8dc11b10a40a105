"""Says where a story's newest draft stands on its way, who brought it there, and when."""

from datetime import datetime
from enum import StrEnum
from typing import Any, NamedTuple

from wagtail.models import TaskState, WorkflowState


class Step(StrEnum):
    """Where a story's newest draft stands on its way."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    APPROVED = "approved"


class Standing(NamedTuple):
    """Where a story stands, who brought it there, when, and what they said."""

    step: Step
    by: Any  # a user; None for a draft, or when the account is gone
    at: datetime | None
    comment: str


def standing_of(story: Any) -> Standing:
    """Return where a story's newest draft stands."""
    state = story.current_workflow_state
    if state is None or state.current_task_state is None:  # erased under its review
        return Standing(Step.DRAFT, None, None, "")
    return standing(state)


def standing(state: WorkflowState) -> Standing:
    """Return where a flow that is not over stands."""
    current = state.current_task_state
    if state.status == WorkflowState.STATUS_NEEDS_CHANGES:
        return Standing(Step.RETURNED, current.finished_by, current.finished_at, current.comment)
    approved = (
        state.task_states.filter(status=TaskState.STATUS_APPROVED)
        .select_related("finished_by")
        .order_by("-finished_at")
        .first()
    )
    if approved is not None and approved.task_id != current.task_id:
        return Standing(Step.APPROVED, approved.finished_by, approved.finished_at, approved.comment)
    return Standing(Step.SUBMITTED, state.requested_by, current.started_at, "")
