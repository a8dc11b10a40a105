"""What a form cannot take is refused at its place, and nothing typed is lost."""

import pytest
from django.urls import reverse
from wagtail.test.utils.form_data import inline_formset, rich_text, streamfield

from broadsheet.newsroom.models import SectionPage
from tests.factories import rows
from tests.factories.logged import acts_of

pytestmark = pytest.mark.django_db
PUBLISH = {"action-publish": "1"}
EMPTY = ["<p></p>", "<p>   </p>", "<p><b> </b></p><p></p>"]


def edit_url(story) -> str:
    """Return the address of a story's form."""
    return reverse("wagtailadmin_pages:edit", args=[story.pk])


@pytest.mark.parametrize("html", EMPTY)
def test_text_without_words_is_not_published(desk, form, html):
    """An empty paragraph is no body: the form says so at the block, and keeps the rest."""
    story = rows.a_draft()
    body = streamfield([("heading", "Kept"), ("text", rich_text(html))])

    response = desk.post(edit_url(story), form(story, body=body) | PUBLISH)

    page = response.content.decode()
    assert (200, []) == (response.status_code, acts_of(story))
    assert "there are no words here" in page
    assert "Kept" in page


@pytest.mark.parametrize("html", EMPTY)
def test_draft_may_have_text_without_words(desk, form, html):
    """While a story is written, an empty paragraph is no reason not to save it."""
    story = rows.a_draft()
    body = streamfield([("text", rich_text(html))])

    response = desk.post(edit_url(story), form(story, body=body))

    assert 302 == response.status_code, response.context["form"].errors
    assert [] == acts_of(story)


@pytest.mark.parametrize("note", ["Mon\x07day.", "   "])
def test_note_that_may_not_be_written_is_refused(desk, form, note):
    """A note to readers is held to what a story's text is held to."""
    story = rows.a_live_story()
    notes = inline_formset([{"kind": "correction", "text": note, "uuid": ""}])

    response = desk.post(edit_url(story), form(story, corrections=notes) | PUBLISH)

    assert (200, ["publish"]) == (response.status_code, acts_of(story))
    assert "corrections" in response.context["form"].formsets


def test_section_of_a_taken_name_is_refused_at_its_field(desk):
    """A second section with an address that is taken stays in the form, with the reason."""
    world = rows.a_section_row("World")
    url = reverse("wagtailadmin_pages:add", args=["newsroom", "sectionpage", world.get_parent().pk])

    response = desk.post(
        url,
        {"title": "World, again", "slug": "world", "description": "Kept", "position": "2"}
        | {"comments-TOTAL_FORMS": "0", "comments-INITIAL_FORMS": "0"}
        | PUBLISH,
    )

    assert 200 == response.status_code
    assert "slug" in response.context["form"].errors
    assert "Kept" in response.content.decode()
    assert 1 == SectionPage.objects.filter(slug="world").count()


def test_retracted_story_cannot_be_scheduled(desk, form):
    """A time to go live does not bring a retracted story back."""
    story = rows.a_live_story()
    desk.post(reverse("retract_story", args=[story.pk]), {"reason": "We could not confirm it."})
    story.refresh_from_db()

    response = desk.post(
        edit_url(story), form(story, go_live_at="2027-01-01 06:00", title="Once more") | PUBLISH
    )

    assert ["publish", "retract"] == acts_of(story)
    assert "was retracted and cannot return" in response.content.decode()
    assert "Once more" in response.content.decode()
