"""Were workflows switched on, an approval would publish as every other path does."""

from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.test import Client
from django.urls import reverse
from wagtail.models import GroupApprovalTask, TaskState, Workflow, WorkflowPage, WorkflowTask

from broadsheet.newsroom import publishing
from broadsheet.newsroom.models import LiveMark, Story
from broadsheet.press.models import LogEntry
from tests.factories import rows
from tests.factories.logged import acts_of, version_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def submitted(settings: Any, desk: Client, editor: Any) -> TaskState:
    """Return a draft's task, which waits for the editor's approval."""
    settings.WAGTAIL_WORKFLOW_ENABLED = True
    group = Group.objects.create(name="Chiefs")
    editor.groups.add(group)
    task = GroupApprovalTask.objects.create(name="Read by a chief")
    task.groups.add(group)
    workflow = Workflow.objects.create(name="Two pairs of eyes")
    WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=0)
    WorkflowPage.objects.create(workflow=workflow, page=rows.a_paper())
    story = rows.a_draft()
    return workflow.start(story, editor).current_task_state


def approve(desk: Client, task: TaskState) -> Any:
    """Approve at the desk what waits."""
    story = task.revision.content_object
    url = reverse("wagtailadmin_pages:workflow_action", args=[story.pk, "approve", task.pk])
    return desk.post(url, {"comment": ""})


def test_an_approval_writes_one_version(desk: Client, submitted: TaskState):
    """What the last approval publishes is one version, by who approved, and marked as seen."""
    story = Story.objects.get()
    assert [] == acts_of(story)

    approve(desk, submitted)

    assert ["publish"] == acts_of(story)
    assert story.title == version_of(story).content.headline
    assert "ada" == LogEntry.objects.get(kind="story").by
    assert LiveMark.objects.filter(story=story).exists()


def test_a_crash_while_approving_leaves_neither_approval_nor_version(
    desk: Client, submitted: TaskState, monkeypatch: Any
):
    """If it dies after the log was written, the story is a draft that waits for approval."""

    def die(_: Any) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(publishing, "keep_schedule", die)
    with pytest.raises(KeyboardInterrupt):
        approve(desk, submitted)

    story = Story.objects.get()
    submitted.refresh_from_db()
    assert ([], False) == (acts_of(story), story.live)
    assert TaskState.STATUS_IN_PROGRESS == submitted.status


def test_an_approval_that_tells_the_press_nothing_is_found(
    desk: Client, submitted: TaskState, monkeypatch: Any
):
    """The broken twin: an approval whose row is saved apart from the log leaves a live draft."""
    monkeypatch.setattr(publishing, "commit_story", lambda *_, **__: None)

    approve(desk, submitted)

    story = Story.objects.get()
    assert ([], True) == (acts_of(story), story.live)
