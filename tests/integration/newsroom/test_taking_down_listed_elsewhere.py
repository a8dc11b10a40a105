"""A story that other sections list too comes down like any other, and those sections stay."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from wagtail.actions.unpublish_page import UnpublishPageAction

from broadsheet.newsroom.adapter import WagtailNewsroom
from broadsheet.newsroom.models import SectionPage, Story
from broadsheet.story.ids import StoryId
from tests.factories import rows
from tests.factories.logged import acts_of

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]

NOON = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)


def listed_in_two(**changes: Any) -> Story:
    """Return a live story of World that City lists too."""
    world, city = rows.a_section_row(), rows.a_section_row("City")
    story = rows.a_draft(world, **changes)
    story.aliases.set([city])
    story.save_revision()
    with rows.acting("ada", now=NOON):
        story.get_latest_revision().publish()
    return Story.objects.get(pk=story.pk)


def at_the_desk(desk: Client, story: Story) -> None:
    """Unpublish as the story's own page does."""
    desk.post(reverse("wagtailadmin_pages:unpublish", args=[story.pk]), {})


def from_the_list(desk: Client, story: Story) -> None:
    """Unpublish as the list's bulk action does."""
    action = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "unpublish"])
    desk.post(f"{action}?id={story.pk}", {"include_descendants": ""})


def by_script(desk: Client, story: Story) -> None:
    """Unpublish as Wagtail's own methods do."""
    del desk
    story.unpublish()


@pytest.mark.parametrize("unpublish", [at_the_desk, from_the_list, by_script])
def test_it_is_unpublished(desk: Client, unpublish: Callable[[Client, Story], None]):
    """It is taken down, on every path, and the section that lists it is as live as before."""
    story = listed_in_two()

    unpublish(desk, story)

    assert ["publish", "unpublish"] == acts_of(story)
    assert not Story.objects.get(pk=story.pk).live
    assert [True, True] == list(SectionPage.objects.values_list("live", flat=True))


def test_it_expires():
    """When its time is over it ends, and the section that lists it stays."""
    story = listed_in_two(expire_at=NOON + timedelta(hours=1))

    WagtailNewsroom().expire(StoryId(str(story.uuid)), now=NOON + timedelta(hours=2))

    assert ["publish", "expire"] == acts_of(story)
    assert [True, True] == list(SectionPage.objects.values_list("live", flat=True))


def test_it_keeps_its_listing_while_it_is_down():
    """Published again, it stands in both sections as it did."""
    story = listed_in_two()

    story.unpublish()

    assert ["City"] == [section.title for section in Story.objects.get().aliases.all()]


def test_wagtails_own_way_is_refused():
    """Broken twin: Wagtail takes for copies of a page what a story calls its aliases."""
    story = listed_in_two()

    with pytest.raises(ValidationError, match="section “City” stays"):
        UnpublishPageAction(story).execute()
