"""Who gives the press a moment before a story goes out, and what the desk asks for its pages."""

from collections.abc import Iterable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from uuid6 import uuid7

from broadsheet.newsroom.models import Picture, Story
from broadsheet.newsroom.pictures import usage, waiting
from tests.factories import rows
from tests.factories.pictures import a_picture_row, an_uploaded_picture

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]


@pytest.mark.parametrize("key", ["9" * 20, "9" * 5_000])
def test_a_forged_key_of_a_picture_is_passed_over(key: str):
    """A number no picture can have is waited for by nobody, and is no error."""
    named = waiting.pictures_named({"lead": key})

    assert waiting.await_first_sizes(named)


@pytest.mark.parametrize(
    ("said", "is_waited_for"),
    [
        ({"action-publish": "1"}, True),
        ({"action-workflow-action": "1", "workflow-action-name": "approve"}, True),
        ({"action-workflow-action": "1", "workflow-action-name": "reject"}, False),
        ({}, False),
    ],
)
def test_publishing_and_approving_wait_and_saving_does_not(
    desk: Client, form: Any, monkeypatch: pytest.MonkeyPatch, said: Any, *, is_waited_for: bool
):
    """Whatever may send a story out gives its pictures a moment, also those only saved."""
    shown, saved = an_uploaded_picture(), an_uploaded_picture()
    story = rows.a_draft(lead=saved)
    asked: list[int] = []

    def note(pictures: Iterable[int]) -> bool:
        asked.extend(pictures)
        return True

    monkeypatch.setattr(waiting, "await_first_sizes", note)
    edit = reverse("wagtailadmin_pages:edit", args=[story.pk])
    desk.post(edit, form(Story.objects.get(pk=story.pk), lead=str(shown.pk), **said))

    assert is_waited_for == (shown.pk in asked)
    assert (is_waited_for and "action-publish" not in said) == (saved.pk in asked)


def queries_of(desk: Client, address: str) -> int:
    """Return how many statements a page asks the database; the second time, as on a warm desk."""
    desk.get(address)
    with CaptureQueriesContext(connection) as asked:
        assert 200 == desk.get(address).status_code
    return len(asked)


def test_a_longer_list_of_pictures_asks_no_more(desk: Client):
    """What keeps pictures from readers is asked once for all of a page."""
    address = reverse("wagtailimages:index")
    first = a_picture_row()
    before = queries_of(desk, address)

    for number in range(8):
        copied = Picture.objects.get(pk=first.pk)
        copied.pk, copied.uuid, copied.title = None, uuid7(), f"Copy {number}"
        Picture.objects.bulk_create([copied])

    assert 9 == Picture.objects.count()
    assert queries_of(desk, address) <= before + 1


def test_changed_stories_that_do_not_name_a_picture_cost_nothing(desk: Client):
    """Drafts of live stories are looked through without reading each one whole."""
    picture, other = a_picture_row(), a_picture_row()
    address = reverse("wagtailimages:edit", args=[picture.pk])
    before = queries_of(desk, address)
    for _ in range(4):
        story = rows.a_live_story(lead=other)
        story.title = "Changed"
        story.save_revision()

    after = queries_of(desk, address)

    assert after <= before + 1
    assert 4 == sum(use.what in {"live", "changes of a live story"} for use in usage.uses_of(other))
