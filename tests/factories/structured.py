"""Reads the structured data and the tags of a page, by parsers that wrote none of it."""

import json
from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from selectolax.lexbor import LexborHTMLParser

from broadsheet.story.body import PictureUse, Update
from broadsheet.story.ids import PictureId, Sha256
from broadsheet.story.records import Record, Rendition
from tests.factories.site import page_at
from tests.factories.story import NOON, a_paragraph, an_id

PAPER = "https://paper.example"
STORY = ("NewsArticle", "LiveBlogPosting")
LEAD = PictureUse(picture=PictureId(an_id(3)), caption="")
DATA_BLOCK = '<script type="application/ld+json">'
OUR_SCRIPT = '<script type="module" src="/assets/'  # which previews' policy lets nobody run


def graph_in(page: LexborHTMLParser) -> list[dict[str, Any]]:
    """Return the nodes of a page's one block of data."""
    (block,) = page.css('head script[type="application/ld+json"]')
    data = json.loads(block.text())
    assert "https://schema.org" == data["@context"]
    return data["@graph"]  # type: ignore[no-any-return]  # JSON


def node_in(page: LexborHTMLParser, *kinds: str) -> dict[str, Any]:
    """Return the one node of a page that is of one of these kinds."""
    (found,) = (node for node in graph_in(page) if node["@type"] in kinds)
    return found


def node_at(key: str, log: Iterable[Record], *kinds: str) -> dict[str, Any]:
    """Return the one node of these kinds on the page at a key."""
    return node_in(page_at(key, log), *kinds)


def tags_in(page: LexborHTMLParser, *names: str) -> list[str]:
    """Return what a page's tags say, in their order, for each of these names."""
    return [
        tag.attributes["content"] or ""
        for name in names
        for tag in page.css(f"head meta[property='{name}'], head meta[name='{name}']")
    ]


def a_size(number: int, width: int, height: int, shape: str = "") -> Rendition:
    """Return a JPEG of a picture."""
    sha256 = Sha256(f"{number:02}" * 32)
    return Rendition(
        sha256=sha256, width_px=width, height_px=height, format="jpeg", bytes=9, shape=shape
    )


SIZES = (
    a_size(1, 1600, 1067),
    a_size(2, 1200, 675, "16:9"),
    a_size(3, 1200, 900, "4:3"),
    a_size(4, 1067, 1067, "1:1"),
)


def an_update(number: int, **changes: Any) -> Update:
    """Return an update of a live story, so many hours after noon."""
    said: dict[str, Any] = {
        "id": f"u{number}",
        "at": NOON + number * timedelta(hours=1),
        "headline": f"Update {number}",
        "text": (a_paragraph(f"Words {number}."),),
    }
    return Update(**(said | changes))
