"""A story comes into another section's lists only by somebody who publishes there."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from broadsheet.newsroom import acts, publishing
from broadsheet.newsroom.models import SectionPage, Story
from broadsheet.newsroom.roles import listings
from broadsheet.newsroom.roles.names import Role
from tests.factories import rows
from tests.integration.newsroom.conftest import Form
from tests.integration.newsroom.front_desk import a_browser

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]
PUBLISH = {"action-publish": "1"}


@pytest.fixture
def city() -> SectionPage:
    """Return the section Sam publishes in."""
    return rows.a_section_row("City")


@pytest.fixture
def world(city: SectionPage) -> SectionPage:
    """Return a section Sam has no role in."""
    assert city
    return rows.a_section_row("World")


@pytest.fixture
def sam(city: SectionPage) -> Any:
    """Return a publisher of City alone."""
    return rows.a_person("sam", Role.PUBLISHER, sections=[city])


def edit_url(story: Story) -> str:
    """Return the address of a story's form."""
    return reverse("wagtailadmin_pages:edit", args=[story.pk])


def listed_in(story: Story) -> list[str]:
    """Return the other sections readers find a story in; none for a draft."""
    newest = publishing.newest_story(story)
    return [] if newest is None else [str(section) for section in newest.content.aliases]


def answer_to_publishing(browser: Client, form: Form, story: Story, *places: SectionPage) -> Any:
    """Return what is said to who publishes a story and lists it in other sections too."""
    listed = {"aliases": [place.pk for place in places]}
    return browser.post(edit_url(story), form(story) | listed | PUBLISH)


def test_a_listing_elsewhere_is_refused_beside_its_field(city, world, sam, form):
    """Nothing is published, and the field says where one may not and who may."""
    story = rows.a_draft(city)

    answer = answer_to_publishing(a_browser(sam), form, story, world)

    assert "you may not publish in “World”" in str(answer.context["form"].errors["aliases"])
    assert publishing.newest_story(story) is None


def test_a_listing_elsewhere_unasked_is_published(city, world, sam, form, monkeypatch):
    """The broken twin: if nobody asks, City's publisher fills World's front."""
    monkeypatch.setattr(listings, "may_on", lambda *_: True)
    story = rows.a_draft(city)

    answer_to_publishing(a_browser(sam), form, story, world)

    assert [str(world.uuid)] == listed_in(story)


def test_who_publishes_in_both_lists_in_both(city, world, form):
    """With a role in the other section the listing is published."""
    story = rows.a_draft(city)
    both = rows.a_person("bo", Role.PUBLISHER, sections=[city, world])

    answer_to_publishing(a_browser(both), form, story, world)

    assert [str(world.uuid)] == listed_in(story)


def test_a_draft_may_hope_for_a_listing(city, world, sam, form):
    """A draft holds the listing, for who may publish it there."""
    story = rows.a_draft(city)

    a_browser(sam).post(edit_url(story), form(story) | {"aliases": [world.pk]})

    draft = Story.objects.get(pk=story.pk).get_latest_revision_as_object()
    assert [world.pk] == [row.pk for row in draft.aliases.all()]


@pytest.mark.parametrize("stays", [True, False])
def test_a_listing_once_let_in_is_no_question(city, world, sam, form, stays):
    """City's publisher changes a story that World lists, and takes it out of World's lists."""
    story = rows.a_draft(city)
    story.aliases.set([world])
    story.save_revision()
    acts.publish_newest(story)
    story = Story.objects.get(pk=story.pk)

    answer_to_publishing(a_browser(sam), form, story, *([world] if stays else []))

    assert [str(world.uuid)] * stays == listed_in(story)


def test_publishing_several_asks_too(city, world, sam):
    """Publishing from the list goes by another path of Wagtail's, and is refused as well."""
    story = rows.a_draft(city)
    story.aliases.set([world])
    story.save_revision()
    address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])

    a_browser(sam).post(f"{address}?id={story.pk}", {"include_descendants": ""})

    assert publishing.newest_story(story) is None


def test_a_schedule_is_refused_at_once(city, world, sam, form):
    """Not at its minute, when nobody is at the desk."""
    story = rows.a_draft(city)
    later = rows.typed(timezone.now() + timedelta(days=1))
    data = form(story, go_live_at=later) | {"aliases": [world.pk]} | PUBLISH

    answer = a_browser(sam).post(edit_url(story), data)

    assert "you may not publish in “World”" in str(answer.context["form"].errors["aliases"])


def test_nobody_at_the_desk_is_not_asked(city, world):
    """The command line acts by its own right."""
    story = rows.a_draft(city)
    story.aliases.set([world])
    story.save_revision()

    acts.publish_newest(story)

    assert [str(world.uuid)] == listed_in(story)
