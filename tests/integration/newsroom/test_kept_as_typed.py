"""What somebody types at the desk comes back as it was typed, spaces at its ends too."""

import json
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.test.utils.form_data import streamfield

from broadsheet.newsroom.blocks import TEXT_FEATURES
from broadsheet.newsroom.models import SectionPage, Story
from broadsheet.newsroom.rich_text_editor import FaithfulConverter
from broadsheet.newsroom.writing.tables import cells_of
from broadsheet.story.body import Embed
from tests.factories import rows
from tests.factories.logged import version_of

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]

TYPED = "\u3000 தமிழ்  “&amp;” <b> "
HIDDEN = "A\u202eB"


def test_an_embeds_card_is_kept_as_typed(desk: Client, form: Any):
    """Title, author and provider of an embed reach the log with the spaces at their ends."""
    story = rows.a_draft()
    card = {"url": "https://a.example/1", "title": TYPED, "author": TYPED, "provider": TYPED}
    sent = form(story, body=streamfield([("embed", card)])) | {"action-publish": "1"}

    desk.post(reverse("wagtailadmin_pages:edit", args=[story.pk]), sent)

    assert (Embed(**card),) == version_of(story).content.body


def test_cells_keep_the_spaces_readers_see():
    """An indent of no-break or ideographic spaces stays in its cell; those of the table's go."""
    assert (("\u3000A", "\xa0\xa0of which"), ("b", "c\u2009")) == cells_of(
        " \u3000A \t\xa0\xa0of which\nb\tc\u2009 "
    )
    assert (("a", "\xa0b"),) == cells_of("a | \xa0b ")


def test_a_section_is_named_as_typed(desk: Client):
    """The name of a section is not trimmed."""
    section = rows.a_section_row()
    url = reverse("wagtailadmin_pages:edit", args=[section.pk])
    sent = {"title": TYPED, "slug": "world", "position": "0", "description": TYPED}

    answer = desk.post(url, sent | {"action-publish": "1"} | NO_COMMENTS)

    assert 302 == answer.status_code, answer.context["form"].errors
    found = SectionPage.objects.get(pk=section.pk)
    assert (TYPED, TYPED) == (found.title, found.description)


NO_COMMENTS = {
    f"comments-{name}": number
    for name, number in (("TOTAL_FORMS", "0"), ("INITIAL_FORMS", "0"), ("MAX_NUM_FORMS", "0"))
}


def test_a_copy_has_the_headline_that_was_typed(desk: Client):
    """The headline asked for a copy is not trimmed."""
    story = rows.a_draft()
    sent = {"new_title": TYPED, "new_parent_page": story.get_parent().pk}

    desk.post(reverse("wagtailadmin_pages:copy", args=[story.pk]), sent)

    assert TYPED == Story.objects.exclude(pk=story.pk).get().title


def test_a_copy_with_a_headline_that_may_not_be_is_refused_in_words(desk: Client):
    """A headline that hides something is refused at its field, and there is no copy."""
    story = rows.a_draft()
    sent = {"new_title": HIDDEN, "new_parent_page": story.get_parent().pk}

    answer = desk.post(reverse("wagtailadmin_pages:copy", args=[story.pk]), sent)

    assert "may not be written" in str(answer.context["form"].errors["new_title"])
    assert 1 == Story.objects.count()


@pytest.mark.parametrize("refused", ["A\x0cB", "A\rB"])
def test_a_refused_text_is_shown_as_it_was_typed(refused: str):
    """Text that comes back for its proposal still has the character the complaint is about."""
    html = f"<p>{refused}</p>"

    state = json.loads(FaithfulConverter(TEXT_FEATURES).from_database_format(html))

    assert [refused] == [block["text"] for block in state["blocks"]]
