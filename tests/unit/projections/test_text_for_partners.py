"""Whatever may be written arrives unchanged in what programs and partners read."""

import json

from hypothesis import example, given, settings
from selectolax.lexbor import LexborHTMLParser

from broadsheet.projections import partner_body
from tests.factories.site import bytes_at
from tests.factories.story import an_id
from tests.factories.texts import WRITTEN
from tests.unit.projections.test_text_in_is_text_out import EVERYTHING_HOSTILE, log_saying

KEY = f"/api/stories/{an_id(100)}.json"
ASKED = settings(deadline=None, max_examples=60)
PLACES = (
    "p strong em",
    "h2",
    "blockquote p",
    "blockquote footer",
    "aside blockquote p",
    "ol li",
    "table caption",
    "thead th, tr:first-child th",
    "tr:last-child th",
    "td",
    "aside h3",
    "aside > p",
    "figcaption span",
    "section h3",
    "section > p:last-child",
)


def changed_in_body(text):
    """Return the places of a body for partners that do not say the text."""
    item = json.loads(bytes_at(KEY, log_saying(text)))
    body = LexborHTMLParser(item["bodies"][0]["value"])
    found = {place: body.css_first(place) for place in PLACES}
    return {place for place, at in found.items() if at is None or at.text() != text}


@ASKED
@given(WRITTEN)
@example(EVERYTHING_HOSTILE)
def test_item_says_what_was_written(text):
    """Every word of an item is the text; its plain body joins the story's words and adds none."""
    item = json.loads(bytes_at(KEY, log_saying(text)))

    texts = [
        *(each["value"] for each in item["headlines"]),
        item["descriptions"][0]["value"],
        item["located"],
        item["by"],
        item["copyrightHolder"],
        *(each["name"] for each in item["subjects"]),
        *(each["value"] for each in item["associations"][0]["descriptions"]),
    ]
    assert {text} == set(texts)
    assert item["bodies"][1]["value"].startswith(f"{text}{text}\n\n{text}\n\n{text} {text}\n\n")
    assert item["edNote"].endswith(f": {text}")


@ASKED
@given(WRITTEN)
@example(EVERYTHING_HOSTILE)
def test_html_body_says_what_was_written(text):
    """Every place of the HTML body reads as the text, to a browser's parser."""
    assert set() == changed_in_body(text)


@ASKED
@given(WRITTEN)
@example(EVERYTHING_HOSTILE)
def test_quotation_says_what_was_written(text):
    """An oEmbed quotation has headline, standfirst, author and paper as they were written."""
    key = "/api/oembed/2026/11/22/story-100/oembed.json"

    said = json.loads(bytes_at(key, log_saying(text)))

    quote = LexborHTMLParser(said["html"])
    shown = [quote.css_first("a"), quote.css("blockquote > p")[1], *quote.css("bdi")]
    assert [text] * 4 == [each.text() for each in shown]
    assert [text] * 3 == [said[key] for key in ("title", "author_name", "provider_name")]


@ASKED
@given(WRITTEN)
@example(EVERYTHING_HOSTILE)
def test_lists_say_what_was_written(text):
    """An entry of the read API says every text as it was written."""
    (story,) = json.loads(bytes_at("/api/stories.json", log_saying(text)))["stories"]

    words = [story[key] for key in ("headline", "kicker", "standfirst", "dateline")]
    names = [story["section"]["name"], story["authors"][0]["name"], story["topics"][0]["name"]]
    pictured = [story["picture"][key] for key in ("alternative_text", "caption", "credit")]
    assert {text} == {*words, *names, *pictured}


def test_body_that_escapes_nothing_is_caught(monkeypatch):
    """Without escaping, the same property finds the body changed."""
    monkeypatch.setattr(partner_body, "escape", lambda text: text)

    assert {"h2", "td"} <= changed_in_body(EVERYTHING_HOSTILE)
