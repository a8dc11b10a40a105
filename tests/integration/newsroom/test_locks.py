"""Somebody's lock is respected on every path, and says whose it is and since when."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.admin.models import EditingSession
from wagtail.models import Page, Workflow

from broadsheet.newsroom.models import Story
from broadsheet.newsroom.paper_time import in_paper_time
from broadsheet.newsroom.roles import story_locks, testers
from broadsheet.newsroom.roles.flow import ensure_flow
from broadsheet.newsroom.roles.names import Role
from broadsheet.press.models import LogEntry
from tests.factories import rows
from tests.integration.newsroom.conftest import Form

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]


@pytest.fixture
def locked() -> Story:
    """Return a live story that the editor "ed" has locked, with a workflow begun on it."""
    section = rows.a_section_row("World")
    rows.a_section_row("City")
    ensure_flow()
    ed = rows.a_person("ed", Role.EDITOR)
    story = rows.a_live_story(section, title="Kept by Ed")
    state = Workflow.objects.get().start(story, ed)
    state.current_task_state.approve(user=ed)
    Story.objects.filter(pk=story.pk).update(locked=True, locked_by=ed, locked_at=timezone.now())
    return Story.objects.get(pk=story.pk)


@pytest.fixture
def other() -> Client:
    """Return the browser of a publisher who did not lock anything."""
    client = Client()
    client.force_login(rows.a_person("pub", Role.PUBLISHER))
    return client


def seen(story: Story) -> tuple[Any, ...]:
    """Return what a path could have changed."""
    page = Page.objects.get(pk=story.pk)
    state = page.specific.current_workflow_state
    return (
        page.live,
        page.path,
        page.latest_revision_id,
        LogEntry.objects.count(),
        None if state is None else state.current_task_state_id,
    )


def urls(story: Story) -> dict[str, str]:
    """Return every path on which a story is changed at the desk, but its form."""
    city = Page.objects.get(title="City", depth=3)
    task = story.current_workflow_state.current_task_state_id
    bulk = f"/desk/bulk/wagtailcore/page/%s/?id={story.pk}"
    return {
        "unpublish": reverse("wagtailadmin_pages:unpublish", args=[story.pk]),
        "move": reverse("wagtailadmin_pages:move_confirm", args=[story.pk, city.pk]),
        "delete": reverse("wagtailadmin_pages:delete", args=[story.pk]),
        "approve": reverse("wagtailadmin_pages:workflow_action", args=[story.pk, "approve", task]),
        "return": reverse("wagtailadmin_pages:workflow_action", args=[story.pk, "reject", task]),
        "retract": reverse("retract_story", args=[story.pk]),
        "change address": reverse("change_story_address", args=[story.pk]),
        "bulk publish": bulk % "publish",
        "bulk unpublish": bulk % "unpublish",
        "bulk move": bulk % "move",
        "bulk delete": bulk % "delete",
        "api publish": f"/desk/api/main/pages/{story.pk}/action/publish/",
        "api unpublish": f"/desk/api/main/pages/{story.pk}/action/unpublish/",
        "api move": f"/desk/api/main/pages/{story.pk}/action/move/",
        "api delete": f"/desk/api/main/pages/{story.pk}/action/delete/",
        "api revert": f"/desk/api/main/pages/{story.pk}/action/revert_to_page_revision/",
    }


def sent(story: Story) -> dict[str, Any]:
    """Return what all of those paths ask for."""
    city = Page.objects.get(title="City", depth=3)
    return {
        "reason": "Wrong",
        "words": "another",
        "comment": "Why?",
        "chooser": city.pk,
        "move_applicable": "on",
        "include_descendants": "on",
        "destination_page_id": city.pk,
        "revision_id": story.latest_revision_id,
    }


PATHS = (
    *("unpublish", "move", "delete", "approve", "return", "retract", "change address"),
    *("bulk publish", "bulk unpublish", "bulk move", "bulk delete"),
    *("api publish", "api unpublish", "api move", "api delete", "api revert"),
)


@pytest.mark.parametrize("path", PATHS)
def test_a_lock_is_respected(path: str, locked: Story, other: Client):
    """On this path, a story somebody else has locked stays as it is."""
    before = seen(locked)

    other.post(urls(locked)[path], sent(locked))

    assert before == seen(locked)


def test_a_lock_that_nothing_asks_for_is_found(locked: Story, other: Client, monkeypatch: Any):
    """The broken twin: without our checks, a locked story would be moved and retracted."""
    monkeypatch.setattr(testers.StoryPermissions, "_is_kept_by_another", lambda _: False)
    monkeypatch.setattr(story_locks, "locked_by_another", lambda *_: "")
    before = seen(locked)

    other.post(urls(locked)["move"], sent(locked))

    assert before != seen(locked)


@pytest.mark.parametrize("button", ["", "action-publish", "action-submit"])
def test_the_form_of_a_locked_story_saves_nothing(
    button: str, locked: Story, other: Client, form: Form
):
    """Saving, publishing and submitting from the form are refused while somebody else has it."""
    before = seen(locked)

    other.post(
        reverse("wagtailadmin_pages:edit", args=[locked.pk]),
        {**form(locked, title="Mine now"), **({button: "1"} if button else {})},
    )

    assert before == seen(locked)


def test_it_is_said_who_locked_it_and_since_when(locked: Story, other: Client):
    """The refusal of an act names who has the story, and the time in the paper's zone."""
    page = other.post(urls(locked)["retract"], sent(locked), follow=True)

    assert "locked by ed since" in page.content.decode()
    assert in_paper_time(locked.locked_at) in page.content.decode()


def test_who_locked_it_goes_on(locked: Story, form: Form):
    """The lock binds everybody else: its owner saves as before."""
    client = Client()
    client.force_login(locked.locked_by)
    Workflow.objects.get().workflow_states.get().cancel()
    before = locked.latest_revision_id

    client.post(reverse("wagtailadmin_pages:edit", args=[locked.pk]), form(locked))

    assert before != Story.objects.get(pk=locked.pk).latest_revision_id


@pytest.mark.parametrize(
    ("role", "may"), [(Role.PUBLISHER, True), (Role.ADMINISTRATOR, True), (Role.REPORTER, False)]
)
def test_a_lock_somebody_left_is_ended_by_few(role: Role, locked: Story, *, may: bool):
    """A publisher or an administrator ends another's lock, so that a holiday stops no story."""
    client = Client()
    client.force_login(rows.a_person("somebody", role))

    client.post(reverse("wagtailadmin_pages:unlock", args=[locked.pk]))

    assert may is not Story.objects.get(pk=locked.pk).locked


def pinged(client: Client, story: Story, session: EditingSession) -> dict[str, Any]:
    """Return what an open form is told each time it asks who else has the story open."""
    url = reverse(
        "wagtailadmin_editing_sessions:ping", args=["wagtailcore", "page", story.pk, session.pk]
    )
    answer: dict[str, Any] = client.post(url, {"revision_id": story.latest_revision_id}).json()
    return answer


def opened(name: str, story: Story) -> tuple[Client, EditingSession, Callable[[], Any]]:
    """Return somebody's browser with the story's form open, and what it is told."""
    person = rows.a_person(name, Role.EDITOR)
    client = Client()
    client.force_login(person)
    client.get(reverse("wagtailadmin_pages:edit", args=[story.pk]))
    session = EditingSession.objects.filter(user=person).latest("id")
    return client, session, lambda: pinged(client, story, session)


def test_two_people_in_one_form_are_told_of_each_other():
    """While two have a story's form open, each is told who the other is."""
    story = rows.a_draft()
    _, _, first = opened("ada", story)
    _, _, second = opened("bob", story)
    second()

    assert ["bob"] == [other["user"] for other in first()["other_sessions"]]
    assert ["ada"] == [other["user"] for other in second()["other_sessions"]]


def test_one_who_saved_meanwhile_is_named(form: Form):
    """Whoever has the form open is told that somebody saved since, before they save themselves."""
    story = rows.a_draft()
    _, _, told = opened("ada", story)
    bob, _, bobs = opened("bob", story)
    bobs()
    bob.post(reverse("wagtailadmin_pages:edit", args=[story.pk]), form(story, title="Bob's"))

    (other,) = told()["other_sessions"]

    assert ("bob", True) == (other["user"], bool(other["revision_id"]))
