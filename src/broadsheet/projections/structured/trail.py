"""Tells where a page stands: from the paper's front through its section to the page itself."""

from collections.abc import Sequence
from typing import NamedTuple

from broadsheet.projections.structured.nodes import Node, node


class Step(NamedTuple):
    """A page on the way to this one, or this one itself."""

    name: str
    url: str


def trail(steps: Sequence[Step]) -> Node:
    """
    Return the way to a page.

    The last step is the page itself, which needs no address.
    Source: Google, Breadcrumb structured data (read 2026-11-28).
    """
    last = len(steps)
    return node(
        "BreadcrumbList",
        itemListElement=tuple(
            node("ListItem", position=n, name=step.name, item=step.url if n < last else "")
            for n, step in enumerate(steps, start=1)
        ),
    )
