"""
Follows a story from its draft to the reader: who has it now, and what is asked of whom.

    draft -> submitted -> approved -> published or scheduled
    submitted or approved -> returned with a comment -> submitted again

Editors review, publishers publish: two pairs of eyes, unless a publisher writes. What an
approval publishes goes the way of every publication, in the transaction of the approval.
"""

from collections.abc import Iterator
from typing import Any, NamedTuple

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from wagtail.models import Page, Task, Workflow, WorkflowPage, WorkflowState, WorkflowTask

from broadsheet.newsroom.models.flow_tasks import PublicationTask, ReviewTask
from broadsheet.newsroom.models.paper import PaperPage
from broadsheet.newsroom.models.story import Story
from broadsheet.newsroom.roles.names import Right
from broadsheet.newsroom.roles.rights import may_on
from broadsheet.newsroom.roles.standing import Standing, Step, standing

FLOW = "review"  # the desk says "Submit for review"
_WAGTAILS_OWN = "Moderators approval"  # made with its tables, of a group we are without
ACTIVE = (WorkflowState.STATUS_IN_PROGRESS, WorkflowState.STATUS_NEEDS_CHANGES)


class Asked(NamedTuple):
    """A story somebody is asked to do something about."""

    story: Story
    standing: Standing
    submitted_by: Any


def ensure_flow() -> None:
    """Have every story of the paper take the two steps; doing it again changes nothing."""
    paper = PaperPage.objects.first()
    if paper is None:
        return
    with transaction.atomic():
        Workflow.objects.filter(name=_WAGTAILS_OWN, workflow_states__isnull=True).delete()
        Task.objects.filter(name=_WAGTAILS_OWN, task_states__isnull=True).delete()
        workflow, _ = Workflow.objects.get_or_create(name=FLOW)
        for order, (name, kind) in enumerate(
            (("review", ReviewTask), ("publication", PublicationTask))
        ):
            task = kind.objects.first() or kind.objects.create(name=name)
            WorkflowTask.objects.get_or_create(
                workflow=workflow, task=task, defaults={"sort_order": order}
            )
        WorkflowPage.objects.get_or_create(page=paper, defaults={"workflow": workflow})


def asked_of(user: Any) -> list[Asked]:
    """Return the stories somebody is asked to review or publish, longest waiting first."""
    return [
        asked
        for asked in _waiting(WorkflowState.STATUS_IN_PROGRESS)
        if may_on(user, _RIGHT_FOR[asked.standing.step], asked.story)
    ]


def returned_to(user: Any) -> list[Asked]:
    """Return the stories that came back to somebody, longest waiting first."""
    return [
        asked
        for asked in _waiting(WorkflowState.STATUS_NEEDS_CHANGES)
        if user.pk in {asked.story.owner_id, getattr(asked.submitted_by, "pk", None)}
    ]


def waiting_of(user: Any) -> list[Asked]:
    """Return the stories somebody submitted that wait for others, longest waiting first."""
    return [
        asked
        for asked in _waiting(WorkflowState.STATUS_IN_PROGRESS)
        if user.pk in {asked.story.owner_id, getattr(asked.submitted_by, "pk", None)}
    ]


def end_review(story: Story) -> None:
    """End the review of a story that was withdrawn for good: nobody can publish it any more."""
    state = story.current_workflow_state
    if state is not None:
        state.cancel()


_RIGHT_FOR = {Step.SUBMITTED: Right.REVIEW, Step.APPROVED: Right.PUBLISH}


def _waiting(status: str) -> Iterator[Asked]:
    # The two statuses are those of an index of Wagtail's: old flows are not read.
    active = WorkflowState.objects.filter(
        status__in=ACTIVE,
        base_content_type=ContentType.objects.get_for_model(Page, for_concrete_model=False),
    )
    states = list(
        # A flow whose story was erased under it has lost its steps with the words.
        active.filter(status=status, current_task_state__isnull=False)
        .select_related(
            "requested_by", "current_task_state__task", "current_task_state__finished_by"
        )
        .order_by("current_task_state__started_at")
    )
    stories = Story.objects.in_bulk([int(state.object_id) for state in states])
    for state in states:
        story = stories.get(int(state.object_id))
        if story is not None:
            yield Asked(story, standing(state), state.requested_by)
