"""A story goes from its writer by an editor to a publisher, and every step shows who has it."""

import json
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.messages import get_messages
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import TaskState, WorkflowState

from broadsheet.newsroom.adapter import WagtailNewsroom
from broadsheet.newsroom.models import SectionPage, Story
from broadsheet.newsroom.pictures import waiting
from broadsheet.newsroom.roles import approval
from broadsheet.newsroom.roles.flow import asked_of, ensure_flow, returned_to, waiting_of
from broadsheet.newsroom.roles.names import Role
from broadsheet.newsroom.roles.standing import Step, standing_of
from broadsheet.press.models import Schedule
from broadsheet.story.ids import StoryId
from tests.factories import rows
from tests.factories.logged import acts_of, version_of
from tests.factories.pictures import an_uploaded_picture
from tests.integration.newsroom.conftest import Form

HOUR = timedelta(hours=1)

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]


class People:
    """A section's people, each with a browser they are signed in with."""

    def __init__(self, section: SectionPage) -> None:
        """Sign everybody in."""
        self.section = section
        self.reporter = rows.a_person("rae", Role.REPORTER)
        self.editor = rows.a_person("ed", Role.EDITOR, sections=[section])
        self.publisher = rows.a_person("pub", Role.PUBLISHER)

    def at_desk(self, person: Any) -> Client:
        """Return somebody's browser."""
        client = Client()
        client.force_login(person)
        return client


@pytest.fixture
def people() -> People:
    """Return reporter, editor and publisher of a paper whose stories are reviewed."""
    section = rows.a_section_row("World")
    ensure_flow()
    return People(section)


@pytest.fixture
def send(form: Form, people: People) -> Any:
    """Return what sends a story's form as somebody, with a button of its menu."""

    def sent(
        who: Any, story: Story, button: str = "", *, by_itself: bool = False, **fields: Any
    ) -> Any:
        story = Story.objects.get(pk=story.pk)
        words = story.get_latest_revision_as_object().standfirst
        data = form(story, **{"title": story.draft_title, "standfirst": words, **fields})
        if button:
            data[button] = "1"
        url = reverse("wagtailadmin_pages:edit", args=[story.pk])
        accept = {"accept": "application/json"} if by_itself else {}
        return people.at_desk(who).post(url, data, headers=accept)

    return sent


def of(person: Any, **changes: Any) -> Story:
    """Return somebody's own draft."""
    story = rows.a_draft(**changes)
    Story.objects.filter(pk=story.pk).update(owner=person)
    return Story.objects.get(pk=story.pk)


def step(story: Story) -> Step:
    """Return where a story stands, read anew."""
    return standing_of(Story.objects.get(pk=story.pk)).step


def answer(action: str, comment: str = "") -> dict[str, str]:
    """Return what the desk's page sends with an approval or a return."""
    return {
        "workflow-action-name": action,
        "workflow-action-extra-data": json.dumps({"comment": comment}),
    }


def test_a_story_is_submitted_returned_submitted_approved_and_published(people: People, send: Any):
    """The whole way: each step is taken by who is asked, and the last one publishes."""
    story = of(people.reporter)
    send(people.reporter, story, "action-submit")
    assert (Step.SUBMITTED, [story.pk]) == (step(story), pks(asked_of(people.editor)))

    send(people.editor, story, "action-workflow-action", **answer("reject", "Who says so?"))
    assert (Step.RETURNED, [story.pk]) == (step(story), pks(returned_to(people.reporter)))

    send(people.reporter, story, "action-submit", standfirst="The mayor said so.")
    send(people.editor, story, "action-workflow-action", **answer("approve"))
    assert (Step.APPROVED, [story.pk]) == (step(story), pks(asked_of(people.publisher)))
    assert [] == acts_of(Story.objects.get())

    send(people.publisher, story, "action-workflow-action", **answer("approve"))

    story = Story.objects.get(pk=story.pk)
    assert ["publish"] == acts_of(story)
    assert "The mayor said so." == version_of(story).content.standfirst
    assert (Step.DRAFT, [], []) == (
        step(story),
        asked_of(people.publisher),
        waiting_of(story.owner),
    )


def test_only_the_approval_that_publishes_waits_for_pictures(
    people: People, send: Any, monkeypatch: pytest.MonkeyPatch
):
    """An editor's approval publishes nothing, so it gives sizes no time; the publisher's does."""
    story = of(people.reporter, lead=an_uploaded_picture())
    asked: list[bool] = []
    monkeypatch.setattr(waiting, "await_first_sizes", lambda _: asked.append(True))
    lead = {"lead": str(story.lead_id)}
    send(people.reporter, story, "action-submit", **lead)

    send(people.editor, story, "action-workflow-action", **answer("approve"), **lead)
    by_editor = len(asked)
    send(people.publisher, story, "action-workflow-action", **answer("approve"), **lead)

    assert (0, 1) == (by_editor, len(asked))
    assert Step.DRAFT is step(story)


def pks(asked: Any) -> list[int]:
    """Return the keys of the stories somebody is asked about."""
    return [each.story.pk for each in asked]


def test_a_return_needs_a_comment(people: People, send: Any):
    """Without a word of what is to change, the story stays submitted and the form says so."""
    story = of(people.reporter)
    send(people.reporter, story, "action-submit")

    page = send(people.editor, story, "action-workflow-action", **answer("reject", "  "))

    assert "say what is to change" in page.content.decode()
    assert Step.SUBMITTED is step(story)


def test_the_comment_stands_above_the_writers_form(people: People, send: Any):
    """Whoever wrote the story sees who returned it and why when they open it."""
    story = of(people.reporter)
    send(people.reporter, story, "action-submit")
    send(people.editor, story, "action-workflow-action", **answer("reject", "<b>Who</b> says so?"))

    url = reverse("wagtailadmin_pages:edit", args=[story.pk])
    page = people.at_desk(people.reporter).get(url).content.decode()

    assert 'data-newsroom-standing="returned"' in page
    assert "&lt;b&gt;Who&lt;/b&gt; says so?" in page


def test_a_submitted_story_is_locked_for_its_writer(people: People, send: Any):
    """While it is reviewed its writer changes nothing, is told who has it, and can take it back."""
    story = of(people.reporter)
    send(people.reporter, story, "action-submit")
    revision = Story.objects.get(pk=story.pk).latest_revision_id

    page = send(people.reporter, story, standfirst="Sneaked in")
    told = people.at_desk(people.reporter).get(reverse("wagtailadmin_pages:edit", args=[story.pk]))

    assert (200, revision) == (page.status_code, Story.objects.get(pk=story.pk).latest_revision_id)
    assert "You submitted this story" in told.content.decode()
    send(people.reporter, story, "action-cancel-workflow")
    assert Step.DRAFT is step(story)


def test_who_edits_no_such_section_is_asked_nothing_there(people: People, send: Any):
    """An editor of another section is neither asked nor able to approve, by any address."""
    other = rows.a_person("other", Role.EDITOR, sections=[rows.a_section_row("City")])
    story = of(people.reporter)
    send(people.reporter, story, "action-submit")

    task = TaskState.objects.get()
    url = reverse("wagtailadmin_pages:workflow_action", args=[story.pk, "approve", task.pk])
    people.at_desk(other).post(url, {})

    assert ([], Step.SUBMITTED) == (asked_of(other), step(story))


def test_a_step_of_another_story_cannot_be_taken_through_ones_own(people: People, send: Any):
    """An address that names a story one reviews, and another story's task, is refused."""
    city = rows.a_section_row("City")
    other = rows.a_person("other", Role.EDITOR, sections=[city])
    story, own = of(people.reporter), of(people.reporter, section=city)
    send(people.reporter, story, "action-submit")
    send(people.reporter, own, "action-submit")

    task = TaskState.objects.for_instance(story).get()
    url = reverse("wagtailadmin_pages:workflow_action", args=[own.pk, "approve", task.pk])
    people.at_desk(other).post(url, {})

    assert (Step.SUBMITTED, Step.SUBMITTED) == (step(story), step(own))


@pytest.mark.parametrize("sent", ["[", "[1]", '{"comment": 3}'])
def test_a_forged_answer_is_a_bad_request(people: People, send: Any, sent: str):
    """What the desk's page never sends with an approval is answered with 400, without effect."""
    story = of(people.reporter)
    send(people.reporter, story, "action-submit")
    forged = {**answer("approve"), "workflow-action-extra-data": sent}

    page = send(people.editor, story, "action-workflow-action", **forged)

    assert (400, Step.SUBMITTED) == (page.status_code, step(story))


def test_more_than_a_comment_is_not_believed(people: People, send: Any):
    """An approval that asks Wagtail not to go on to the next step goes on all the same."""
    story = of(people.reporter)
    send(people.reporter, story, "action-submit")
    extra = json.dumps({"comment": "", "update": False, "user": 1})

    send(
        people.editor,
        story,
        "action-workflow-action",
        **{**answer("approve"), "workflow-action-extra-data": extra},
    )

    assert Step.APPROVED is step(story)


def test_what_is_published_is_what_was_approved(people: People, send: Any):
    """A draft that a reporter's script saved after the approval is not published by approving."""
    story = of(people.reporter)
    send(people.reporter, story, "action-submit")
    send(people.editor, story, "action-workflow-action", **answer("approve"))
    sneaked = Story.objects.get(pk=story.pk).get_latest_revision_as_object()
    sneaked.standfirst = "Sneaked in"
    sneaked.save_revision(user=people.reporter)

    task = TaskState.objects.get(status="in_progress")
    url = reverse("wagtailadmin_pages:workflow_action", args=[story.pk, "approve", task.pk])
    people.at_desk(people.publisher).post(url, {})

    assert ([], Step.APPROVED) == (acts_of(Story.objects.get(pk=story.pk)), step(story))


def test_publishing_unread_changes_is_found(people: People, send: Any, monkeypatch: Any):
    """The broken twin: without that check, what nobody approved is what readers get."""
    monkeypatch.setattr(approval, "must_be_as_approved", lambda _: None)
    story = of(people.reporter)
    send(people.reporter, story, "action-submit")
    send(people.editor, story, "action-workflow-action", **answer("approve"))
    sneaked = Story.objects.get(pk=story.pk).get_latest_revision_as_object()
    sneaked.standfirst = "Sneaked in"
    sneaked.save_revision(user=people.reporter)

    task = TaskState.objects.get(status="in_progress")
    url = reverse("wagtailadmin_pages:workflow_action", args=[story.pk, "approve", task.pk])
    people.at_desk(people.publisher).post(url, {})

    assert "Sneaked in" == version_of(Story.objects.get(pk=story.pk)).content.standfirst


def test_an_approval_with_a_time_to_come_schedules(people: People, send: Any):
    """A publisher who sets a time and approves has the press publish it then; no reader sees it."""
    story = of(people.reporter)
    send(people.reporter, story, "action-submit")
    send(people.editor, story, "action-workflow-action", **answer("approve"))
    at = (timezone.now() + timedelta(days=1)).replace(second=0, microsecond=0)

    send(
        people.publisher,
        story,
        "action-workflow-action",
        go_live_at=rows.typed(at),
        **answer("approve"),
    )

    assert [at] == [row.due_at for row in Schedule.objects.filter(act="go-live")]
    assert [] == acts_of(Story.objects.get(pk=story.pk))


def test_a_publisher_needs_nobodys_approval(people: People, send: Any):
    """Publishing a submitted story from its form publishes it, and ends its review."""
    story = of(people.reporter)
    send(people.reporter, story, "action-submit")

    send(people.publisher, story, "action-publish")

    assert ["publish"] == acts_of(Story.objects.get(pk=story.pk))
    assert WorkflowState.STATUS_CANCELLED == WorkflowState.objects.get().status


def test_what_cannot_be_published_is_said_in_the_form(people: People, send: Any):
    """An approval of a story without text publishes nothing, keeps the approval, and says why."""
    story = of(people.reporter)
    send(people.reporter, story, "action-submit")
    send(people.editor, story, "action-workflow-action", **answer("approve"))

    page = send(
        people.publisher,
        story,
        "action-workflow-action",
        address_words="",
        title="",
        **answer("approve"),
    )

    assert (200, Step.APPROVED) == (page.status_code, step(story))
    assert [] == acts_of(Story.objects.get(pk=story.pk))


def test_a_reporter_cannot_set_when_a_story_goes_live_or_expires(people: People, send: Any):
    """Times typed into a reporter's form are not taken; an embargo is, since it keeps back."""
    story = of(people.reporter)
    at = rows.typed(timezone.now() + timedelta(days=2))

    send(people.reporter, story, go_live_at=at, expire_at=at, embargo_until=at)

    draft = Story.objects.get(pk=story.pk).get_latest_revision_as_object()
    assert draft.embargo_until is not None
    assert (draft.embargo_until, None) == (draft.go_live_at, draft.expire_at)


def test_an_embargo_is_ended_early_by_publishers_only(people: People, send: Any):
    """A reporter may lengthen an embargo; to take it out they must ask a publisher."""
    later = timezone.now() + timedelta(days=2)
    story = of(people.reporter, embargo_until=later)

    page = send(people.reporter, story, embargo_until="")

    assert "Only whoever may publish" in page.content.decode()
    send(people.publisher, story, embargo_until="")
    assert Story.objects.get(pk=story.pk).get_latest_revision_as_object().embargo_until is None


def test_what_goes_live_on_time_is_what_was_scheduled(people: People, send: Any):
    """A reporter's later draft of a scheduled story, by form or script, is not what goes live."""
    story = of(people.reporter, standfirst="As scheduled", go_live_at=timezone.now() + HOUR)
    story.get_latest_revision().publish()
    draft = Story.objects.get(pk=story.pk).get_latest_revision_as_object()
    draft.standfirst = "Sneaked in"
    draft.save_revision(user=people.reporter)

    send(people.reporter, story, standfirst="Typed in")
    WagtailNewsroom().go_live(StoryId(str(story.uuid)), now=timezone.now() + 2 * HOUR)

    assert "As scheduled" == version_of(Story.objects.get(pk=story.pk)).content.standfirst


def test_a_draft_of_changes_touches_nothing_readers_see(people: People, send: Any):
    """A reporter's and an editor's drafts of a live story leave its version as it is."""
    live = rows.a_live_story()
    Story.objects.filter(pk=live.pk).update(owner=people.reporter)
    before = version_of(live)

    send(people.reporter, live, standfirst="Changed by the reporter")
    send(people.reporter, live, "action-submit", standfirst="Changed by the reporter")
    send(people.editor, live, standfirst="Changed by the editor")

    now = Story.objects.get(pk=live.pk)
    assert (before, ["publish"], True) == (version_of(now), acts_of(now), now.live)
    assert "Changed by the editor" == now.get_latest_revision_as_object().standfirst


def told(response: Any) -> list[str]:
    """Return what the desk says after an act."""
    return [str(message).strip() for message in get_messages(response.wsgi_request)]


@pytest.mark.parametrize("words", ["", "The mayor says so."])
def test_who_returns_a_story_is_told_that_it_is_returned(people: People, send: Any, words: str):
    """Also if they changed a word of it themselves."""
    story = of(people.reporter, title="A weir")
    send(people.reporter, story, "action-submit")

    changed = {"standfirst": words} if words else {}
    response = send(
        people.editor, story, "action-workflow-action", **answer("reject", "How high?"), **changed
    )

    assert ["“A weir” is returned with your comment to whoever wrote it."] == told(response)


@pytest.mark.parametrize("action", ["approve", "reject"])
def test_a_form_that_saves_itself_takes_no_step(people: People, send: Any, action: str):
    """A step that was pressed and waits in the form is not taken by a save nobody pressed."""
    story = of(people.reporter)
    send(people.reporter, story, "action-submit")

    response = send(
        people.editor,
        story,
        "action-workflow-action",
        by_itself=True,
        standfirst="The mayor says so.",
        **answer(action, "How high?"),
    )

    assert response.json()["success"]
    assert Step.SUBMITTED == step(story)
    assert "The mayor says so." == Story.objects.get().get_latest_revision_as_object().standfirst
