"""
Writes structured data: nodes of schema.org's vocabulary, linked by their ids, as one graph.

A data block is never executed, so a page that allows no script may carry it. What it says
must not be able to end it: every sign that means something to HTML is written as a number.
"""

from collections.abc import Iterable
from typing import NewType

import msgspec

Node = dict[str, object]  # in the order it is written
DataBlock = NewType("DataBlock", str)  # JSON in which nothing means anything to HTML

# Source: the HTML standard, "Restrictions for contents of script elements"; "&" for readers
# that take the block for XML, and two line ends that JSON allows and JavaScript did not.
_BY_NUMBER = {ord(sign): f"\\u{ord(sign):04x}" for sign in "<>&\u2028\u2029"}


def node(kind: str, **said: object) -> Node:
    """Return a node that says what there is to say: what is empty is left out."""
    return {"@type": kind} | {name: value for name, value in said.items() if value}


def named(node_id: str, found: Node) -> Node:
    """Return a node under an id, by which others of the graph refer to it."""
    return {"@type": found["@type"], "@id": node_id, **found}


def as_data(graph: Iterable[Node]) -> DataBlock:
    """Return a graph as the contents of a data block, safe to stand in a page as it is."""
    whole = {"@context": "https://schema.org", "@graph": tuple(graph)}
    return DataBlock(msgspec.json.encode(whole).decode().translate(_BY_NUMBER))
