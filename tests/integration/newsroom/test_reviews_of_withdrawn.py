"""Nobody is asked to review, approve or publish what was withdrawn for good."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.models import WorkflowState

from broadsheet.newsroom import acts
from broadsheet.newsroom.models import Story
from broadsheet.newsroom.roles.flow import asked_of, ensure_flow
from broadsheet.newsroom.roles.names import Role
from tests.factories import rows
from tests.factories.logged import acts_of

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]


def retract(story: Story) -> None:
    """Withdraw a story for good."""
    acts.retract(story, reason="It was wrong.")


def erase(story: Story) -> None:
    """Take a story's words out of everything."""
    acts.erase(story, reason="The law says so.")


@pytest.fixture
def editor_of_all(desk: Client) -> Any:
    """Return an editor of a paper whose stories are reviewed."""
    del desk
    ensure_flow()
    return rows.a_person("ed", Role.EDITOR)


def submitted(desk: Client, form: Any) -> Story:
    """Return a live story an update of which was submitted."""
    story = rows.a_live_story()
    edit = reverse("wagtailadmin_pages:edit", args=[story.pk])
    desk.post(edit, form(story, title="An update") | {"action-submit": "1"})
    return Story.objects.get(pk=story.pk)


def returned(desk: Client, form: Any) -> Story:
    """Return a live story an update of which was returned to its writer."""
    story = submitted(desk, form)
    state = story.current_workflow_state
    state.current_task_state.reject(comment="Ask the mayor.")
    return Story.objects.get(pk=story.pk)


@pytest.mark.parametrize("begun", [submitted, returned])
@pytest.mark.parametrize("withdraw", [retract, erase])
def test_its_review_ends(
    desk: Client,
    form: Any,
    editor_of_all: Any,
    withdraw: Callable[[Story], None],
    begun: Callable[[Client, Any], Story],
):
    """The review of an update ends with the story: nobody is asked for a word any more."""
    story = begun(desk, form)

    withdraw(story)

    active = [WorkflowState.STATUS_IN_PROGRESS, WorkflowState.STATUS_NEEDS_CHANGES]
    assert not WorkflowState.objects.filter(status__in=active).exists()
    assert [] == asked_of(editor_of_all)
    for page in ("wagtailadmin_home", "stories:index"):
        assert 200 == desk.get(reverse(page)).status_code


@pytest.mark.parametrize("withdraw", [retract, erase])
def test_it_is_not_submitted(
    desk: Client, form: Any, editor_of_all: Any, withdraw: Callable[[Story], None]
):
    """The form of a withdrawn story offers no review, and a hand-made one begins none."""
    story = rows.a_live_story()
    withdraw(story)
    edit = reverse("wagtailadmin_pages:edit", args=[story.pk])
    offered = b"action-submit" in desk.get(edit).content

    desk.post(edit, form(Story.objects.get(pk=story.pk)) | {"action-submit": "1"})

    assert not offered
    assert not WorkflowState.objects.exists()
    assert [] == asked_of(editor_of_all)
    assert 2 == len(acts_of(story))


def test_unpublished_story_stays_in_review(desk: Client, form: Any, editor_of_all: Any):
    """What was taken down to be fixed comes back by its review."""
    story = submitted(desk, form)

    story.unpublish()

    assert [story.pk] == [asked.story.pk for asked in asked_of(editor_of_all)]


@pytest.mark.parametrize("begun", [submitted, returned])
def test_a_review_that_lost_its_story_breaks_no_desk(
    desk: Client, form: Any, editor_of_all: Any, begun: Callable[[Client, Any], Story]
):
    """A story that was erased under its review, by an earlier release, stops nobody's desk."""
    begun(desk, form)
    WorkflowState.objects.update(current_task_state=None)

    pages = [reverse("wagtailadmin_home"), reverse("stories:index")]

    assert [200, 200] == [desk.get(page).status_code for page in pages]
    assert [] == asked_of(editor_of_all)
