"""Tests for what a body's blocks say as plain words, and which pictures they use."""

import pytest

from broadsheet.projections.lists import pictures_shown
from broadsheet.story.body import (
    FactBox,
    Gallery,
    Heading,
    Paragraph,
    PictureUse,
    Points,
    PullQuote,
    Quote,
    Run,
    Table,
    Update,
    text_of,
)
from broadsheet.story.versions import decoded, encoded
from tests.factories.story import NOON, a_content, a_paragraph, a_story, an_id

USE = PictureUse(picture=an_id(3), caption="A tram")
POINTS = Points(items=((Run(text="One "), Run(text="two", strong=True)), ()), is_numbered=False)
BLOCKS = {
    a_paragraph("Words"): "Words",
    Heading(text="Head"): "Head",
    Quote(text="Said", attribution="Ada"): "Said Ada",
    PullQuote(text="Large", attribution=""): "Large",
    POINTS: "One two\n",
    Table(
        caption="Cap",
        rows=(("a", "b"), ("c", "")),
        has_header_row=False,
        has_header_column=False,
    ): "Cap\na\tb\nc\t",
    FactBox(title="Facts", text=(a_paragraph("Words"), POINTS)): "Facts\nWords\nOne two\n",
    Gallery(pictures=(USE, USE)): "A tram\nA tram",
    Update(id="u1", at=NOON, headline="", text=(Paragraph(runs=()),)): "",
    USE: "A tram",
}


@pytest.mark.parametrize("block", BLOCKS, ids=lambda block: type(block).__name__)
def test_words_of_every_block(block):
    """Each kind of block says its words, lines and cells apart, and survives the log."""
    assert BLOCKS[block] == text_of(block)
    story = a_story(content=a_content(body=(block,)))
    assert story == decoded(encoded(story))


def test_pictures_of_a_gallery_are_shown():
    """A story shows the pictures of its galleries, each once, in order."""
    gallery = Gallery(pictures=(USE, PictureUse(picture=an_id(5), caption="")))
    content = a_content(lead=USE, body=(gallery, PictureUse(picture=an_id(4), caption="")))

    assert (an_id(3), an_id(5), an_id(4)) == pictures_shown(a_story(content=content))
