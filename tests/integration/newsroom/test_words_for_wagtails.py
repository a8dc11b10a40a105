"""The desk speaks of stories and pictures where Wagtail speaks of pages and images."""

import io
import re
from datetime import UTC, datetime
from pathlib import Path

import pytest
import wagtail
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from django.test import Client
from django.urls import reverse
from django.utils.formats import date_format

from broadsheet import newsroom
from broadsheet.newsroom.models import SectionPage
from tests.factories import rows
from tests.integration.newsroom.conftest import Form

OURS = Path(newsroom.__file__).parent / "locale/en/LC_MESSAGES/django.po"
WAGTAILS = sorted(Path(wagtail.__file__).parent.glob("**/locale/en/LC_MESSAGES/django.po"))
PLACE = re.compile(r"%\(\w+\)\w|<[^>]+>")


def catalog(path: Path) -> Catalog:
    """Return a catalog of messages."""
    with path.open("rb") as lines:
        return read_po(lines)


def words(message: str | tuple[str, ...]) -> tuple[str, ...]:
    """Return a message's wordings: one, or one for each number."""
    return (message,) if isinstance(message, str) else tuple(message)


def test_each_of_our_words_stands_for_words_of_wagtails():
    """What Wagtail no longer says is noticed when Wagtail is changed."""
    theirs = {words(message.id) for path in WAGTAILS for message in catalog(path)}

    unknown = {words(message.id) for message in catalog(OURS)} - theirs

    assert set() == unknown


def test_nothing_is_named_that_wagtail_does_not_give():
    """Each wording has places for what Wagtail puts into its own, and for nothing else."""
    wrong = [
        ours
        for message in catalog(OURS)
        for theirs, ours in zip(words(message.id), words(message.string), strict=True)
        if not set(PLACE.findall(ours)) <= set(PLACE.findall(theirs))
    ]

    assert [] == wrong


def test_what_is_read_is_what_was_written():
    """The compiled file, which Django reads, is made of the written one."""
    made = io.BytesIO()

    write_mo(made, catalog(OURS))

    command = f"pybabel compile -i {OURS} -o {OURS.with_suffix('.mo')}"
    assert made.getvalue() == OURS.with_suffix(".mo").read_bytes(), f"run {command}"


@pytest.mark.django_db
def test_who_saves_a_draft_is_told_of_a_story(desk: Client, form: Form):
    """No page has been updated: the story is saved."""
    story = rows.a_draft(title="A crane")

    answer = desk.post(
        reverse("wagtailadmin_pages:edit", args=[story.pk]),
        form(story, title="A crane"),
        follow=True,
    )

    assert "“A crane” is saved." in answer.content.decode()
    assert "has been updated" not in answer.content.decode()


def test_times_have_twenty_four_hours():
    """Times in Wagtail's own pages are written as in ours."""
    at = datetime(2026, 11, 28, 16, 9, tzinfo=UTC)

    assert "28 November 2026, 16:09" == date_format(at, "DATETIME_FORMAT")


@pytest.mark.django_db
def test_nothing_offers_to_hide_a_story_from_readers(desk: Client):
    """The form has no "privacy": what Wagtail would hide, the paper's readers would have."""
    page = desk.get(reverse("wagtailadmin_pages:edit", args=[rows.a_live_story().pk]))

    assert "Change privacy" not in page.content.decode()
    assert [] == SectionPage.private_page_options


@pytest.mark.django_db
def test_the_form_speaks_of_pictures_and_of_stories(desk: Client):
    """A story's form names a picture and the story, never an image or a page to edit."""
    page = desk.get(reverse("wagtailadmin_pages:edit", args=[rows.a_draft().pk])).content.decode()

    assert "Choose a picture" in page
    assert "Choose an image" not in page
    assert "Open to everybody who may edit it" in page
