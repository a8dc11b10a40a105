"""The desk's list shows the newest draft of a live story, whatever saves, moves or sweeps."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.test.utils.form_data import inline_formset

from broadsheet.newsroom.desk import listing, mending
from broadsheet.newsroom.models import ListedStory, Story
from tests.factories import rows

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]


@pytest.fixture
def changed(desk: Client, form: Any) -> Story:
    """Return a live story with a draft that has another kicker and author."""
    story, ben = rows.a_live_story(), rows.an_author_row("Ben")
    told = {
        "kicker": "A draft's kicker",
        "bylines": inline_formset([{"author": ben.pk, "role": "", "ORDER": 1}]),
    }
    edit = reverse("wagtailadmin_pages:edit", args=[story.pk])
    assert 302 == desk.post(edit, form(story, **told)).status_code
    return Story.objects.get(pk=story.pk)


def said_of(story: Story) -> dict[str, Any]:
    """Return what the list says of a story."""
    row = ListedStory.objects.get(pk=story.pk)
    return listing.facts_of(row) | {"authors": row.authors}


def test_the_list_shows_the_draft(changed: Story):
    """Kicker and author are those of the draft, not those readers have."""
    said = said_of(changed)

    assert "A draft's kicker" == said["kicker"]
    assert "Ben" == Story.objects.get().get_latest_revision_as_object().bylines.first().author.name
    assert said["authors"] == listing.key_of(listing.authors_of(changed)) != ""


def test_a_sweep_leaves_it(changed: Story):
    """What is true is not taken back to what the live row says."""
    before = said_of(changed)

    mending.mend(after_pk=0)

    assert before == said_of(changed)


def test_a_move_leaves_it_but_for_the_section(changed: Story):
    """Moving the story to another section changes its place in the list, and nothing else."""
    before = said_of(changed)

    changed.move(rows.a_section_row("Culture"), pos="last-child")

    after = said_of(changed)
    assert {"section_path"} == {name for name in before if before[name] != after[name]}


def test_a_sweep_mends_authors(changed: Story):
    """An author another tool wrote into the row gives way to the draft's."""
    before = said_of(changed)
    ListedStory.objects.filter(pk=changed.pk).update(authors="999")

    mending.mend(after_pk=0)

    assert before == said_of(changed)


def test_a_sweep_asks_no_more_for_more_drafts(changed: Story, django_assert_max_num_queries: Any):
    """Drafts are read together: five are read with as many questions as one."""
    for _ in range(4):
        rows.a_draft()

    with django_assert_max_num_queries(4):
        mending.mend(after_pk=0)
    assert changed.has_unpublished_changes
