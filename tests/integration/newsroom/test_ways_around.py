"""Ways around a role that go by one's own story, or by a story on its way: each is closed."""

from contextlib import suppress
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import TaskState, Workflow

from broadsheet.newsroom import publishing
from broadsheet.newsroom.models import SectionPage, Story, flow_tasks
from broadsheet.newsroom.roles import form_rights
from broadsheet.newsroom.roles.flow import ensure_flow
from broadsheet.newsroom.roles.names import Role
from broadsheet.newsroom.roles.standing import Step, standing_of
from broadsheet.newsroom.roles.testers import StoryPermissions
from tests.factories import rows
from tests.integration.newsroom.conftest import Form

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]


def at_desk(person: Any) -> Client:
    """Return somebody's browser."""
    client = Client(raise_request_exception=False)
    client.force_login(person)
    return client


def own_draft(person: Any) -> Story:
    """Return somebody's own draft."""
    story = rows.a_draft()
    Story.objects.filter(pk=story.pk).update(owner=person)
    return Story.objects.get(pk=story.pk)


def embargo_after_going_back(form: Form) -> datetime | None:
    """Return the embargo of a draft whose reporter went back to the version before it had one."""
    rae = rows.a_person("rae", Role.REPORTER)
    story = own_draft(rae)
    without = story.get_latest_revision()
    story.embargo_until = timezone.now() + timedelta(days=2)
    story.save_revision(user=rae)
    story = Story.objects.get(pk=story.pk)
    address = reverse("wagtailadmin_pages:revisions_revert", args=[story.pk, without.pk])
    at_desk(rae).post(address, {**form(story, embargo_until=""), "revision": str(without.pk)})
    newest = Story.objects.get(pk=story.pk).get_latest_revision_as_object()
    return newest.embargo_until


def test_an_older_version_ends_no_embargo(form: Form):
    """A reporter who goes back to a version without the embargo does not get rid of it."""
    assert embargo_after_going_back(form) is not None


def test_a_form_that_asks_only_itself_is_noticed(form: Form, monkeypatch: Any):
    """Broken twin: a check that looks at no newer draft fails the test above."""
    monkeypatch.setattr(form_rights, "_embargo_of_newest_draft", lambda _: None)

    assert embargo_after_going_back(form) is None


def publisher_of_world_only() -> Any:
    """Return who publishes in World, and only writes in City."""
    rows.a_person("pub", Role.PUBLISHER, sections=[rows.a_section_row("World")])
    return rows.a_person("pub", Role.REPORTER, sections=[rows.a_section_row("City")])


def a_scheduled_story() -> Story:
    """Return a story of World that goes live by itself tomorrow."""
    story = rows.a_draft(SectionPage.objects.get(slug="world"))
    story.go_live_at = timezone.now() + timedelta(days=1)
    story.save_revision().publish()
    return Story.objects.get(pk=story.pk)


def move_one(client: Client, story: Story, city: SectionPage) -> None:
    """Move a story as its own page does."""
    address = reverse("wagtailadmin_pages:move_confirm", args=[story.pk, city.pk])
    client.post(address, {"position": ""})


def move_several(client: Client, story: Story, city: SectionPage) -> None:
    """Move a story as a list's bulk action does."""
    data = {"chooser": city.pk, "move_applicable": "on"}
    client.post(f"/desk/bulk/wagtailcore/page/move/?id={story.pk}", data)


def section_after(move: Any, form: Form) -> str:
    """Return the section of a scheduled story that its publisher moved to where they write only."""
    del form  # it makes the paper
    who = publisher_of_world_only()
    story = a_scheduled_story()
    move(at_desk(who), story, SectionPage.objects.get(slug="city"))
    return str(Story.objects.get(pk=story.pk).section_row().slug)


MOVES = pytest.mark.parametrize("move", [move_one, move_several])


@MOVES
def test_a_scheduled_story_goes_nowhere_its_mover_cannot_publish(move: Any, form: Form):
    """Otherwise the schedule would publish it in a section whose publishers were not asked."""
    assert "world" == section_after(move, form)


@MOVES
def test_a_view_that_lets_it_move_is_stopped_by_the_guard(move: Any, form: Form, monkeypatch: Any):
    """Were the view to forget to ask, the move is rolled back where it is committed."""
    monkeypatch.setattr(StoryPermissions, "_is_scheduled", lambda _: False)

    assert "world" == section_after(move, form)


@MOVES
def test_a_schedule_that_moves_along_is_noticed(move: Any, form: Form, monkeypatch: Any):
    """Broken twin: without question and guard, the story is in the other section."""
    monkeypatch.setattr(StoryPermissions, "_is_scheduled", lambda _: False)
    monkeypatch.setattr(publishing, "must_be_allowed", lambda *_, **__: None)

    assert "city" == section_after(move, form)


def second_of_two(first: str, second: str) -> Step:
    """Have two publishers take the same step, having read it before either did; return the end."""
    rows.a_section_row("World")
    ensure_flow()
    story = Story.objects.get(pk=rows.a_draft().pk)
    one, other = (rows.a_person(name, Role.PUBLISHER) for name in ("pub", "pam"))
    Workflow.objects.get().start(story, one).current_task_state.approve(user=one)
    reads = [
        TaskState.objects.select_related("workflow_state").get(status="in_progress")
        for _ in range(2)
    ]
    reads[0].task.specific.on_action(reads[0], one, first, comment="Name the source")
    with suppress(ValidationError):
        reads[1].task.specific.on_action(reads[1], other, second, comment="Too long")
    return standing_of(Story.objects.get(pk=story.pk)).step


@pytest.mark.parametrize(
    ("first", "second", "step"),
    [("reject", "approve", Step.RETURNED), ("approve", "reject", Step.DRAFT)],
)
def test_of_two_who_take_a_step_at_once_the_first_counts(
    first: str, second: str, step: Step, form: Form
):
    """What was returned is not published by who read it before, nor what is out returned."""
    assert step == second_of_two(first, second)
    assert Story.objects.get().live == (first == "approve")


def test_a_step_taken_by_what_was_read_before_is_noticed(form: Form, monkeypatch: Any):
    """Broken twin: a step that reads nothing anew publishes what was just returned."""
    monkeypatch.setattr(flow_tasks, "_read_alone", lambda _: None)

    second_of_two("reject", "approve")

    assert Story.objects.get().live


@pytest.mark.parametrize(
    ("name", "button", "step"),
    [
        ("ed", "action-cancel-workflow", Step.SUBMITTED),
        ("ed", "action-restart-workflow", Step.SUBMITTED),
        ("rae", "action-cancel-workflow", Step.DRAFT),
    ],
)
def test_only_who_submitted_a_story_takes_it_back(name: str, button: str, step: Step, form: Form):
    """Who reviews a story returns it, and says why; a hand-made form cannot make it vanish."""
    rows.a_section_row("World")
    ensure_flow()
    people = {
        "rae": rows.a_person("rae", Role.REPORTER),
        "ed": rows.a_person("ed", Role.EDITOR),
    }
    story = own_draft(people["rae"])
    state = Workflow.objects.get().start(story, people["rae"])
    address = reverse("wagtailadmin_pages:edit", args=[story.pk])

    at_desk(people[name]).post(address, {**form(Story.objects.get(pk=story.pk)), button: "1"})

    assert step == standing_of(Story.objects.get(pk=story.pk)).step
    state.refresh_from_db()
    assert people["rae"] == state.requested_by
