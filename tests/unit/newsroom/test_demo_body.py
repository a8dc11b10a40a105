"""How the demo's copy becomes the blocks of a body."""

from datetime import UTC, datetime, timedelta

import pytest

from broadsheet.newsroom.writing.demo_body import Around, body_of

BEGAN_AT = datetime(2026, 11, 28, 18, 0, tzinfo=UTC)
AROUND = Around(
    pictures={"harbor": "a harbor", "well": "a well"},
    pages={"Ferry returns": 7, "Wells are dug": 8, "Wells are filled": 9},
    began_at=BEGAN_AT,
)


def blocks_of(*parts: str):
    """Return the blocks of a body that consists of these parts."""
    return body_of(parts, around=AROUND)


def test_parts_without_a_mark_are_one_stretch_of_text():
    """Paragraphs and points that follow each other stay together."""
    blocks = blocks_of("One.", "- two\n- three", "1. four\n2. five")

    html = "<p>One.</p><ul><li>two</li><li>three</li></ul><ol><li>four</li><li>five</li></ol>"
    assert (("text", html),) == blocks


def test_words_are_marked():
    """Stars make emphasis and weight; a link leads to an address."""
    blocks = blocks_of("A *small* and **large** [sea](https://sea.example/).")

    html = '<p>A <i>small</i> and <b>large</b> <a href="https://sea.example/">sea</a>.</p>'
    assert (("text", html),) == blocks


def test_link_leads_to_a_story_by_the_beginning_of_its_headline():
    """Such a link names the page, so that it follows the story's address."""
    blocks = blocks_of("It [sails](Ferry returns) again.")

    assert (("text", '<p>It <a linktype="page" id="7">sails</a> again.</p>'),) == blocks


@pytest.mark.parametrize("headline", ["Wells are", "Nobody wrote this"])
def test_link_to_no_story_or_to_several_is_refused(headline):
    """A link that nobody could follow stops the demo, and says why."""
    with pytest.raises(LookupError, match=headline):
        blocks_of(f"It [leads nowhere]({headline}).")


def test_picture_stands_in_the_body_with_a_caption_of_its_own():
    """A picture between paragraphs may say something else here than elsewhere."""
    blocks = blocks_of("!! harbor | The harbor | at dawn.", "!! well")

    assert (
        ("picture", {"picture": "a harbor", "caption": "The harbor | at dawn."}),
        ("picture", {"picture": "a well", "caption": ""}),
    ) == blocks


def test_gallery_has_a_picture_a_line():
    """Each picture of a gallery may have a caption, too."""
    blocks = blocks_of("%%\nharbor | The harbor.\nwell")

    uses = [
        {"picture": "a harbor", "caption": "The harbor."},
        {"picture": "a well", "caption": ""},
    ]
    assert (("gallery", {"pictures": uses}),) == blocks


def test_update_came_some_minutes_after_the_story_began():
    """The times of a live story are told from its beginning."""
    blocks = blocks_of("@@ 62 | A goal\nNobody near the ball.")

    assert (
        (
            "update",
            {
                "at": BEGAN_AT + timedelta(minutes=62),
                "headline": "A goal",
                "text": "<p>Nobody near the ball.</p>",
            },
        ),
    ) == blocks


def test_boxes_begin_with_their_titles():
    """The first line of a table or fact box is what it is called."""
    blocks = blocks_of("|| Degrees\nStreet | Bare\nSignal Road | 58", "[] The five kinds\nNeem.")

    headers = {"has_header_row": True, "has_header_column": True}
    assert (
        ("table", {"caption": "Degrees", "cells": "Street | Bare\nSignal Road | 58", **headers}),
        ("fact_box", {"title": "The five kinds", "text": "<p>Neem.</p>"}),
    ) == blocks


def test_words_somebody_said_have_their_name():
    """Quotations and pull quotes name who said them, if anybody is named."""
    blocks = blocks_of("> I was there. — Ada", ">> I was there.", "## What next")

    assert (
        ("quote", {"text": "I was there.", "attribution": "Ada"}),
        ("pull_quote", {"text": "I was there.", "attribution": ""}),
        ("heading", "What next"),
    ) == blocks
