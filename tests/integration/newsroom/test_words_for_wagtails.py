"""The desk speaks of stories and pictures where Wagtail speaks of pages and images."""

import io
import re
from pathlib import Path

import pytest
import wagtail
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from django.test import Client
from django.urls import reverse

from broadsheet import newsroom
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
