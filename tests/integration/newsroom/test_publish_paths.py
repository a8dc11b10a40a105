"""Every path that publishes a story commits exactly one version, with the row; others none."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.rich_text import RichText

from broadsheet.newsroom import publishing
from broadsheet.newsroom.adapter import WagtailNewsroom
from broadsheet.newsroom.models import LiveMark, SectionPage, Story
from broadsheet.press.models import LogEntry, Schedule
from broadsheet.story.records import StoryState
from tests.factories import rows
from tests.factories.logged import acts_of, version_of

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]


def edit_url(story: Story) -> str:
    """Return the address of a story's form."""
    return reverse("wagtailadmin_pages:edit", args=[story.pk])


def test_a_draft_writes_no_version():
    """Saving a draft, and saving it again, leaves the log as it was."""
    story = rows.a_draft()

    story.title = "Another headline"
    story.save_revision()
    story.save()

    assert [] == acts_of(story)


def test_publishing_a_revision_writes_one_version():
    """A revision's publication is one entry in the log, and one mark."""
    story = rows.a_live_story()

    assert ["publish"] == acts_of(story)
    assert LiveMark.objects.filter(story=story).exists()


def test_publishing_the_same_again_writes_nothing():
    """Publishing what readers have already leaves the log as it was."""
    story = rows.a_live_story()

    story.get_latest_revision().publish()
    Story.objects.get(pk=story.pk).save()

    assert ["publish"] == acts_of(story)


def test_the_desk_creates_and_publishes(desk: Client, form: Any):
    """A new story published at once from its form is one version, by the editor."""
    section = rows.a_section_row()
    url = reverse("wagtailadmin_pages:add", args=["newsroom", "story", section.pk])

    response = desk.post(url, form() | {"action-publish": "1"})

    story = Story.objects.get()
    assert 302 == response.status_code
    assert ["publish"] == acts_of(story)
    assert "ada" == LogEntry.objects.get(kind="story").by


def test_the_desk_saves_drafts_without_versions(desk: Client, form: Any):
    """Saving from the form, of a draft and of a live story, writes no version."""
    draft, live = rows.a_draft(), rows.a_live_story()

    for story in (draft, live):
        response = desk.post(edit_url(story), form(story, title="Another headline"))
        assert 302 == response.status_code

    assert [] == acts_of(draft)
    assert ["publish"] == acts_of(live)


def test_the_desk_publishes_an_edit(desk: Client, form: Any):
    """An edit published from the form is one more version, with the new words."""
    story = rows.a_live_story()

    desk.post(edit_url(story), form(story, title="Tram line approved") | {"action-publish": "1"})

    assert ["publish", "update"] == acts_of(story)
    assert "Tram line approved" == version_of(story).content.headline


def test_a_significant_update_is_asked_for_each_time(desk: Client, form: Any):
    """The tick makes one update significant, and no later one."""
    story = rows.a_live_story()
    ticked = {"action-publish": "1", "significant_update": "on"}
    desk.post(edit_url(story), form(story, title="Tram line approved") | ticked)
    story = Story.objects.get(pk=story.pk)

    desk.post(edit_url(story), form(story, title="Tram approved") | {"action-publish": "1"})

    assert ["publish", "significant-update", "update"] == acts_of(story)


def test_unpublishing_writes_one_version(desk: Client):
    """Unpublishing at the desk commits that the story is down to be fixed."""
    story = rows.a_live_story()

    desk.post(reverse("wagtailadmin_pages:unpublish", args=[story.pk]))

    assert ["publish", "unpublish"] == acts_of(story)
    assert version_of(story).state is StoryState.UNPUBLISHED


def test_republishing_keeps_address_and_first_publication(desk: Client):
    """A story that comes back has the address and the date it had."""
    story = rows.a_live_story()
    before = version_of(story)
    desk.post(reverse("wagtailadmin_pages:unpublish", args=[story.pk]))

    Story.objects.get(pk=story.pk).get_latest_revision().publish()

    after = version_of(story)
    assert (before.address, before.first_published_at) == (after.address, after.first_published_at)


def test_bulk_publishing_writes_one_version_each(desk: Client):
    """Stories published together each get one version."""
    section = rows.a_section_row()
    stories = [rows.a_draft(section, title=f"Story {n}") for n in range(3)]
    query = "&".join(f"id={story.pk}" for story in stories)

    desk.post(
        f"/desk/bulk/wagtailcore/page/publish/?{query}&next=/desk/",
        {"include_descendants": ""},
    )

    assert [["publish"]] * 3 == [acts_of(story) for story in stories]


def test_bulk_unpublishing_writes_one_version_each(desk: Client):
    """Stories unpublished together each get one version."""
    section = rows.a_section_row()
    stories = [rows.a_live_story(section, title=f"Story {n}") for n in range(2)]
    query = "&".join(f"id={story.pk}" for story in stories)

    desk.post(f"/desk/bulk/wagtailcore/page/unpublish/?{query}&next=/desk/", {})

    assert [["publish", "unpublish"]] * 2 == [acts_of(story) for story in stories]


def test_moving_to_another_section_writes_one_version(desk: Client):
    """A move at the desk is one update, and the address stays."""
    story = rows.a_live_story(rows.a_section_row("World"))
    sport = rows.a_section_row("Sport")
    before = version_of(story)

    desk.post(reverse("wagtailadmin_pages:move_confirm", args=[story.pk, sport.pk]))

    assert ["publish", "update"] == acts_of(story)
    assert str(sport.uuid) == version_of(story).content.section
    assert before.address == version_of(story).address


def test_bulk_moving_writes_one_version_each(desk: Client):
    """Stories moved together each get one version."""
    world, sport = rows.a_section_row("World"), rows.a_section_row("Sport")
    stories = [rows.a_live_story(world, title=f"Story {n}") for n in range(2)]
    query = "&".join(f"id={story.pk}" for story in stories)

    desk.post(
        f"/desk/bulk/wagtailcore/page/move/?{query}&next=/desk/",
        {"chooser": sport.pk, "move_applied": "1"},
    )

    assert [["publish", "update"]] * 2 == [acts_of(story) for story in stories]


def test_moving_in_a_shell_writes_one_version():
    """story.move() commits the move."""
    story = rows.a_live_story(rows.a_section_row("World"))

    story.move(rows.a_section_row("Sport"), pos="last-child")

    assert ["publish", "update"] == acts_of(story)


def test_a_copy_is_a_draft_with_an_id_of_its_own(desk: Client):
    """A copy of a live story has a new id, no version, no corrections."""
    story = rows.a_live_story()

    desk.post(
        reverse("wagtailadmin_pages:copy", args=[story.pk]),
        {"new_title": "A copy", "new_parent_page": story.get_parent().pk, "publish_copies": "on"},
    )

    copy = Story.objects.get(title="A copy")
    assert copy.uuid != story.uuid
    assert not copy.live
    assert [] == acts_of(copy)


def test_a_copy_that_shall_stay_live_is_a_draft():
    """Wagtail's copy with keep_live makes a draft, and its publication is its own story's."""
    story = rows.a_live_story()

    copy = story.copy(keep_live=True)
    copy = Story.objects.get(pk=copy.pk)
    assert (False, []) == (copy.live, acts_of(copy))
    copy.get_latest_revision().publish()

    assert ["publish"] == acts_of(copy)
    assert version_of(copy).address != version_of(story).address


def test_an_alias_is_refused():
    """A story has no aliases."""
    story = rows.a_live_story()

    with pytest.raises(ValidationError, match="no aliases"):
        story.create_alias(parent=rows.a_section_row("Sport"))


def test_a_story_saved_live_by_a_script_is_published():
    """Setting live and saving the row, as scripts do, commits the version."""
    story = rows.a_draft()

    story.live = True
    story.save()

    assert ["publish"] == acts_of(story)


def test_reverting_publishes_the_older_words_as_a_new_version(desk: Client, form: Any):
    """Publishing an older revision again is one more version, and keeps the story's id."""
    story = rows.a_live_story()
    first = story.latest_revision
    desk.post(edit_url(story), form(story, title="Tram line approved") | {"action-publish": "1"})
    story = Story.objects.get(pk=story.pk)

    desk.post(
        reverse("wagtailadmin_pages:revisions_revert", args=[story.pk, first.pk]),
        form(story) | {"action-publish": "1"},
    )

    assert ["publish", "update", "update"] == acts_of(story)
    assert "Council approves the new tram line" == version_of(story).content.headline


def test_scheduling_writes_no_version(desk: Client, form: Any):
    """A story published for later is on the schedule and nowhere else."""
    story = rows.a_draft()
    tomorrow = timezone.now() + timedelta(days=1)

    response = desk.post(
        edit_url(story),
        form(story, go_live_at=rows.typed(tomorrow)) | {"action-publish": "1"},
        follow=True,
    )

    assert [] == acts_of(story)
    assert "go-live" == Schedule.objects.get(story=str(story.uuid)).act
    assert b"is scheduled: it goes live on" in response.content


def test_cancelling_a_schedule_takes_it_off_the_press(desk: Client):
    """What is unscheduled at the desk is off the press's schedule too."""
    story = rows.a_draft(go_live_at=timezone.now() + timedelta(days=1))
    revision = story.get_latest_revision()
    revision.publish()
    assert 1 == Schedule.objects.count()

    desk.post(reverse("wagtailadmin_pages:revisions_unschedule", args=[story.pk, revision.pk]))

    assert 0 == Schedule.objects.count()


def test_an_embargo_turns_publishing_into_a_schedule():
    """A story under embargo, published by whatever path, is scheduled for its minute."""
    ends = timezone.now() + timedelta(hours=3)
    story = rows.a_draft(embargo_until=ends)

    story.get_latest_revision().publish()

    assert [] == acts_of(story)
    assert ends == Schedule.objects.get(story=str(story.uuid), act="go-live").due_at


def test_a_script_cannot_break_an_embargo():
    """Setting live and saving before the embargo ends is refused, and nothing is written."""
    story = rows.a_draft(embargo_until=timezone.now() + timedelta(hours=3))

    story.live = True
    with pytest.raises(ValidationError, match="the embargo lasts until"):
        story.save()

    assert [] == acts_of(story)


def test_the_press_publishes_what_fell_due():
    """At its minute, by the press's clock, the scheduled words go live in one version."""
    due = timezone.now() + timedelta(days=1)
    story = rows.a_draft(go_live_at=due)
    story.get_latest_revision().publish()

    WagtailNewsroom().go_live(str(story.uuid), now=due)

    assert ["publish"] == acts_of(story)
    assert due == version_of(story).first_published_at
    assert "scheduler" == LogEntry.objects.get(kind="story").by


def test_the_press_leaves_alone_what_was_unscheduled():
    """A story taken off the schedule at the last moment stays a draft."""
    due = timezone.now() + timedelta(days=1)
    story = rows.a_draft(go_live_at=due)
    story.get_latest_revision().publish()
    story.revisions.update(approved_go_live_at=None)

    WagtailNewsroom().go_live(str(story.uuid), now=due)

    assert [] == acts_of(story)


def test_the_press_expires_a_story_whose_time_is_over():
    """At its expiry a story is committed as expired, once."""
    ends = timezone.now() + timedelta(days=2)
    story = rows.a_live_story(expire_at=ends)
    assert ends == Schedule.objects.get(act="expire").due_at

    WagtailNewsroom().expire(str(story.uuid), now=ends)
    WagtailNewsroom().expire(str(story.uuid), now=ends)

    assert ["publish", "expire"] == acts_of(story)


def test_a_crash_while_publishing_leaves_neither_row_nor_version(monkeypatch: Any):
    """If the transaction dies after the log was written, the row is still a draft."""
    story = rows.a_draft()

    def die(_: Any) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(publishing, "keep_schedule", die)
    with pytest.raises(KeyboardInterrupt), transaction.atomic():
        story.get_latest_revision().publish()

    assert not Story.objects.get(pk=story.pk).live
    assert [] == acts_of(story)


def test_without_the_transaction_a_crash_would_leave_a_live_row(monkeypatch: Any):
    """The broken twin: a row saved apart from its version is live with no version."""
    story = rows.a_draft()
    monkeypatch.setattr(publishing, "commit_story", lambda *_, **__: None)

    story.get_latest_revision().publish()

    assert Story.objects.get(pk=story.pk).live
    assert [] == acts_of(story)


def test_dates_do_not_move_with_a_typo():
    """First publication and update time stay when words are changed."""
    story = rows.a_live_story(now=datetime(2026, 1, 1, tzinfo=UTC))
    before = version_of(story)

    story.body = [("text", RichText("<p>The council met on Wednesday.</p>"))]
    story.save_revision().publish()

    after = version_of(story)
    assert before.first_published_at == after.first_published_at
    assert before.updated_at == after.updated_at


def test_a_section_is_committed_when_it_is_live():
    """A section's page is a version; renaming it is another."""
    section = rows.a_section_row("World")

    section.title = "The World"
    section.save()

    acts = LogEntry.objects.filter(kind="section", record_id=str(section.uuid))
    assert 2 == acts.count()
    assert SectionPage.objects.get().title == "The World"
