"""An update scheduled for a live story waits for its minute, and the story stays as it is."""

from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from broadsheet.config.main import cli
from broadsheet.newsroom import commands, demo
from broadsheet.newsroom.adapter import WagtailNewsroom
from broadsheet.newsroom.models import Story
from broadsheet.press.models import Schedule
from tests.factories import rows
from tests.factories.logged import acts_of, version_of
from tests.factories.pictures import an_uploaded_picture

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]


def edit_url(story: Story) -> str:
    """Return the address of a story's form."""
    return reverse("wagtailadmin_pages:edit", args=[story.pk])


def tomorrow() -> datetime:
    """Return a whole minute about a day from now."""
    return (timezone.now() + timedelta(days=1)).replace(second=0, microsecond=0)


def published_at_the_command_line(_: Path) -> Story:
    """Return a story as `broadsheet story publish` leaves it."""
    return commands.publish_story(str(rows.a_draft().uuid), by="ada")


def taken_over_by_the_demo(_: Path) -> Story:
    """Return a story as most of the demo's are."""
    story = rows.a_draft()
    demo.take_over(story, at=timezone.now() - timedelta(days=3))
    return story


def copied_in(folder: Path) -> Story:
    """Return a story as `broadsheet intake copy --publish` leaves it."""
    rows.a_paper()
    page = folder / "page.txt"
    page.write_text("Council approves the new tram line\n\nThe council met on Tuesday.\n")
    command = ["intake", "copy", str(page), "--section", "World", "--new-section", "--publish"]
    CliRunner().invoke(cli, command, catch_exceptions=False)
    return Story.objects.get()


def made_live_by_a_script(_: Path) -> Story:
    """Return a story whose row was set live and saved."""
    story = rows.a_draft()
    story.live = True
    story.save()
    return story


def live_with_a_newer_draft(_: Path) -> Story:
    """Return a story of which an older revision was published than was saved last."""
    story = rows.a_draft()
    first = story.latest_revision
    story.save_revision()
    first.publish()
    return story


@pytest.fixture(
    params=[
        lambda _: rows.a_live_story(),
        published_at_the_command_line,
        taken_over_by_the_demo,
        copied_in,
        made_live_by_a_script,
        live_with_a_newer_draft,
    ],
    ids=["desk", "command line", "demo", "copied in", "script", "older revision"],
)
def live_story(request: Any, tmp_path: Path, db: None) -> Story:
    """Return a live story, however it became one."""
    del db
    become_live: Callable[[Path], Story] = request.param
    story = Story.objects.get(pk=become_live(tmp_path).pk)
    assert story.live
    return story


def test_scheduling_an_update_at_the_desk_leaves_the_story_live(
    desk: Client, form: Any, live_story: Story
):
    """The update is on the schedule, the desk says so, and readers see no change."""
    acts, at = acts_of(live_story), tomorrow()
    data = form(live_story, title="Tram line approved", go_live_at=rows.typed(at))

    page = desk.post(edit_url(live_story), data | {"action-publish": "1"}, follow=True)

    assert acts == acts_of(live_story)
    assert at == Schedule.objects.get(act="go-live").due_at
    assert "is scheduled: its update goes live on" in page.content.decode()


def test_scheduling_an_update_at_the_command_line_leaves_the_story_live(live_story: Story):
    """The update is on the schedule, the command says when, and readers see no change."""
    acts, at = acts_of(live_story), tomorrow()
    command = ["story", "schedule", str(live_story.uuid), f"{at:%Y-%m-%dT%H:%M}"]

    answer = CliRunner().invoke(cli, command, catch_exceptions=False)

    assert 0 == answer.exit_code, answer.output
    assert acts == acts_of(live_story)
    assert 1 == Schedule.objects.filter(act="go-live").count()


def test_scheduling_an_older_version_leaves_the_story_live(desk: Client, form: Any):
    """Words from before a story was live can be scheduled to return to it."""
    story = rows.a_live_story()
    first = story.latest_revision
    commands.publish_story(str(story.uuid), by="ada")
    url = reverse("wagtailadmin_pages:revisions_revert", args=[story.pk, first.pk])

    desk.post(url, form(story, go_live_at=rows.typed(tomorrow())) | {"action-publish": "1"})

    assert ["publish"] == acts_of(story)
    assert 1 == Schedule.objects.filter(act="go-live").count()


def test_a_scheduled_update_goes_live_at_its_minute(live_story: Story):
    """When the update falls due, readers see its words, in one more version."""
    acts, at = acts_of(live_story), tomorrow()
    live_story.title = "Tram line approved"
    live_story.save_revision()
    commands.schedule_story(str(live_story.uuid), at=at, by="ada")

    WagtailNewsroom().go_live(str(live_story.uuid), now=at)

    assert [*acts, "update"] == acts_of(live_story)
    assert "Tram line approved" == version_of(live_story).content.headline


TAKE_DOWN: dict[str, Callable[[str], object]] = {
    "unpublish": lambda story: commands.unpublish_story(story, by="ada"),
    "retract": lambda story: commands.retract_story(story, reason="Not true.", by="ada"),
    "erase": lambda story: commands.erase_story(story, reason="By order.", by="ada"),
    "expire": lambda story: Story.objects.get(uuid=story).unpublish(set_expired=True),
}


@pytest.mark.parametrize("how", TAKE_DOWN)
def test_story_taken_down_is_on_no_schedule(how: str):
    """What was scheduled for a story does not bring it back, nor is it said to."""
    story = str(rows.a_live_story().uuid)
    commands.schedule_story(story, at=tomorrow(), by="ada")

    TAKE_DOWN[how](story)

    assert not Schedule.objects.exists()


def test_an_update_scheduled_from_the_list_is_on_the_schedule_at_once(desk: Client):
    """Publishing several stories at once keeps the time of an update that is to come."""
    story = rows.a_live_story()
    story.go_live_at = timezone.now() + timedelta(days=1)
    story.save_revision()

    desk.post(f"/desk/bulk/wagtailcore/page/publish/?id={story.pk}&next=/desk/", {})

    assert 1 == Schedule.objects.filter(act="go-live", story=str(story.uuid)).count()


def test_an_update_that_could_not_go_live_is_not_scheduled_from_the_list(desk: Client):
    """Its time would be an alarm: the list says what keeps it back, and nothing is scheduled."""
    story = rows.a_live_story()
    story.lead = an_uploaded_picture(credit="")
    story.go_live_at = timezone.now() + timedelta(days=1)
    story.save_revision()

    url = f"/desk/bulk/wagtailcore/page/publish/?id={story.pk}&next=/desk/"
    said = desk.post(url, {}, follow=True).content.decode()

    assert "credit" in said
    assert not Schedule.objects.exists()
    assert not story.revisions.filter(approved_go_live_at__isnull=False).exists()
