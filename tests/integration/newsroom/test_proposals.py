"""Where the desk refuses a text, it has the text that may be written ready to be taken over."""

import json
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from broadsheet.newsroom.models import Story
from tests.factories import rows

pytestmark = pytest.mark.django_db


def asked(browser: Client, *texts: object) -> Any:
    """Return the answer to asking for proposals."""
    return browser.post(
        reverse("proposals"), json.dumps({"texts": texts}), content_type="application/json"
    )


def test_a_proposal_is_the_text_that_may_be_written(desk: Client):
    """Line ends become line ends, quotation marks lost to Windows come back, the rest goes."""
    answer = asked(desk, "One\r\nTwo\x07", "It\x92s", "Fine")

    texts = [made["text"] for made in answer.json()["proposals"]]
    assert ["One\nTwo", "It’s", "Fine"] == texts


def test_places_are_counted_as_a_browser_counts(desk: Client):
    """After an emoji, which is two to a browser, a place is where the browser finds it."""
    answer = asked(desk, "\N{TRAM}\x07!")

    assert [{"start": 2, "end": 3, "proposal": ""}] == answer.json()["proposals"][0]["places"]


def test_what_is_proposed_is_taken_at_the_desk(desk: Client, form: Any):
    """The proposal of a refused text is saved without a complaint."""
    story = rows.a_draft()
    refused = "Work starts\x0b in spring\ufdd0"
    edit = reverse("wagtailadmin_pages:edit", args=[story.pk])
    assert desk.post(edit, form(story, standfirst=refused)).context["form"].errors

    (made,) = asked(desk, refused).json()["proposals"]
    answer = desk.post(edit, form(story, standfirst=made["text"]))

    assert 302 == answer.status_code
    latest = Story.objects.get(pk=story.pk).get_latest_revision_as_object()
    assert "Work starts\n in spring" == latest.standfirst


@pytest.mark.parametrize("body", ["", "[]", '{"texts": 5}', '{"texts": [5]}'])
def test_a_question_without_texts_is_answered_in_words(desk: Client, body: str):
    """What asks for no texts is told how to ask."""
    answer = desk.post(reverse("proposals"), body, content_type="application/json")

    assert (400, "texts" in answer.json()["problem"]) == (answer.status_code, True)


def test_the_desks_pages_load_the_button(desk: Client):
    """The script is a file of its own, loaded by every form."""
    page = desk.get(reverse("wagtailadmin_pages:edit", args=[rows.a_draft().pk])).content.decode()

    assert '/desk/static/newsroom/proposals.js"' in page
    assert 'data-proposals-url="/desk/proposals/"' in page


def test_readers_get_no_proposals():
    """Who is not signed in is asked to."""
    assert 302 == asked(Client(), "One\x07").status_code
