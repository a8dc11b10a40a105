"""An address that is another story's: chosen words are refused, a headline's get a number."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from broadsheet.config.main import cli
from broadsheet.newsroom.adapter import WagtailNewsroom
from broadsheet.newsroom.models import Story
from broadsheet.press.models import LogEntry, Schedule
from broadsheet.story.ids import StoryId
from tests.factories import rows
from tests.factories.logged import acts_of, version_of

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]
PUBLISH = {"action-publish": "1"}
CHOSEN = "council-approves-the-new-tram-line"


def broadsheet(*arguments: object) -> Result:
    """Run a command here; an error it does not turn into words fails the test."""
    return CliRunner().invoke(cli, [str(each) for each in arguments], catch_exceptions=False)


def edit_url(story: Story) -> str:
    """Return where a story is edited."""
    return reverse("wagtailadmin_pages:edit", args=[story.pk])


@pytest.fixture
def taken(db: None) -> str:
    """Return the address that a story of today has."""
    del db
    rows.a_paper()
    return version_of(rows.a_live_story()).address


def numbered(address: str) -> str:
    """Return the next free address."""
    return f"{address.rstrip('/')}-2/"


def test_publishing_says_that_the_address_is_taken(taken):
    """Whoever publishes a second story of a headline is told where it is, and why there."""
    second = rows.a_draft()

    done = broadsheet("story", "publish", second.uuid)

    words = f"The address {taken} is taken; this story is at {numbered(taken)}."
    assert (0, True) == (done.exit_code, words in done.output), done.output


def test_copying_in_says_that_the_address_is_taken(taken, tmp_path: Path):
    """A page that gets a number is not thought to be at its headline's address."""
    page = tmp_path / "page.txt"
    page.write_text("Council approves the new tram line\n\nIt met again.\n", encoding="utf-8")

    done = broadsheet("intake", "copy", page, "--section", "world", "--publish")

    assert f"The address {taken} is taken; this story is at {numbered(taken)}." in done.output


def test_story_with_an_address_of_its_own_is_told_nothing(taken):
    """Neither a free address nor a later version of a numbered story is worth a word."""
    second, other = rows.a_live_story(), rows.a_draft(title="Weaver finds a loom")

    said = [broadsheet("story", "publish", story.uuid).output for story in (second, other)]

    assert not any("is taken" in each for each in said), (taken, said)


def test_desk_says_that_the_address_is_taken(desk: Client, form: Any, taken):
    """The message after publishing names both addresses."""
    response = desk.post(edit_url(rows.a_draft()), form() | PUBLISH, follow=True)

    words = f"The address {taken} is taken; this story is at {numbered(taken)}."
    assert words in response.content.decode()


def test_chosen_words_that_are_taken_are_refused_beside_their_field(desk: Client, form: Any, taken):
    """The form comes back with the complaint in its place, and everything that was typed."""
    story = rows.a_draft()
    typed = {"title": "Trams at last", "standfirst": "So it is.", "address_words": CHOSEN}

    response = desk.post(edit_url(story), form(story, **typed) | PUBLISH)

    shown = response.context["form"]
    assert [f"{taken} is, or was, another story’s address; choose other words"] == shown.errors[
        "address_words"
    ]
    assert typed == {field: shown[field].value() for field in typed}
    assert [] == acts_of(story)


def test_new_story_with_chosen_words_that_are_taken_is_refused(desk: Client, form: Any, taken):
    """The form of a story that was never saved refuses them too."""
    url = reverse(
        "wagtailadmin_pages:add", args=["newsroom", "story", Story.objects.get().get_parent().pk]
    )

    response = desk.post(url, form(address_words=CHOSEN) | PUBLISH)

    assert ["address_words"] == list(response.context["form"].errors), taken
    assert 1 == Story.objects.count()


def test_draft_keeps_chosen_words_that_are_taken_today(desk: Client, form: Any, taken):
    """Another day they may be free: only publishing decides."""
    story = rows.a_draft()

    response = desk.post(edit_url(story), form(story, address_words=CHOSEN))

    assert 302 == response.status_code, taken


@pytest.mark.parametrize("days", [0, 30])
def test_command_refuses_chosen_words_that_are_taken_on_the_day(taken, days):
    """Publishing now is refused; a day on which they are free can be scheduled."""
    story = rows.a_draft(address_words=CHOSEN)
    day = f"{timezone.now() + timedelta(days=days):%Y-%m-%dT%H:%M}"
    act = ("schedule", story.uuid, day) if days else ("publish", story.uuid)

    done = broadsheet("story", *act)

    assert (days == 0) == (f"address words: {taken} is, or was, another story’s" in done.output)
    assert (1 if days == 0 else 0) == done.exit_code, done.output
    assert (days == 30) == Schedule.objects.filter(story=str(story.uuid)).exists()


def test_changing_to_a_taken_address_is_refused_beside_its_field(desk: Client, taken):
    """The act that asks for words says at once that these are another story's."""
    story = rows.a_live_story(title="Another headline")

    response = desk.post(reverse("change_story_address", args=[story.pk]), {"words": CHOSEN})

    assert [f"{taken} is, or was, another story’s address; choose other words"] == response.context[
        "form"
    ].errors["words"]
    assert ["publish"] == acts_of(story)


def test_scheduled_story_goes_live_though_its_words_were_taken_since(db):
    """What is due is not held back for an address: at its minute it gets a number."""
    rows.a_paper()
    due = timezone.now() + timedelta(hours=1)
    story = rows.a_draft(address_words=CHOSEN, go_live_at=due)
    story.get_latest_revision().publish()
    first = rows.a_live_story(now=due)

    WagtailNewsroom().go_live(StoryId(str(story.uuid)), now=due)

    assert numbered(version_of(first).address) == version_of(story).address


def test_paper_without_settings_refuses_in_words(desk: Client, form: Any):
    """Chosen words are no reason for a server error where nothing can be published yet."""
    LogEntry.objects.filter(kind="settings").delete()

    response = desk.post(
        edit_url(story := rows.a_draft()), form(story, address_words=CHOSEN) | PUBLISH
    )

    assert (200, []) == (response.status_code, acts_of(story))
