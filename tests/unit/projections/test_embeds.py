"""Readers get an embed as a card of our own, and their browsers ask nobody else for anything."""

import re

import pytest

from broadsheet.projections import blocks
from broadsheet.story.body import Embed, text_of
from tests.factories.site import a_paper, bytes_at
from tests.factories.story import a_content, a_story
from tests.factories.structured import DATA_BLOCK

URL = "https://www.youtube.com/watch?v=abc"


def page_with(**changes: str) -> str:
    """Return the page of a story with one embed."""
    said = {"url": URL, "provider": "YouTube", "title": "The first tram", "author": "City TV"}
    story = a_story(content=a_content(body=(Embed(**(said | changes)),)))
    return bytes_at(story.address, a_paper(story)).decode()


def card_on(page: str) -> str:
    """Return the source of the card on a page."""
    found = re.search(r'(?s)<figure class="embed".*?</figure>', page)
    assert found
    return found[0]


def test_a_card_says_what_and_where_and_leads_there():
    """Title, provider and author are words of the card; the title is the link."""
    card = card_on(page_with())

    assert f'<a href="{URL}" rel="external noopener"><bdi>The first tram</bdi></a>' in card
    assert "<bdi>YouTube</bdi>" in card
    assert "City TV" in card


def test_nothing_of_the_embed_is_loaded():
    """The page holds no frame and no picture of the provider, and no script but our own."""
    page = page_with()

    assert 1 == page.count("www.youtube.com")  # the link
    assert 1 == page.count("youtube-nocookie.com")  # what our script may load for a reader
    assert ["/assets/site.js"] == re.findall(r'<script[^>]* src="([^"]*)"', page)
    assert 2 == page.count("<script")  # ours, and a block of data
    assert 1 == page.count(DATA_BLOCK)
    for element in ("<iframe", "<embed", "<object"):
        assert element not in page


def test_a_card_without_words_says_where_it_leads():
    """Without a title the author is the link, without either the address; then the host stands."""
    assert "<bdi>City TV</bdi></a>" in card_on(page_with(title=""))

    bare = card_on(page_with(title="", author="", provider=""))
    assert "<bdi>www.youtube.com/watch?v=abc</bdi></a>" in bare
    assert "<bdi>youtube.com</bdi>" in bare


@pytest.mark.parametrize("text", ["<script>alert(1)</script>", '"><img src=x onerror=alert(1)>'])
def test_hostile_words_are_text(text: str):
    """Markup in what somebody else says is shown as the characters it is."""
    page = page_with(title=text, author=text, provider=text)

    assert "alert(1)" in page
    assert 2 == page.count("<script")  # ours, and a block of data
    assert 1 == page.count(DATA_BLOCK)
    assert "<img src=x" not in page


def test_an_address_that_runs_something_is_no_link():
    """Should such an address come into the log, it is text on the page."""
    card = card_on(page_with(url="javascript:alert(1)", title="Look"))

    assert "<a " not in card
    assert "Look" in card


def test_a_link_that_is_not_judged_is_found(monkeypatch: pytest.MonkeyPatch):
    """The broken twin: a projection that links to anything would have it run."""
    monkeypatch.setattr(blocks, "_href", lambda href: href)

    assert '<a href="javascript:alert(1)"' in page_with(url="javascript:alert(1)")


def test_words_of_an_embed_are_its_title():
    """What is counted and searched of an embed is its title."""
    assert "Trams" == text_of(Embed(url=URL, provider="", title="Trams", author="City TV"))
