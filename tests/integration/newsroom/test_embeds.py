"""An editor pastes an address; readers get a card, and no hostile address gets past the field."""

import json
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.test.utils.form_data import streamfield

from broadsheet.media.fetching.guarded import PUBLIC, Fetcher
from broadsheet.media.oembed.looking_up import Found, NotFound
from broadsheet.newsroom.embeds import looking_up
from broadsheet.newsroom.models import Story
from broadsheet.story.body import Embed
from tests.factories import rows
from tests.factories.logged import version_of
from tests.factories.previewed import a_user

pytestmark = pytest.mark.django_db
VIDEO = "https://www.youtube.com/watch?v=dQw4w9WgXcQ"


def an_embed(url: str, **said: str) -> Any:
    """Return what a browser sends for a body of one embed."""
    value = {"url": url, "title": "", "author": "", "provider": "", **said}
    return streamfield([("embed", value)])


def saved(browser: Client, form: Any, body: Any, *, action: str = "action-publish") -> Any:
    """Return the answer to saving a new story with this body."""
    section = rows.a_section_row()
    url = reverse("wagtailadmin_pages:add", args=["newsroom", "story", section.pk])
    return browser.post(url, form(body=body) | {action: "1"})


def test_an_embed_is_published_as_its_words(desk: Client, form: Any):
    """Address, title and author come into the log as they were written, with the known provider."""
    saved(desk, form, an_embed(VIDEO, title="The first tram", author="City TV"))

    [block] = version_of(Story.objects.get()).content.body
    assert Embed(url=VIDEO, provider="YouTube", title="The first tram", author="City TV") == block


def test_an_unknown_address_is_a_plain_card(desk: Client, form: Any):
    """A page of nobody we know is a card with a link; a provider can be written by hand."""
    saved(desk, form, an_embed("https://example.com/a", provider="Radio Lagos"))

    [block] = version_of(Story.objects.get()).content.body
    assert Embed(url="https://example.com/a", provider="Radio Lagos", title="", author="") == block


@pytest.mark.parametrize("action", ["action-publish", "save_draft"])
@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        "data:text/html,<script>alert(1)</script>",
        "http://localhost/",
        "http://127.0.0.1/",
        "http://[::1]/",
        "http://169.254.169.254/latest/meta-data/",
        "http://2130706433/",
        "https://ada:secret@example.com/",
        "https://example.com:8443/",
        "ftp://example.com/a",
        "not an address",
    ],
)
def test_a_hostile_address_is_refused_beside_its_field(
    desk: Client, form: Any, address: str, action: str
):
    """What leads to no public page is neither kept nor published; the form shows why."""
    answer = saved(desk, form, an_embed(address), action=action)

    assert 200 == answer.status_code
    assert not Story.objects.exists()
    [error] = answer.context["form"].errors["body"].as_data()
    [of_block] = error.block_errors.values()
    assert {"url"} == set(of_block.block_errors)


def test_hidden_characters_are_refused(desk: Client, form: Any):
    """A title that turns the direction of writing around is refused as everywhere."""
    answer = saved(desk, form, an_embed(VIDEO, title="a\u202eb"))

    assert b"may not be written" in answer.content
    assert not Story.objects.exists()


def ask(browser: Client, data: Any) -> Any:
    """Return the answer to the button."""
    return browser.post(reverse("look_up_embed"), data, content_type="application/json")


def test_the_button_is_told_what_the_provider_says(desk: Client, monkeypatch: Any):
    """Title, author and provider come back as text for the fields."""
    asked = []

    def answering(address: str, fetcher: Any) -> Found:
        asked.append((address, type(fetcher), fetcher._policy))
        return Found("YouTube", "Trams", "City TV")

    monkeypatch.setattr(looking_up, "look_up", answering)

    answer = ask(desk, {"url": VIDEO})

    assert {"provider": "YouTube", "title": "Trams", "author": "City TV"} == answer.json()
    assert [(VIDEO, Fetcher, PUBLIC)] == asked  # by the policy that reaches public pages alone


def test_the_button_is_told_why_nothing_is_found(desk: Client, monkeypatch: Any):
    """A provider that does not answer is a sentence, and no error."""

    def failing(address: str, fetcher: Any) -> Found:
        raise NotFound("YouTube could not be asked")

    monkeypatch.setattr(looking_up, "look_up", failing)

    assert {"problem": "YouTube could not be asked"} == ask(desk, {"url": VIDEO}).json()


@pytest.mark.parametrize("url", ["http://localhost/@ada/117", "http://127.0.0.1/@ada/117"])
def test_the_desk_asks_nobody_inside(desk: Client, url: str):
    """With the real fetcher, an address inside is not asked, and said to be why."""
    assert "problem" in ask(desk, {"url": url}).json()


@pytest.mark.parametrize("data", ["", "[]", '"x"', '{"url": 1}', "{", "x" * 20_000])
def test_a_forged_question_is_refused(desk: Client, data: str):
    """What is no question is answered so, and asks nobody."""
    assert 400 == ask(desk, data).status_code


def test_only_writers_may_ask(desk: Client, editor: Any):
    """Readers, strangers at the desk and forms of other sites look nothing up; nor does a GET."""
    url = reverse("look_up_embed")
    for browser in (Client(), a_user("guest")):
        assert 302 == ask(browser, {"url": VIDEO}).status_code
    forged = Client(enforce_csrf_checks=True)
    forged.force_login(editor)
    assert 403 == ask(forged, {"url": VIDEO}).status_code
    assert 405 == desk.get(url).status_code


def test_publishing_asks_nobody(desk: Client, form: Any, monkeypatch: Any):
    """Saving and publishing look nothing up: no name is resolved and no connection made."""

    def unreachable(*args: Any, **options: Any) -> Any:
        message = "somebody asked the network"
        raise AssertionError(message)

    monkeypatch.setattr("socket.getaddrinfo", unreachable)

    saved(desk, form, an_embed(VIDEO))

    assert Story.objects.get().live


def test_the_form_shows_the_button(desk: Client):
    """The story's form has the button's script, and its markup for new blocks."""
    story = rows.a_draft(body=[("embed", {"url": VIDEO, "title": "Trams"})])

    page = desk.get(reverse("wagtailadmin_pages:edit", args=[story.pk])).content.decode()

    assert "data-embed-look-up" in page
    assert "newsroom/embeds.js" in page


def test_an_embed_stays_as_it_is_when_a_draft_is_saved_again(desk: Client):
    """What a revision holds of an embed comes back the same."""
    story = rows.a_draft(body=[("embed", {"url": VIDEO, "title": "Trams"})])

    [block] = Story.objects.get(pk=story.pk).get_latest_revision_as_object().body

    assert (VIDEO, "Trams") == (block.value["url"], block.value["title"])
    assert json.dumps(block.get_prep_value())


def test_scripts_hold_no_address_of_others():
    """The script of the button asks the desk alone."""
    static = Path(looking_up.__file__).parents[1] / "static" / "newsroom" / "embeds.js"

    assert "http" not in static.read_text("utf-8")
