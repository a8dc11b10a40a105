"""A story begins in a section its writer writes for, and every act leads back to the desk."""

import pytest
from django.test import Client
from django.urls import reverse

from broadsheet.newsroom.models import SectionPage, Story
from broadsheet.newsroom.roles.flow import ensure_flow
from broadsheet.newsroom.roles.names import Role
from tests.factories import rows
from tests.integration.newsroom.conftest import Form

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]
BEGIN = "stories:choose_parent"


def at_desk(name: str, role: Role, *sections: SectionPage) -> Client:
    """Return the browser of somebody with a role, for some sections or for all."""
    client = Client()
    client.force_login(rows.a_person(name, role, sections=sections))
    return client


def begins_in(section: SectionPage) -> str:
    """Return where the form of a new story in a section is."""
    return reverse("wagtailadmin_pages:add", args=["newsroom", "story", section.pk])


def test_a_new_story_asks_for_its_section_in_one_press():
    """Every section one writes for is a link to the form of a new story there."""
    world, city = rows.a_section_row("World"), rows.a_section_row("City")
    culture = rows.a_section_row("Culture")

    text = at_desk("rae", Role.REPORTER, world, city).get(reverse(BEGIN)).content.decode()

    assert [True, True, False] == [begins_in(each) in text for each in (world, city, culture)]
    assert "in which section?" in text


def test_who_writes_for_one_section_is_not_asked():
    """With one answer only, the form comes at once."""
    world, _ = rows.a_section_row("World"), rows.a_section_row("City")

    response = at_desk("rae", Role.REPORTER, world).get(reverse(BEGIN))

    assert begins_in(world) == response.url


def test_who_writes_nowhere_begins_nothing():
    """A picture editor is led away, without a list of sections."""
    world = rows.a_section_row("World")

    response = at_desk("kim", Role.PICTURE_EDITOR).get(reverse(BEGIN))

    assert begins_in(world) not in response.content.decode()
    assert 200 != response.status_code


def test_a_submitted_story_leads_back_to_the_desk(form: Form):
    """After submitting, one sees what is asked of one, and that the story waits for others."""
    world = rows.a_section_row("World")
    ensure_flow()
    client = at_desk("rae", Role.REPORTER, world)

    response = client.post(begins_in(world), form() | {"action-submit": "yes"})

    assert 1 == Story.objects.count()
    assert reverse("wagtailadmin_home") == response.url


def test_a_sections_place_in_the_tree_is_the_list_of_its_stories():
    """Wagtail's table of a section, which no phone can show, is our list with its filter."""
    world = rows.a_section_row("World")

    response = at_desk("ed", Role.EDITOR).get(reverse("wagtailadmin_explore", args=[world.pk]))

    assert f"{reverse('stories:index')}?section={world.pk}" == response.url


def test_what_is_to_decide_says_once_that_it_was_submitted(form: Form):
    """The desk names who submitted a story, and does not say “submitted” twice."""
    world = rows.a_section_row("World")
    ensure_flow()
    at_desk("rae", Role.REPORTER).post(begins_in(world), form() | {"action-submit": "yes"})

    text = at_desk("ed", Role.EDITOR).get(reverse("wagtailadmin_home")).content.decode()

    assert "submitted by rae" in text
    assert "submitted; submitted" not in text
