"""
Nobody gets past their role, at any address of the desk: all of them are tried.

The addresses come from the desk itself, so one that is added tomorrow is tried tomorrow.
Each is sent everything a hostile browser could think of, and afterwards the rows that
somebody of that role must not change are compared.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import timedelta
from typing import Any, NamedTuple

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, get_resolver
from django.utils import timezone
from wagtail.log_actions import LogContext
from wagtail.models import (
    GroupCollectionPermission,
    GroupPagePermission,
    Page,
    Revision,
    Task,
    TaskState,
    Workflow,
    WorkflowPage,
)

from broadsheet.newsroom import publishing
from broadsheet.newsroom.models import Author, PaperPage, PaperSettings, Picture, RoleGroup, Story
from broadsheet.newsroom.roles import guard, rights, testers
from broadsheet.newsroom.roles.flow import ensure_flow
from broadsheet.newsroom.roles.names import RIGHTS, Right, Role
from broadsheet.press.models import LogEntry, Schedule
from tests.factories import rows
from tests.integration.newsroom.conftest import Form

pytestmark = [
    pytest.mark.django_db,
    # Wagtail's preview of a picture leaves its temporary file to the garbage collector.
    pytest.mark.filterwarnings(
        "ignore:.*SpooledTemporaryFile:pytest.PytestUnraisableExceptionWarning"
    ),
]

# Signing out ends the trial; Wagtail's error page is an error on purpose.
LEFT_ALONE = re.compile(r"^/desk/(logout|failwhale|test404|login|static)/|^/desk/\^")
FORMS = re.compile(r"/(edit|revert|pages/add/newsroom/story/\d+)/$")
ARGUMENT = re.compile(r"<(?:\w+:)?(\w+)>|\(\?P<(\w+)>[^()]*\)")


class Paper(NamedTuple):
    """Rows of every state, of which the addresses are made."""

    own_live: Story
    own_scheduled: Story
    own_approved: Story
    others_live: Story
    others_draft: Story
    picture: Picture
    author: Author
    chief: Any


@pytest.fixture
def paper() -> Paper:
    """Return a paper with stories of the reporter "rae" and of others, in every state."""
    world = rows.a_section_row("World")
    ensure_flow()
    rae = rows.a_person("rae", Role.REPORTER)
    users = get_user_model().objects
    chief = users.create_superuser(username="chief", password="a-test-password")
    picture = Picture.waiting_for_file("Depot")
    picture.save()
    own_live = rows.a_live_story(world, title="Own live", lead=picture)
    own_scheduled = rows.a_draft(world, title="Own scheduled")
    own_scheduled.go_live_at = timezone.now() + timedelta(days=1)
    own_scheduled.save_revision().publish()
    own_approved = rows.a_draft(world, title="Own approved")
    state = Workflow.objects.get().start(own_approved, rae)
    state.current_task_state.approve(user=chief)
    own = (own_live.pk, own_scheduled.pk, own_approved.pk)
    Story.objects.filter(pk__in=own).update(owner=rae)
    return Paper(
        *(Story.objects.get(pk=pk) for pk in own),
        rows.a_live_story(world, title="Others' live"),
        rows.a_draft(world, title="Others' draft"),
        picture,
        rows.an_author_row(),
        chief,
    )


def arguments(paper: Paper, story: Story) -> Mapping[str, Any]:
    """
    Return a value for every argument the desk's addresses have; story stands for any page.

    An address with an argument that is not here fails its test: give it one, of a row that
    somebody could harm.
    """
    page_types = {"content_type_app_name": "newsroom", "content_type_model_name": "story"}
    task_state = TaskState.objects.filter(status=TaskState.STATUS_IN_PROGRESS).get()
    revision = Revision.objects.for_instance(story).order_by("pk").first()
    section = paper.others_live.get_parent()
    return {
        **page_types,
        "app_label": "newsroom",
        "app_name": "newsroom",
        "model_name": "papersettings",
        "action": "delete",
        "action_name": "publish",
        "pk": story.pk,
        "page_id": story.pk,
        "page_pk": story.pk,
        "page_to_move_id": story.pk,
        "parent_page_id": section.pk,
        "destination_id": section.pk,
        "object_id": story.pk,
        "revision_id": revision.pk if revision else 1,
        "revision_id_a": "earliest",
        "revision_id_b": "latest",
        "task_state_id": task_state.pk,
        "task_id": task_state.task_id,
        "plan": 1,
        "row": 1,
        "draft": 1,
        "link_id": 1,
        "seq": 1,
        "change": paper.picture.uuid,
        "key": section.specific.uuid,
        "workflow_state_id": task_state.workflow_state_id,
        "workflow_pk": task_state.workflow_state.workflow_id,
        "collection_id": 1,
        "session_id": 1,
        "image_id": paper.picture.pk,
        "uploaded_file_id": 1,
        "document_id": 1,
        "doc_id": 1,
        "path": "a.png",
        "picture": paper.picture.uuid,
        "name": "a.jpg",
        "filter_spec": "original",
        "uidb64": "MQ",
        "token": "a-token",
    }


def patterns(found: Any, before: str = "/") -> Iterator[str]:
    """Yield the pattern of every address of the desk."""
    for each in found:
        route = before + str(each.pattern)
        if isinstance(each, URLPattern):
            if not LEFT_ALONE.search(route):
                yield route
        else:
            yield from patterns(each.url_patterns, route)


def filled(route: str, values: Mapping[str, Any]) -> str:
    """Return an address made from its pattern."""
    unknown = [a or b for a, b in ARGUMENT.findall(route) if (a or b) not in values]
    assert [] == unknown, f"{route}: say in arguments() what {unknown} is, so that it can be tried"
    address = ARGUMENT.sub(lambda found: str(values[found[1] or found[2]]), route)
    return re.sub(r"[\^$\\]", "", address)


def addresses(paper: Paper) -> list[str]:
    """Return every address of the desk, of each kind of row, once."""
    every: dict[str, None] = {}
    others = (paper.author.pk, PaperPage.objects.get().pk, paper.chief.pk)
    task = Task.objects.get(task_states__status=TaskState.STATUS_IN_PROGRESS)
    stories = (*paper[:4], paper.others_live.get_parent())
    for route in patterns(get_resolver().url_patterns):
        for story in stories:
            values = arguments(paper, story)
            every[filled(route, values)] = None
            for action in ("approve", "publish", "unpublish", "delete", "move"):
                named = {**values, "action": action, "action_name": action}
                every[filled(route, {**named, "app_label": "newsroom", "model_name": "story"})] = (
                    None
                )
                every[
                    filled(route, {**named, "app_label": "wagtailcore", "model_name": "page"})
                ] = None
        for pk in (*others, *Group.objects.values_list("pk", flat=True)[:1], task.pk):
            every[filled(route, {**arguments(paper, paper.own_live), "pk": pk})] = None
    ids = "&".join(f"id={story.pk}" for story in paper[:5])
    return [f"{url}?{ids}" if url.startswith("/desk/bulk/") else url for url in every]


def everything(form: Form, paper: Paper) -> dict[str, Any]:
    """Return a form that presses every button at once and fills every field there is."""
    later, latest = (f"{timezone.now() + timedelta(days=n):%Y-%m-%d %H:%M}" for n in (3, 4))
    buttons = ("publish", "submit", "workflow-action", "restart-workflow", "cancel-workflow")
    return {
        **form(title="Forged", standfirst="Forged", go_live_at=later, expire_at=latest),
        **{f"action-{name}": "1" for name in buttons},
        "workflow-action-name": "approve",
        "workflow-action-extra-data": '{"comment": "forged"}',
        "comment": "forged",
        "reason": "Forged",
        "words": "forged",
        "name": "Forged",
        "base_url": "https://forged.example",
        "time_zone": "UTC",
        "new_title": "Forged",
        "new_slug": "forged",
        "new_parent_page": paper.others_live.get_parent().pk,
        "chooser": paper.others_live.get_parent().pk,
        "publish_copies": "on",
        "include_descendants": "on",
        "move_applicable": "on",
        "position": "0",
        "slug": "forged",
        "username": "forged",
        "is_superuser": "on",
        "is_active": "",
        "password1": "forged-password",
        "password2": "forged-password",
        "groups": [str(group.pk) for group in Group.objects.all()],
        "restriction_type": "login",
        "alternative_text": "Forged",
        "caption": "Forged",
        "credit": "Forged",
    }


Kept = Callable[[Paper, Any], Any]


def of_readers(paper: Paper, who: Any) -> Any:
    """Return what readers have of stories, and will have by the schedule."""
    del paper, who
    return (
        list(LogEntry.objects.filter(kind="story").order_by("seq").values_list("seq", flat=True)),
        list(Schedule.objects.order_by("pk").values_list("story", "act", "due_at")),
        list(
            Revision.objects.filter(approved_go_live_at__isnull=False).values_list(
                "pk", "approved_go_live_at"
            )
        ),
        list(Story.objects.order_by("pk").filter(live=True).values_list("pk", "path", "title")),
        list(
            TaskState.objects.order_by("pk").filter(status="approved").values_list("pk", flat=True)
        ),
    )


def of_others(paper: Paper, who: Any) -> Any:
    """Return other people's stories, and their drafts."""
    stories = Story.objects.filter(pk__in=(paper.others_live.pk, paper.others_draft.pk))
    return list(stories.exclude(owner=who).values_list("pk", "path", "latest_revision", "locked"))


def of_pictures(paper: Paper, who: Any) -> Any:
    """Return the picture readers see."""
    del who
    return list(
        Picture.objects.filter(pk=paper.picture.pk).values_list("title", "credit", "caption")
    )


def of_authors(paper: Paper, who: Any) -> Any:
    """Return the authors readers know."""
    del paper, who
    return list(Author.objects.order_by("pk").values_list("pk", "name"))


def of_the_paper(paper: Paper, who: Any) -> Any:
    """Return the paper's settings and its sections."""
    del paper, who
    return (
        list(PaperSettings.objects.values()),
        list(
            Page.objects.filter(depth__lte=3).order_by("path").values_list("path", "title", "slug")
        ),
    )


def of_accounts(paper: Paper, who: Any) -> Any:
    """Return who there is, and what everybody may do."""
    del paper
    users = get_user_model().objects.order_by("pk")
    return (
        list(users.exclude(pk=who.pk).values_list("username", "password", "is_active")),
        list(users.values_list("username", "is_superuser", "groups")),
    )


def of_powers(paper: Paper, who: Any) -> Any:
    """Return what groups may do, and the flow: nobody changes that at the desk."""
    del paper, who
    return (
        list(Group.objects.order_by("pk").values_list("name", "permissions")),
        list(GroupPagePermission.objects.order_by("pk").values_list()),
        list(GroupCollectionPermission.objects.order_by("pk").values_list()),
        list(RoleGroup.objects.order_by("pk").values_list()),
        list(Workflow.objects.values_list("name", "active")),
        list(Task.objects.values_list("name", "active")),
        list(WorkflowPage.objects.values_list()),
    )


# What nobody of a role may change, at any address.
KEPT: Mapping[Role | None, Sequence[Kept]] = {
    None: (of_readers, of_others, of_pictures, of_authors, of_the_paper, of_accounts, of_powers),
    Role.REPORTER: (
        *(of_readers, of_others, of_pictures, of_authors, of_the_paper, of_accounts, of_powers),
    ),
    Role.PICTURE_EDITOR: (of_readers, of_others, of_authors, of_the_paper, of_accounts, of_powers),
    Role.ADMINISTRATOR: (of_readers, of_others, of_pictures, of_powers),
}


def harmed(
    who: Any,
    paper: Paper,
    form: Form,
    kept: Sequence[Kept],
    *,
    under: tuple[str, ...] = ("/desk/",),
) -> list[str]:
    """Return the addresses at which somebody changed what they must not; each is undone."""
    found = []
    client = Client(raise_request_exception=False)
    client.force_login(who)
    sent = everything(form, paper)
    before = [rows_of(paper, who) for rows_of in kept]
    for url in (url for url in addresses(paper) if url.startswith(under)):
        with transaction.atomic():
            client.post(url, sent)
            if FORMS.search(url):  # once more, to act at once and not at a time
                client.post(url, {**sent, "go_live_at": "", "expire_at": ""})
            if before != [rows_of(paper, who) for rows_of in kept]:
                found.append(url)
            transaction.set_rollback(True)
    return found


# Where stories are acted on; enough to see a planted fault.
ON_STORIES = ("/desk/pages/", "/desk/stories/", "/desk/bulk/wagtailcore/")


@pytest.mark.parametrize("role", list(KEPT))
def test_nobody_gets_past_their_role_at_any_address(role: Role | None, paper: Paper, form: Form):
    """Whatever is posted to whatever address, a role changes nothing that is not its own."""
    name = "rae" if role is Role.REPORTER else "pat"
    who = (
        get_user_model().objects.create_user(username="nobody")
        if role is None
        else rows.a_person(name, role)
    )

    assert [] == harmed(who, paper, form, KEPT[role])


def test_an_editor_reaches_no_reader_at_any_address(paper: Paper, form: Form):
    """An editor changes drafts and takes steps of the flow; readers and powers stay as they are."""
    who = rows.a_person("ed", Role.EDITOR)

    def readers(paper: Paper, who: Any) -> Any:
        return of_readers(paper, who)[:4]  # approving is an editor's own

    kept = (readers, of_pictures, of_authors, of_the_paper, of_accounts, of_powers)
    assert [] == harmed(who, paper, form, kept)


def test_a_permission_given_by_mistake_is_found(paper: Paper, form: Form, monkeypatch: Any):
    """The broken twin: were reporters allowed to publish, many addresses would be reported."""
    planted = {**RIGHTS, Role.REPORTER: RIGHTS[Role.REPORTER] | {Right.PUBLISH}}
    monkeypatch.setattr(rights, "RIGHTS", planted)
    who = rows.a_person("rae", Role.REPORTER)

    found = harmed(who, paper, form, (of_readers,), under=ON_STORIES)

    assert f"/desk/pages/{paper.own_live.pk}/edit/" in found
    assert f"/desk/stories/{paper.own_live.pk}/retract/" in found
    assert f"/desk/pages/{paper.own_live.pk}/unpublish/" in found
    assert any(url.startswith("/desk/bulk/wagtailcore/page/unpublish/") for url in found)


def test_a_view_that_forgets_to_ask_changes_nothing_for_readers(
    paper: Paper, form: Form, monkeypatch: Any
):
    """Were every view to believe that reporters may publish, the versions' own guard refuses."""
    monkeypatch.setattr(testers, "may_on", lambda *_: True)
    who = rows.a_person("rae", Role.REPORTER)

    def versions(paper: Paper, who: Any) -> Any:
        return of_readers(paper, who)[:2]

    assert [] == harmed(who, paper, form, (versions,), under=ON_STORIES)


def test_a_guard_that_sleeps_is_found(paper: Paper, form: Form, monkeypatch: Any):
    """The broken twin of the last: without the guard, such views reach readers."""
    monkeypatch.setattr(testers, "may_on", lambda *_: True)
    monkeypatch.setattr(publishing, "must_be_allowed", lambda *_, **__: None)
    who = rows.a_person("rae", Role.REPORTER)

    found = harmed(who, paper, form, (of_readers,), under=("/desk/pages/",))

    assert f"/desk/pages/{paper.own_live.pk}/edit/" in found


def test_an_address_with_an_unknown_argument_fails():
    """The broken twin of the list of arguments: an address nobody can try is reported."""
    with pytest.raises(AssertionError, match="say in arguments"):
        filled("/desk/forget/<int:everything>/", {"page_id": 1})


def test_the_guard_lets_the_press_and_the_command_line_pass(paper: Paper):
    """Without a signed-in user, who acts does so by their own right."""
    guard.must_be_allowed(Right.PUBLISH, on=paper.own_live)


def test_the_guard_refuses_by_section(paper: Paper):
    """A publisher of another section is refused where the version would be written."""
    city = rows.a_section_row("City")
    who = rows.a_person("pub", Role.PUBLISHER, sections=[city])

    with LogContext(user=who), pytest.raises(PermissionDenied):
        publishing.commit_story(paper.others_live, significant=False)
