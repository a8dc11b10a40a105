"""Whatever a text says, it arrives in a page's data, and does not end it."""

import json

import pytest
from selectolax.lexbor import LexborHTMLParser

from broadsheet.projections.structured.nodes import as_data, node
from tests.factories.site import a_paper, page_at
from tests.factories.story import (
    a_content,
    a_story,
    an_author,
)
from tests.factories.structured import (
    STORY,
    graph_in,
    node_in,
)

HOSTILE = "</script><!--<script>]]>&amp;\"'\\\u2028\u2029\u202eabc\u202c <b>"


def read_back(block: str) -> str:
    """Return the headline a browser's parser finds in a block of data."""
    page = LexborHTMLParser(f"<head><script type='application/ld+json'>{block}</script></head>")
    return str(json.loads(page.css_first("script").text())["@graph"][0]["headline"])


def test_no_text_ends_the_block_of_data():
    """A text that ends scripts, comments or strings is told as it was written."""
    assert HOSTILE == read_back(as_data([node("NewsArticle", headline=HOSTILE)]))


def test_block_written_as_plain_json_is_caught():
    """JSON alone lets the same text end the block."""
    plain = json.dumps({"@graph": [{"headline": HOSTILE}]}, ensure_ascii=False)

    with pytest.raises(json.JSONDecodeError):
        read_back(plain)


def test_hostile_story_is_told_as_it_was_written():
    """Every text of a story arrives in its data, whatever it says."""
    story = a_story(content=a_content(headline=HOSTILE, standfirst=HOSTILE))
    page = page_at(story.address, a_paper(an_author(name=HOSTILE), story))

    told = node_in(page, *STORY)

    assert [HOSTILE] * 3 == [told["headline"], told["description"], told["author"][0]["name"]]
    assert 1 == len(page.css("script:not([src])"))
    assert HOSTILE == node_in(page, "BreadcrumbList")["itemListElement"][-1]["name"]


def test_nothing_empty_is_told():
    """No node of a bare story has a property without a value."""
    bare = a_story(content=a_content(standfirst="", bylines=(), body=()))

    graph = graph_in(page_at(bare.address, a_paper(bare)))

    assert [] == [
        (each["@type"], name)
        for each in graph
        for name, said in each.items()
        if said in ("", [], {}, None)
    ]
