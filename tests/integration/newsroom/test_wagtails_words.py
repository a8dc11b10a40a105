"""What Wagtail says at the desk, in the newsroom's words."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
import wagtail
from babel.messages.pofile import read_po
from django.test import Client
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext

from broadsheet.newsroom.models import SectionPage
from broadsheet.newsroom.wagtails_words import WORDS
from tests.factories import rows


def said_by_wagtail() -> set[str]:
    """Return every sentence of the Wagtail that is installed."""
    found: set[str] = set()
    for file in Path(wagtail.__file__).parent.rglob("locale/en/LC_MESSAGES/django.po"):
        with file.open("rb") as opened:
            for message in read_po(opened):
                found |= {message.id} if isinstance(message.id, str) else set(message.id)
    return found


def test_every_sentence_we_replace_is_still_wagtails():
    """A sentence that Wagtail words anew is noticed here, and not by an editor."""
    assert set() == set(WORDS) - said_by_wagtail()


@pytest.mark.parametrize("theirs", WORDS)
def test_ours_are_found_in_the_place_of_wagtails(theirs: str):
    """Whoever asks for Wagtail's sentence is given ours."""
    assert WORDS[theirs] == gettext(theirs)


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
