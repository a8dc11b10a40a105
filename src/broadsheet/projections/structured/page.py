"""Tells of pages that are no story's: what kind each is, and which stories it lists."""

from collections.abc import Iterable
from typing import NamedTuple

from broadsheet.projections.structured.nodes import Node, named, node
from broadsheet.projections.structured.paper import Paper


class Listed(NamedTuple):
    """A story as a page lists it."""

    headline: str
    url: str  # whole


def page(
    kind: str, *, name: str, url: str, paper: Paper, language: str, stories: Iterable[Listed]
) -> Node:
    """Return a page, with the stories it lists in reading order."""
    items = tuple(
        node("ListItem", position=n, name=story.headline, url=story.url)
        for n, story in enumerate(stories, start=1)
    )
    told = node(
        kind,
        name=name,
        url=url,
        inLanguage=language,
        isPartOf={"@id": paper.website_id},
        mainEntity=node("ItemList", itemListElement=items) if items else None,
    )
    return named(url, told)
