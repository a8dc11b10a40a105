"""A story that is not out on time is told of within a minute, with a reason and what to do."""

import threading
import time
from datetime import datetime, timedelta
from typing import Any

import pytest
from click.testing import CliRunner
from django.core import mail
from django.core.mail.backends.base import BaseEmailBackend
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from broadsheet.config.main import cli
from broadsheet.newsroom import adapter as adapters
from broadsheet.newsroom.adapter import WagtailNewsroom
from broadsheet.newsroom.lateness.alarm import raise_alarms
from broadsheet.newsroom.lateness.showing import late_for
from broadsheet.newsroom.models import AuditEntry, Story
from broadsheet.newsroom.roles.names import Role
from broadsheet.press.lateness import CONFIRM_OR_START, MEND_IT, MEND_PAGE, START_IT, late
from broadsheet.press.models import Cursor, LedgerRow, LogEntry, Schedule
from broadsheet.press.models.ledger import DOUBTED, Lane
from broadsheet.press.scheduling import do_due
from tests.factories import rows

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]

SOON = timedelta(hours=1)


def scheduled(title: str = "Scheduled", **changes: Any) -> Story:
    """Return a story that goes live in an hour."""
    story = rows.a_draft(title=title, go_live_at=timezone.now() + SOON, **changes)
    story.get_latest_revision().publish()
    return Story.objects.get(pk=story.pk)


def due_at(story: Story) -> datetime:
    """Return when a story is to go live."""
    return Schedule.objects.get(story=str(story.uuid)).due_at


def overdue(story: Story) -> Story:
    """Return it as two minutes after its time, which nobody has noticed."""
    Schedule.objects.filter(story=str(story.uuid)).update(
        due_at=timezone.now() - timedelta(minutes=2)
    )
    return story


def followed() -> None:
    """Have the site follow the log to its end."""
    newest = LogEntry.objects.order_by("-seq").values_list("seq", flat=True).first() or 0
    Cursor.objects.update_or_create(name="site", defaults={"seq": newest})


@pytest.fixture(autouse=True)
def _paper() -> None:
    rows.a_section_row("World")
    followed()


def test_nothing_is_late_before_its_time():
    """A scheduled story is not late at its minute, and not while the press may still be at it."""
    story = scheduled()

    assert () == late(now=due_at(story))
    assert () == late(now=due_at(story) + timedelta(seconds=59))


def test_a_press_that_stands_still_is_noticed():
    """A minute after its time, a story nobody tried to publish is late, and the press suspected."""
    story = scheduled()

    (found,) = late(now=due_at(story) + timedelta(seconds=60))

    assert (str(story.uuid), "go-live", START_IT) == (found.story, found.what, found.to_do)


def test_what_was_refused_is_late_at_once_and_stops_no_other(monkeypatch: Any):
    """A story the newsroom declines is late with the reason; the next one goes live."""
    bad, good = scheduled("Bad"), scheduled("Good")
    monkeypatch.setattr(adapters, "_must_be_free", refuse(bad))
    now = due_at(good) + timedelta(seconds=1)

    do_due(WagtailNewsroom(), now=now, owner="test")
    followed()

    (found,) = late(now=now)
    assert (str(bad.uuid), MEND_IT) == (found.story, found.to_do)
    assert "cannot go" in found.reason
    assert Story.objects.get(pk=good.pk).live


def refuse(story: Story) -> Any:
    """Return a check that declines one story."""

    def check(row: Story, **_: Any) -> None:
        if row.pk == story.pk:
            message = "this one cannot go"
            raise ValueError(message)

    return check


def a_parked_page(why: str, **changes: Any) -> None:
    """Make a live story whose page waits for a person."""
    story = rows.a_live_story()
    LedgerRow.objects.create(
        surface="website",
        key="/x/",
        recipe="story",
        subject=str(story.uuid),
        dirty_seq=LogEntry.objects.get(kind="story").seq,
        parked=why,
        **changes,
    )
    followed()


def test_a_page_that_is_parked_is_late():
    """A live story whose page could not be written is late, with why and what to mend."""
    a_parked_page("the disk is full")

    (found,) = late(now=timezone.now())

    assert ("the disk is full", MEND_PAGE) == (found.reason, found.to_do)


@pytest.mark.parametrize("live", ["", "absent", "damaged"])
def test_a_page_nobody_has_is_not_said_to_be_out(live):
    """What was never written, is nowhere or is damaged on the disk is no page of before."""
    a_parked_page("the disk is full", live=live)

    (found,) = late(now=timezone.now())

    assert "page" == found.what


def test_a_page_that_is_doubted_is_said_to_be_out():
    """After an unclean stop it may be another than was noted; that readers have one is certain."""
    a_parked_page("theme/templates/story.html, line 3: no", live=DOUBTED)

    (found,) = late(now=timezone.now())

    assert "old-page" == found.what


@pytest.mark.parametrize("lane", [Lane.WITHDRAW, Lane.REBUILD])
def test_a_page_that_is_out_as_it_was_is_said_to_be(lane):
    """Where readers have the page of before, nobody is told that they have none."""
    a_parked_page("theme/templates/story.html, line 3: no", live="0" * 64, lane=lane)

    (found,) = late(now=timezone.now())

    assert ("old-page", MEND_PAGE) == (found.what, found.to_do)
    assert "start Broadsheet again" in found.to_do
    (shown,) = late_for(rows.a_person("chief", Role.PUBLISHER))
    assert shown.sentence.startswith("could not be made anew: readers get what was at its")


def test_a_log_that_is_not_followed_is_noticed():
    """A published story is late when the site has not followed the log for a minute."""
    story = rows.a_live_story()

    (found,) = late(now=timezone.now() + timedelta(minutes=2))

    assert (str(story.uuid), CONFIRM_OR_START) == (found.story, found.to_do)


def test_the_alarm_is_raised_once():
    """The audit log notes a late story once, by the press; each further minute says nothing new."""
    story = scheduled()
    at = due_at(story) + timedelta(minutes=2)

    assert [1, 0] == [raise_alarms(now=at), raise_alarms(now=at + timedelta(minutes=1))]

    entry = AuditEntry.objects.get(act="newsroom.late")
    assert ("press", story.uuid) == (entry.by, entry.story)


def test_mail_goes_to_who_may_publish_and_names_no_headline(settings: Any):
    """With a mail server, publishers of the section are written to; the headline stays inside."""
    settings.EMAIL_HOST = "mail.example"
    story = scheduled("Secret until noon")
    for name, role in (("pub", Role.PUBLISHER), ("rae", Role.REPORTER)):
        person = rows.a_person(name, role)
        person.email = f"{name}@paper.example"
        person.save()

    raise_alarms(now=due_at(story) + timedelta(minutes=2))

    (sent,) = outbox_soon()
    assert ["pub@paper.example"] == sent.bcc
    assert "Secret" not in sent.subject + sent.body


def outbox_soon() -> list[Any]:
    """Return the mails sent, once there are some: they go aside."""
    until = time.monotonic() + 5
    while not mail.outbox and time.monotonic() < until:
        time.sleep(0.01)
    return list(mail.outbox)


class HangingServer(BaseEmailBackend):
    """A mail server that takes a connection and says nothing more."""

    answers = threading.Event()

    def send_messages(self, messages: Any) -> int:
        """Wait, as for a server that does not answer."""
        self.answers.wait(5)
        return len(messages)


def test_a_mail_server_that_hangs_holds_the_press_up_with_nothing(settings: Any):
    """The press goes on with what is due while the mails of an alarm wait for their server."""
    settings.EMAIL_HOST = "mail.example"
    settings.EMAIL_BACKEND = f"{__name__}.HangingServer"
    story = scheduled()
    person = rows.a_person("pub", Role.PUBLISHER)
    person.email = "pub@paper.example"
    person.save()

    began = time.monotonic()
    told = raise_alarms(now=due_at(story) + timedelta(minutes=2))
    took_s = time.monotonic() - began
    HangingServer.answers.set()

    assert 1 == told
    assert took_s < 4


def test_without_a_mail_server_nobody_is_written_to():
    """A paper that names none sends nothing; the desk and the audit log tell."""
    story = scheduled()
    person = rows.a_person("pub", Role.PUBLISHER)
    person.email = "pub@paper.example"
    person.save()

    raise_alarms(now=due_at(story) + timedelta(minutes=2))

    assert [] == mail.outbox


def test_status_names_what_is_late_and_fails():
    """`broadsheet status --quiet-or-fail` exits 1, and says which, why and what to do."""
    story = overdue(scheduled("Secret until noon"))

    result = CliRunner().invoke(cli, ["status", "--quiet-or-fail"])

    assert 1 == result.exit_code
    assert f"LATE       go-live of story {story.uuid}" in result.output
    assert START_IT in result.output
    assert "Secret" not in result.output


def test_publishers_see_it_on_the_desks_first_page_and_others_do_not():
    """Who may publish the story sees it with reason and remedy; other sections and roles do not."""
    story = overdue(scheduled("Very late"))
    city = rows.a_section_row("City")
    followed()

    def shown(client: Client) -> tuple[bool, int]:
        page = client.get(reverse("wagtailadmin_home")).content.decode()
        return START_IT in page.replace("&#x27;", "'"), len(
            client.get(reverse("late_stories")).json()["late"]
        )

    assert (True, 1) == shown(at_desk("pub", Role.PUBLISHER))
    assert (False, 0) == shown(at_desk("city", Role.PUBLISHER, city))
    assert (False, 0) == shown(at_desk("rae", Role.REPORTER))
    assert not story.live


def at_desk(name: str, role: Role, *sections: Any) -> Client:
    """Return the browser of somebody of a role."""
    client = Client()
    client.force_login(rows.a_person(name, role, sections=sections))
    return client
