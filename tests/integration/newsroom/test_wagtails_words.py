"""What Wagtail says at the desk, in the newsroom's words."""

from datetime import UTC, datetime

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.formats import date_format

from broadsheet.newsroom.models import SectionPage
from tests.factories import rows


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
