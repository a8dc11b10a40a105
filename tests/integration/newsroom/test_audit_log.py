"""Every act is in the audit log: who, when, from where, what; by desk, press and command line."""

import csv
import io
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from broadsheet.newsroom import acts, commands
from broadsheet.newsroom.acting import acting
from broadsheet.newsroom.adapter import WagtailNewsroom
from broadsheet.newsroom.audit import noting
from broadsheet.newsroom.audit.asking import A_PAGE
from broadsheet.newsroom.models import AuditEntry, Story
from broadsheet.newsroom.models.audit_entry import AuditEntryStays
from broadsheet.newsroom.roles.members import take_role
from broadsheet.newsroom.roles.names import Role
from broadsheet.story.ids import StoryId
from tests.factories import rows
from tests.integration.newsroom.conftest import Form

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]

# As the site server hands it on, over the desk's socket.
FROM = {"REMOTE_ADDR": "", "HTTP_X_FORWARDED_FOR": "203.0.113.9"}


def noted(**wanted: Any) -> list[tuple[str, str]]:
    """Return what was noted, by whom, oldest first."""
    return list(AuditEntry.objects.filter(**wanted).order_by("id").values_list("act", "by"))


def reader(role: Role = Role.ADMINISTRATOR) -> Client:
    """Return the browser of somebody of a role."""
    client = Client()
    client.force_login(rows.a_person("reads", role))
    return client


def test_publishing_at_the_desk_is_noted_with_its_address(desk: Client, form: Form):
    """Who published what, and from which address the site server says they came."""
    story = rows.a_draft()
    url = reverse("wagtailadmin_pages:edit", args=[story.pk])

    desk.post(url, form(story, **{"action-publish": "1"}), **FROM)

    entry = AuditEntry.objects.filter(act="wagtail.publish").get()
    assert ("ada", "203.0.113.9", story.uuid) == (entry.by, entry.address, entry.story)
    assert "story" == entry.kind


def test_what_a_browser_says_of_its_address_is_not_believed(desk: Client, form: Form):
    """Who reaches the desk's port directly is noted by their own address, whatever they claim."""
    story = rows.a_draft()
    url = reverse("wagtailadmin_pages:edit", args=[story.pk])

    desk.post(url, form(story), REMOTE_ADDR="198.51.100.7", HTTP_X_FORWARDED_FOR="203.0.113.9")

    assert {"198.51.100.7"} == set(
        AuditEntry.objects.filter(by="ada").values_list("address", flat=True)
    )


@pytest.mark.parametrize("claimed", ["", "unknown", "203.0.113.9, 10.0.0.1", "<script>"])
def test_an_address_that_is_none_is_left_out(desk: Client, form: Form, claimed: str):
    """The act is noted without an address when nobody trustworthy says one."""
    story = rows.a_draft()
    url = reverse("wagtailadmin_pages:edit", args=[story.pk])

    desk.post(url, form(story), REMOTE_ADDR="", HTTP_X_FORWARDED_FOR=claimed)

    assert {None} == set(AuditEntry.objects.filter(by="ada").values_list("address", flat=True))


def test_the_newsrooms_own_acts_are_noted():
    """Retracting, changing an address and giving roles are there, beside what Wagtail logs."""
    story = rows.a_live_story()
    pat = rows.a_person("pat", Role.REPORTER)
    take_role(pat, Role.REPORTER)

    with acting("kim", now=timezone.now()):
        acts.change_address(story, words="another")
        acts.retract(story, reason="It was wrong.")

    assert [("newsroom.change_address", "kim"), ("newsroom.retract", "kim")] == noted(
        story=story.uuid, act__startswith="newsroom."
    )
    assert ["newsroom.give_role", "newsroom.take_role"] == [act for act, _ in noted(kind="user")]


def test_the_press_and_the_command_line_are_named():
    """What goes live by schedule is the scheduler's; what a command did names who ran it."""
    story = rows.a_draft(go_live_at=timezone.now() + timedelta(hours=1))
    story.get_latest_revision().publish()
    later = timezone.now() + timedelta(hours=2)

    WagtailNewsroom().go_live(StoryId(str(story.uuid)), now=later)
    commands.unpublish_story(str(story.uuid), by="kim (command line)")

    assert ("wagtail.publish", "scheduler") in noted(story=story.uuid)
    assert ("wagtail.unpublish", "kim (command line)") in noted(story=story.uuid)


def test_an_act_that_is_rolled_back_is_not_noted(desk: Client):
    """What was refused left no entry: the log says what was done."""
    story = rows.a_draft()

    desk.post(reverse("retract_story", args=[story.pk]), {"reason": "It was wrong."})

    assert [] == noted(act="newsroom.retract")


def test_entries_are_only_added():
    """An entry cannot be changed or deleted through its row."""
    rows.a_draft()
    entry = AuditEntry.objects.latest("id")

    with pytest.raises(AuditEntryStays):
        entry.save()
    with pytest.raises(AuditEntryStays):
        entry.delete()


def test_deleting_an_account_keeps_what_it_did(desk: Client, form: Form):
    """The acts of somebody who left still name them."""
    story = rows.a_draft()
    pat = rows.a_person("pat", Role.PUBLISHER)
    client = Client()
    client.force_login(pat)
    client.post(reverse("wagtailadmin_pages:edit", args=[story.pk]), form(story))

    pat.delete()

    assert ("wagtail.edit", "pat") in noted(story=story.uuid)
    assert 200 == desk.get(reverse("audit_log")).status_code


def test_erasing_keeps_the_acts_without_the_words():
    """The entries of an erased story stay, and none of them says a word of it."""
    story = rows.a_live_story(title="Named by mistake")
    with acting("kim", now=timezone.now()):
        acts.retract(story, reason="She was named by mistake.")
    before = AuditEntry.objects.filter(story=story.uuid).count()

    acts.erase(Story.objects.get(pk=story.pk), reason="By law.")

    entries = list(AuditEntry.objects.filter(story=story.uuid))
    assert before < len(entries)
    assert not [e for e in entries if "mistake" in f"{e.label}{e.detail}"]


def test_words_left_behind_are_found(monkeypatch: Any):
    """The broken twin: were the entries forgotten, the erased headline would stand in them."""
    monkeypatch.setattr(acts, "forget_words", lambda _: None)
    story = rows.a_live_story(title="Named by mistake")

    acts.erase(Story.objects.get(pk=story.pk), reason="By law.")

    entries = AuditEntry.objects.filter(story=story.uuid)
    assert [e for e in entries if "mistake" in f"{e.label}{e.detail}"]


@pytest.mark.parametrize("role", [Role.REPORTER, Role.EDITOR, Role.PICTURE_EDITOR])
def test_who_may_not_read_it_does_not(role: Role):
    """Page and export are refused to roles without the right."""
    rows.a_paper()
    client = reader(role)

    for name in ("audit_log", "audit_log_export"):
        assert 302 == client.get(reverse(name)).status_code


def test_it_can_be_asked_for_person_act_story_and_day():
    """Each question narrows what is shown; days are the paper's."""
    rows.a_paper(time_zone="Pacific/Auckland")
    story = rows.a_draft(title="Mine")
    with acting("kim", now=datetime(2026, 11, 27, 12, 0, tzinfo=UTC)):
        noting.note("wagtail.publish", about=story)
    client = reader()
    page = reverse("audit_log")

    def shown(**asked: str) -> int:
        return len(client.get(page, asked).context["rows"])

    assert 1 == shown(by="kim")
    assert 1 == shown(act="wagtail.publish")
    assert 0 == shown(act="wagtail.publish", by="somebody")
    assert shown(story=str(story.uuid)) == AuditEntry.objects.filter(story=story.uuid).count()


def test_a_day_is_the_papers():
    """What happened at noon in London was done on the next day in Auckland."""
    rows.a_paper(time_zone="Pacific/Auckland")
    client = reader()
    at = (timezone.now() + timedelta(days=30)).replace(hour=12, minute=0)
    with acting("kim", now=at):
        noting.note("wagtail.publish", about=rows.a_paper())
    day, next_day = f"{at:%Y-%m-%d}", f"{at + timedelta(days=1):%Y-%m-%d}"

    found = client.get(reverse("audit_log"), {"since": next_day, "until": next_day}).context["rows"]
    none = client.get(reverse("audit_log"), {"since": day, "until": day}).context["rows"]

    assert (["kim"], []) == ([row["entry"].by for row in found], none)


def test_a_question_that_makes_no_sense_is_answered_beside_its_field():
    """A story nobody knows and a date that is none are named; the page stands."""
    rows.a_paper()

    page = reader().get(reverse("audit_log"), {"story": "nowhere", "since": "soon", "older": "x"})

    text = page.content.decode()
    assert 200 == page.status_code
    assert "no story is called" in text
    assert "Enter a valid date" in text


def test_pages_are_cut_by_key_and_lose_nothing():
    """Going from page to page shows every entry once."""
    paper = rows.a_paper()
    for number in range(A_PAGE * 2 + 5):
        noting.note("wagtail.edit", about=paper, detail={"number": number})
    client, seen, older = reader(), [], ""

    while True:
        context = client.get(f"{reverse('audit_log')}?act=wagtail.edit&{older}").context
        seen += [row["entry"].pk for row in context["rows"]]
        older = context["older"]
        if not older:
            break

    assert sorted(set(seen), reverse=True) == seen
    assert AuditEntry.objects.filter(act="wagtail.edit").count() == len(seen)


def test_the_export_is_what_was_asked_for_and_runs_nothing():
    """A spreadsheet gets every entry asked for, and no cell of it is a formula."""
    paper = rows.a_paper()
    paper.title = paper.draft_title = '=HYPERLINK("https://x.example")'
    noting.note("wagtail.edit", about=paper)

    answer = reader().get(reverse("audit_log_export"), {"act": "wagtail.edit"})

    text = b"".join(answer.streaming_content).decode()
    found = list(csv.DictReader(io.StringIO(text)))
    assert '\'=HYPERLINK("https://x.example")' in [row["label"] for row in found]
    assert {"wagtail.edit"} == {row["act"] for row in found}
