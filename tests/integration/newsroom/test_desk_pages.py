"""The desk's pages tell what is live, due, stuck and asked; each to who may see it."""

import json
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group, Permission
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from wagtail.admin.menu import admin_menu
from wagtail.models import GroupPagePermission, Workflow

from broadsheet.newsroom.desk import pulse, under_way
from broadsheet.newsroom.models import Correction, SectionPage, Story
from broadsheet.newsroom.roles.flow import FLOW, ensure_flow
from broadsheet.newsroom.roles.names import Role
from broadsheet.press.models import Account, Attempt, LedgerRow, MassChange, Schedule
from broadsheet.press.sweeps import CHECKPOINT, note_pulse
from tests.factories import rows
from tests.factories.pictures import a_picture_row
from tests.factories.story import an_id

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]
HOME = "/desk/"
MOST_QUERIES = 60  # of the first page, whatever stands on it


def of_section(section: SectionPage, *permissions: str, name: str = "rita") -> Client:
    """Return the browser of somebody with these permissions in one section."""
    user = get_user_model()._default_manager.create_user(name, password="a-test-password")
    group = Group.objects.create(name=f"{name} of {section.slug}")
    group.permissions.add(Permission.objects.get(codename="access_admin"))
    for codename in permissions:
        GroupPagePermission.objects.create(
            group=group, page=section, permission=Permission.objects.get(codename=codename)
        )
    user.groups.add(group)
    client = Client()
    client.force_login(user)
    return client


def a_post(story: Story, **changes: Any) -> LedgerRow:
    """Return the row of a story's post on a network, out unless a test says otherwise."""
    Account.objects.get_or_create(
        surface="sandbox", name="paper", defaults={"added_at": timezone.now()}
    )
    fields = {
        "desired": "f" * 64,
        "live": "f" * 64,
        "payload": json.dumps({"text": "Council approves https://paper.example/x"}).encode(),
        **changes,
    }
    row, _ = LedgerRow.objects.update_or_create(
        surface="sandbox",
        account="paper",
        key=f"post/{story.uuid}/first",
        defaults={"story": str(story.uuid), **fields},
    )
    return row


def due(story: Story, act: str, at: datetime, **changes: Any) -> None:
    """Put something of a story on the press's schedule."""
    Schedule.objects.update_or_create(
        story=str(story.uuid),
        act=act,
        defaults={"due_at": at, "asked_at": timezone.now(), "asked_by": "ada", **changes},
    )


def text_of(client: Client, url: str = HOME, **asked: str) -> str:
    """Return a page's text."""
    response = client.get(url, asked)
    assert 200 == response.status_code, response
    return str(response.content.decode())


def part_of(client: Client, key: str) -> list[str]:
    """Return what one part of the first page names."""
    parts = client.get(HOME).context
    found = [part for part in (*parts["parts"], *parts["asks"]) if part.key == key]
    return [item.what for part in found for item in part.items]


def test_an_empty_paper_says_what_to_do(desk: Client):
    """Without a story every part says so, and the page leads to writing one."""
    text = text_of(desk)

    assert "The Daily Test" in text
    assert "Nothing falls due in the next 24 hours." in text
    assert "No story is live yet." in text
    assert reverse("stories:choose_parent") in text


def test_what_falls_due_stands_with_its_time_in_the_papers_zone(desk: Client):
    """Soon and later are told apart; an expiry, an update and an embargo's end are named."""
    now = timezone.now()
    due(rows.a_draft(title="Comes soon"), "go-live", now + timedelta(hours=2))
    due(rows.a_live_story(title="Changes soon"), "go-live", now + timedelta(hours=3))
    due(rows.a_live_story(title="Ends later"), "expire", now + timedelta(days=3))
    rows.a_draft(title="Embargoed", embargo_until=now + timedelta(hours=4))

    text = text_of(desk)

    assert ["Comes soon", "Changes soon", "Embargoed"] == part_of(desk, "soon")
    assert ["Ends later"] == part_of(desk, "later")
    assert "its update goes live" in text
    berlin = (now + timedelta(hours=2)).astimezone(ZoneInfo("Europe/Berlin"))
    assert f"{berlin:%H:%M}" in text


def test_what_is_stuck_is_named_with_its_reason(desk: Client):
    """A parked post, a failed schedule and a silent press are told, with why."""
    a_post(rows.a_live_story(title="Parked one"), parked="the token was revoked")
    due(rows.a_draft(title="Late one"), "go-live", timezone.now(), failures=2, reason="No credit")

    text = text_of(desk)

    assert "the token was revoked" in text
    assert "No credit" in text
    assert {"Parked one", "Late one", "The press is not running"} <= set(part_of(desk, "stuck"))


def test_fronts_and_rights_that_miss_their_time_are_told(desk: Client):
    """A change of a front that failed, and rights whose end nobody acted on, stand there, too."""
    now = timezone.now()
    rows.a_section_row()  # of which the editor is a publisher
    picture = a_picture_row(title="The depot")
    for subject, act, failures in ((picture.uuid, "rights-end", 0), (an_id(7), "front", 2)):
        Schedule.objects.create(
            story=str(subject),
            act=act,
            due_at=now - timedelta(minutes=5),
            asked_at=now,
            asked_by="ada",
            failures=failures,
            reason="it says so" if failures else "",
        )

    stuck = part_of(desk, "stuck")

    assert "The rights in “The depot” are over, and readers may still see it" in stuck
    assert f"{an_id(7)} was not changed on time" in stuck
    assert "it says so" in text_of(desk)


def test_a_post_in_doubt_is_told(desk: Client):
    """A post that was sent, and of which nobody knows what came, stands among what is stuck."""
    story = rows.a_live_story(title="Doubtful")
    row = a_post(story, live="")
    assert "Doubtful" not in part_of(desk, "stuck")  # not sent yet: it only waits

    Attempt.objects.create(
        row=row,
        number=1,
        action="create",
        started_at=timezone.now(),
        deadline_at=timezone.now(),
        outcome="unknown",
        worker="w",
    )

    assert "Doubtful" in part_of(desk, "stuck")


def test_the_newest_live_stories_say_how_far_they_have_come(desk: Client):
    """A story whose page is not out says so, with its posts."""
    a_post(rows.a_live_story(title="Fresh"))

    assert ["Fresh"] == part_of(desk, "live")
    assert "its page is being made · 1 post out" in text_of(desk)


def test_another_desks_stories_are_not_shown(desk: Client):
    """Who works in one section is told nothing of another's embargo, trouble or news."""
    world, culture = rows.a_section_row("World"), rows.a_section_row("Culture")
    secret = rows.a_draft(world, title="Secret", embargo_until=timezone.now() + timedelta(hours=1))
    due(secret, "go-live", timezone.now() + timedelta(hours=2), failures=1, reason="No credit")
    shown = rows.a_live_story(world, title="Summit")
    a_post(shown, parked="gone")
    client = of_section(culture, "add_page")

    for url in (HOME, reverse("desk_calendar"), "/desk/stories/"):
        assert "Secret" not in text_of(client, url)
        assert "Summit" not in text_of(client, url)
    for name in ("story_live_as", "story_versions"):
        assert 302 == client.get(reverse(name, args=[shown.pk])).status_code
    assert "Secret" in text_of(desk)  # the twin: it is the section that hides it
    assert 200 == desk.get(reverse("story_live_as", args=[shown.pk])).status_code


def test_a_plan_is_confirmed_by_publishers_of_the_whole_paper_only(desk: Client):
    """A publisher of one section can neither see the button nor use its address."""
    plan = MassChange.objects.create(
        surface="website", account="", rows=30, of=40, found_at=timezone.now()
    )
    rows.a_section_row("World")
    client = of_section(rows.a_section_row("Culture"), "add_page", "publish_page")
    url = reverse("confirm_plan", args=[plan.pk])

    assert "Let it go ahead" not in text_of(client)
    client.post(url)
    plan.refresh_from_db()
    assert plan.confirmed_at is None
    assert 405 == desk.get(url).status_code
    assert "Let it go ahead" in text_of(desk)
    desk.post(url)
    plan.refresh_from_db()
    assert "ada" == plan.confirmed_by
    assert 302 == desk.post(url).status_code  # a second time: told, and nothing done


def test_a_forged_form_confirms_nothing(desk: Client, editor: Any):
    """Without the token of the page a POST is refused."""
    del desk
    plan = MassChange.objects.create(
        surface="website", account="", rows=30, of=40, found_at=timezone.now()
    )
    client = Client(enforce_csrf_checks=True)
    client.force_login(editor)

    assert 403 == client.post(reverse("confirm_plan", args=[plan.pk])).status_code


def test_the_first_page_takes_as_many_questions_for_one_as_for_many(desk: Client):
    """How much the database is asked does not depend on how much is shown."""

    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            desk.get(HOME)
        return len(queries)

    def some(number: int) -> None:
        story = rows.a_live_story(title=f"Live {number}")
        a_post(story, parked="gone")
        due(rows.a_draft(title=f"Due {number}"), "go-live", timezone.now() + timedelta(hours=1))

    some(0)
    asked()
    of_one = asked()
    for number in range(1, 6):
        some(number)

    assert of_one == asked() <= MOST_QUERIES


def test_of_more_than_is_shown_the_newest_trouble_is(monkeypatch: pytest.MonkeyPatch):
    """Pages parked long ago, and those that are tried again, hide none parked a moment ago."""
    monkeypatch.setattr(under_way, "MOST", 2)
    soon = timezone.now()
    for number, due_at in enumerate([None, soon, soon, None]):
        LedgerRow.objects.create(
            surface="website",
            account="",
            key=f"/{number}/",
            subject=str(number),
            recipe="story",
            parked="its template fails",
            due_at=due_at,
        )

    assert ["3", "2"] == [story for story, _ in under_way.parked()]


def test_a_press_that_notes_the_time_is_at_work(tmp_path: Any):
    """It is silent when it never noted anything, noted long ago, or said that it stops."""
    now = datetime(2026, 3, 1, 12, tzinfo=UTC)

    def noted(at: datetime, *, clean: bool = False) -> Any:
        said = json.dumps({"at": at.isoformat(), "clean": clean})
        (tmp_path / CHECKPOINT).write_text(said, encoding="utf-8")
        return pulse.silent_since(tmp_path, now=now)

    assert "ever" == pulse.silent_since(tmp_path, now=now)
    assert "" == noted(now - timedelta(minutes=1))
    assert now - timedelta(hours=1) == noted(now - timedelta(hours=1))
    assert now == noted(now, clean=True)
    (tmp_path / CHECKPOINT).write_text("torn", encoding="utf-8")
    assert "ever" == pulse.silent_since(tmp_path, now=now)


def test_a_press_that_begins_anew_is_at_work(tmp_path: Any):
    """After a crash it reads back what it wrote before a checkpoint; it says so at once."""
    now = datetime(2026, 3, 1, 12, tzinfo=UTC)
    said = json.dumps({"at": (now - timedelta(hours=1)).isoformat(), "clean": False})
    (tmp_path / CHECKPOINT).write_text(said, encoding="utf-8")

    note_pulse(tmp_path, now=now - timedelta(seconds=30))

    assert "" == pulse.silent_since(tmp_path, now=now)
    later = now + timedelta(hours=1)
    assert now - timedelta(seconds=30) == pulse.silent_since(tmp_path, now=later)


def test_live_as_tells_posts_as_they_stand(desk: Client):
    """A post is shown with its words, its state and its reason; a draft is nowhere."""
    story = rows.a_live_story()
    a_post(story, parked="the token was revoked")

    text = text_of(desk, reverse("story_live_as", args=[story.pk]))

    assert "Council approves https://paper.example/x" in text
    assert "waits for a person" in text
    assert "the token was revoked" in text
    draft = text_of(desk, reverse("story_live_as", args=[rows.a_draft().pk]))
    assert "was never live" in draft


def test_live_as_tells_which_version_a_post_still_says(desk: Client):
    """After a correction that did not reach the network, the post is told to be behind."""
    story = rows.a_live_story()
    row = a_post(story, live="a" * 64)
    Attempt.objects.create(
        row=row,
        number=1,
        action="create",
        fingerprint="a" * 64,
        started_at=timezone.now(),
        deadline_at=timezone.now(),
        outcome="done",
        worker="w",
    )
    story = Story.objects.get(pk=story.pk)
    story.corrections.add(Correction(kind="correction", text="It was not so."))
    story.save_revision().publish()
    LedgerRow.objects.filter(pk=row.pk).update(desired="b" * 64, parked="")

    text = text_of(desk, reverse("story_live_as", args=[story.pk]))

    assert "sandbox/paper still says version 1, and should say 2." in text


def test_only_who_may_publish_decides_on_a_post(desk: Client):
    """A reporter can neither see the buttons nor use their address; a publisher can."""
    culture = rows.a_section_row("Culture")
    story = rows.a_live_story(culture)
    post = a_post(story, parked="gone")
    url = reverse("decide_on_post", args=[story.pk, post.pk])
    client = of_section(culture, "add_page")

    assert "Try again" not in text_of(client, reverse("story_live_as", args=[story.pk]))
    client.post(url, {"act": "again"})
    post.refresh_from_db()
    assert "gone" == post.parked
    assert "Try again" in text_of(desk, reverse("story_live_as", args=[story.pk]))
    desk.post(url, {"act": "again"})
    post.refresh_from_db()
    assert "" == post.parked


def test_nobody_decides_on_another_storys_post(desk: Client):
    """The address of one story reaches no post of another, and no page of the site."""
    post = a_post(rows.a_live_story(title="One"), parked="gone")
    page = LedgerRow.objects.create(surface="website", account="", key="/x/", parked="gone")
    other = rows.a_live_story(title="Other")

    for row in (post.pk, page.pk):
        url = reverse("decide_on_post", args=[other.pk, row])
        assert 404 == desk.post(url, {"act": "again"}).status_code


@pytest.mark.parametrize(
    "said", [{}, {"act": "burn"}, {"act": "there"}, {"act": "there", "remote_id": "x" * 999}]
)
def test_a_decision_without_sense_changes_nothing(desk: Client, said: dict[str, str]):
    """What is not said, or too long, is refused in words."""
    story = rows.a_live_story()
    post = a_post(story, parked="gone")

    desk.post(reverse("decide_on_post", args=[story.pk, post.pk]), said)

    post.refresh_from_db()
    assert "gone" == post.parked


@pytest.mark.parametrize("url", ["/desk/", "/desk/stories/", "/desk/login/"])
def test_the_desk_is_in_the_papers_name(desk: Client, url: str):
    """Title and mark are the paper's, signed in or not; nobody signs in to Wagtail."""
    client = Client() if "login" in url else desk

    text = client.get(url).content.decode()

    assert "The Daily Test</title>" in text
    assert ("newsroom/desk.svg" in text) == (client is desk)
    assert "Wagtail</title>" not in text


def test_the_menu_is_in_the_newsrooms_order(desk: Client):
    """The desk first, then what is worked on all day, then what is set up once."""
    response = desk.get(HOME)
    items = admin_menu.menu_items_for_request(response.wsgi_request)

    names = [item.name for item in sorted(items, key=lambda item: item.order)]

    first = ["desk", "stories", "calendar", "fronts", "pictures", "sections", "authors"]
    assert first == names[: len(first)]


def test_keys_are_listed_with_wagtails_own(desk: Client):
    """The dialog that "?" opens names the newsroom's keys and the editor's."""
    text = text_of(desk)

    assert "Go to the calendar" in text
    assert "Save changes" in text
    assert 'data-w-kbd-key-value="?"' in text or "data-w-kbd-key-value" in text


@pytest.mark.parametrize("name", ["stories:index", "desk_calendar", "wagtailadmin_home"])
def test_pages_have_one_heading_and_no_script_of_their_own(desk: Client, name: str):
    """Each page has one heading of the first rank, and no script or style within it."""
    rows.a_live_story()
    main = text_of(desk, reverse(name)).split("<main", 1)[1].split("</main>")[0]

    assert 1 == main.count("<h1")
    assert "<script>" not in main
    assert "style=" not in main


def test_a_story_on_its_way_is_asked_of_who_takes_the_next_step(desk: Client):
    """Submitted it is asked of editors, approved of publishers, returned of its writer."""
    ensure_flow()
    section = rows.a_section_row("World")
    rita = rows.a_person("rita", Role.REPORTER, sections=[section])
    editor = rows.a_person("ed", Role.EDITOR, sections=[section])
    publisher = rows.a_person("pub", Role.PUBLISHER, sections=[section])
    elsewhere = rows.a_person("el", Role.EDITOR, sections=[rows.a_section_row("City")])
    story = rows.a_draft(section, title="On its way", owner=rita)
    Workflow.objects.get(name=FLOW).start(story, rita)

    def asked(person: Any, key: str = "decide") -> list[str]:
        client = Client()
        client.force_login(person)
        return part_of(client, key)

    def states() -> list[str]:
        return [line.state.word for line in desk.get("/desk/stories/").context["lines"]]

    assert ["On its way"] == asked(editor)
    assert [[], []] == [asked(publisher, "returned"), asked(elsewhere)]
    assert ["Submitted"] == states()
    story.current_workflow_task_state.approve(user=editor)
    assert [["On its way"], []] == [asked(publisher), asked(rita)]
    assert ["Approved"] == states()
    Story.objects.get(pk=story.pk).current_workflow_task_state.reject(
        user=publisher, comment="Who says so?"
    )
    assert ["On its way"] == asked(rita, "returned")
    assert ["Returned"] == states()
    client = Client()
    client.force_login(rita)
    assert "Who says so?" in text_of(client)
