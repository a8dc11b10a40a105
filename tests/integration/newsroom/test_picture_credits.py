"""No credit, no publication: on every path, unless a reason is given, which is logged."""

import contextlib
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.blocks import ListBlock, StructBlock
from wagtail.models import ModelLogEntry
from wagtail.test.utils.form_data import rich_text, streamfield

from broadsheet.config.main import cli
from broadsheet.newsroom import commands, demo
from broadsheet.newsroom.adapter import WagtailNewsroom
from broadsheet.newsroom.blocks import PictureBlock
from broadsheet.newsroom.models import Picture, Story
from broadsheet.newsroom.pictures import rights
from broadsheet.newsroom.pictures.showing import complaint_at
from broadsheet.story.ids import StoryId
from tests.factories import rows
from tests.factories.logged import acts_of
from tests.factories.pictures import a_picture_file, an_uploaded_picture

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]


def uncredited(**fields: Any) -> Picture:
    """Return a picture whose maker nobody has named."""
    return an_uploaded_picture(credit="", **fields)


def by_the_form(story: Story, desk: Client, form: Any) -> None:
    """Publish from the story's form."""
    url = reverse("wagtailadmin_pages:edit", args=[story.pk])
    desk.post(url, form(story, lead=str(story.lead_id)) | {"action-publish": "1"})


def by_the_list(story: Story, desk: Client, form: Any) -> None:
    """Publish from the list of stories, several at once."""
    url = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
    desk.post(f"{url}?id={story.pk}", {"include_descendants": "false"})


def by_the_scheduler(story: Story, desk: Client, form: Any) -> None:
    """Have the press publish what was approved for a minute that has come."""
    revision = story.get_latest_revision()
    revision.approved_go_live_at = timezone.now() - timedelta(minutes=1)
    revision.save()
    WagtailNewsroom().go_live(StoryId(str(story.uuid)), now=timezone.now())


def by_a_schedule(story: Story, desk: Client, form: Any) -> None:
    """Schedule it at the command line."""
    at = timezone.now() + timedelta(days=1)
    commands.schedule_story(str(story.uuid), at=at, by="ada")


def by_the_command_line(story: Story, desk: Client, form: Any) -> None:
    """Publish it at the command line."""
    done = CliRunner().invoke(cli, ["story", "publish", str(story.uuid)])
    assert "has no credit" in done.output
    assert 0 != done.exit_code


def by_an_import(story: Story, desk: Client, form: Any) -> None:
    """Take it over as published elsewhere."""
    demo.take_over(story, at=timezone.now() - timedelta(days=1))


def by_a_script(story: Story, desk: Client, form: Any) -> None:
    """Set the row live and save it."""
    story.live = True
    story.save()


PATHS: tuple[Callable[..., None], ...] = (
    by_the_form,
    by_the_list,
    by_the_scheduler,
    by_a_schedule,
    by_the_command_line,
    by_an_import,
    by_a_script,
)


@pytest.mark.parametrize("path", PATHS, ids=lambda path: path.__name__)
def test_without_a_credit_no_path_publishes(path: Callable[..., None], desk: Client, form: Any):
    """A story whose picture has no credit stays a draft, whoever publishes it and however."""
    story = rows.a_draft(lead=uncredited())

    with contextlib.suppress(ValidationError):  # paths without a form raise it
        path(story, desk, form)

    story = Story.objects.get(pk=story.pk)
    assert [] == acts_of(story)
    assert not story.live
    assert not story.approved_schedule or path is by_the_scheduler  # whose time was set before


@pytest.mark.parametrize("path", PATHS, ids=lambda path: path.__name__)
def test_a_newsroom_that_asks_for_no_credit_is_found(
    path: Callable[..., None], desk: Client, form: Any, monkeypatch: pytest.MonkeyPatch
):
    """The broken twin: where the credit is not asked for, each path publishes or schedules."""
    monkeypatch.setattr(rights, "is_credited", lambda _: True)
    story = rows.a_draft(lead=uncredited())

    try:
        path(story, desk, form)
    except AssertionError:
        assert path is by_the_command_line  # which expected to be refused

    story = Story.objects.get(pk=story.pk)
    assert story.live or story.approved_schedule


def test_the_form_complains_beside_the_lead_with_a_link(desk: Client, form: Any):
    """The lead's field says which picture lacks a credit, and leads to it."""
    picture = uncredited(title="Tram at night")
    story = rows.a_draft(lead=picture)
    url = reverse("wagtailadmin_pages:edit", args=[story.pk])

    response = desk.post(url, form(story, lead=str(picture.pk)) | {"action-publish": "1"})

    (error,) = response.context["form"].errors["lead"]
    assert "“Tram at night” has no credit" in error
    assert reverse("wagtailimages:edit", args=[picture.pk]) in error
    assert "Open the picture</a>" in response.content.decode()


def test_the_form_complains_at_the_block(desk: Client, form: Any):
    """A picture between paragraphs is complained of at its own block."""
    picture = uncredited()
    body = [
        ("text", rich_text("<p>The council met.</p>")),
        ("picture", {"picture": str(picture.pk), "caption": ""}),
    ]
    story = rows.a_draft()
    url = reverse("wagtailadmin_pages:edit", args=[story.pk])

    response = desk.post(url, form(story, body=streamfield(body)) | {"action-publish": "1"})

    (error,) = response.context["form"].errors["body"].as_data()
    assert [1] == list(error.block_errors)
    assert [] == acts_of(story)


def test_a_complaint_stands_at_its_place_in_any_block():
    """In a list of pictures, and in blocks yet to come, only the picture meant is complained of."""
    gallery = StructBlock([("pictures", ListBlock(PictureBlock()))])
    good, bad = an_uploaded_picture(), uncredited()
    value = gallery.to_python(
        {"pictures": [{"picture": each.pk, "caption": ""} for each in (good, bad)]}
    )

    complaint: Any = complaint_at(gallery, value, {bad.pk: "no credit"})

    (place, inside), *others = complaint.block_errors["pictures"].block_errors.items()
    assert (1, []) == (place, others)
    assert ["no credit"] == inside.block_errors["picture"].messages
    assert complaint_at(gallery, value, {}) is None


def test_a_title_cannot_write_html_into_the_complaint(desk: Client, form: Any):
    """A picture called like a script is told as text."""
    picture = uncredited(title="<script>alert(1)</script>")
    story = rows.a_draft(lead=picture)
    url = reverse("wagtailadmin_pages:edit", args=[story.pk])

    response = desk.post(url, form(story, lead=str(picture.pk)) | {"action-publish": "1"})

    assert "<script>alert(1)" not in response.content.decode()


def test_a_reason_stands_in_for_a_credit_and_is_logged(desk: Client):
    """With a reason the story goes out, and the audit log knows who gave it and when."""
    picture = uncredited()
    data = {"title": "Tram", "no_credit_reason": "From a family’s album", "alternative_text": "A"}
    before = timezone.now()

    desk.post(reverse("wagtailimages:edit", args=[picture.pk]), data)
    story = rows.a_live_story(lead=Picture.objects.get())

    entry = ModelLogEntry.objects.get(action=rights.OVERRIDE)
    assert ["publish"] == acts_of(story)
    assert ("ada", "From a family’s album") == (entry.user.username, entry.data["reason"])
    assert before <= entry.timestamp <= timezone.now()


NOTHING_TO_SEE = {
    "spaces": " \n\u00a0",
    "spaces of no width": " \u200b\u200b",
    "joiners": "\u200c\u200d\u2060",
    "marks on nothing": "\ufe0f\u034f",
    "empty letters": "\u3164\u2800",
}


@pytest.mark.parametrize("credit", NOTHING_TO_SEE.values(), ids=NOTHING_TO_SEE.keys())
def test_what_nobody_sees_is_no_credit(credit: str):
    """A credit of spaces, or of other characters that show nothing, is none."""
    with pytest.raises(ValidationError, match="has no credit"):
        rows.a_live_story(lead=an_uploaded_picture(credit=credit))


@pytest.mark.parametrize("credit", ["أ", "அம்மா", "李", "📷", "X."])
def test_a_credit_in_any_script_is_one(credit: str):
    """Whatever a reader sees counts, in any script."""
    story = rows.a_live_story(lead=an_uploaded_picture(credit=credit))

    assert ["publish"] == acts_of(story)


def test_what_readers_see_keeps_its_credit(desk: Client):
    """The credit of a public picture cannot be emptied; the form says so beside the field."""
    picture = an_uploaded_picture()
    rows.a_live_story(lead=picture)

    response = desk.post(
        reverse("wagtailimages:edit", args=[picture.pk]), {"title": "Tram", "credit": ""}
    )

    assert "credit" in response.context["form"].errors
    assert "Ada" == Picture.objects.get().credit


def test_a_picture_without_its_file_needs_a_credit_when_the_file_comes(tmp_path: Path):
    """A story goes out while its picture waits; the file is refused until there is a credit."""
    picture = Picture.waiting_for_file("Tram")
    picture.save()
    story = rows.a_live_story(lead=picture)
    picture.file = ContentFile(a_picture_file(), name="tram.jpg")

    with pytest.raises(ValidationError, match="needs a credit"):
        picture.save()

    assert ["publish"] == acts_of(story)
    assert Picture.objects.get().waiting
