"""
Writes where a paper's files are into its own style sheet, and says where it is no CSS.

A style sheet names a file as it lies in the theme's folder, url("assets/serif.woff2"); browsers
find it by an address with its hash. What the site's security policy would not let them load, or
what is not there, is refused here: a browser would pass over it without a word.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import tinycss2

from broadsheet.projections.theme.broken import ThemeBroken

NAME = "paper.css"
_TAKE_ADDRESSES = {"url", "src", "image-set", "-webkit-image-set", "-moz-image-set"}
_ONLY_IN_FRONT = {"import", "charset", "namespace"}
_SEEN = 'name it as it lies in the theme\'s folder, as in url("assets/name.woff2")'

_IS_OF_THE_SITE = re.compile(r"#|/(?![/\\]|assets/)")  # assets have addresses nobody can foresee

Node = Any  # tinycss2's nodes share no base class that is typed


def with_addresses(css: str, addresses: Mapping[str, str]) -> str:
    """
    Return a style sheet that names files by where they are; addresses are by name in the folder.

    Raises:
        ThemeBroken: it is no CSS, or names what is not there; the message gives the line.

    """
    try:
        return _rewritten(css, addresses)
    except RecursionError as error:
        message = f"{NAME}: it has too many brackets in one another"
        raise ThemeBroken(message) from error


def _rewritten(css: str, addresses: Mapping[str, str]) -> str:
    nodes = _parsed(css)
    for node in _all(nodes):
        if node.type == "error":
            _refuse(node, f"this cannot be read: {node.message}")
        if node.type == "at-keyword" and node.lower_value in _ONLY_IN_FRONT:
            _refuse(node, f"@{node.value} has no effect after our style sheet; leave it out")
    for node in _named(nodes):
        _give_address(node, addresses)
    return str(tinycss2.serialize(nodes)).removesuffix("\n")


def _parsed(css: str) -> Sequence[Node]:
    """Return a style sheet's nodes; one that ends within a block would swallow what we add."""
    nodes: list[Node] = tinycss2.parse_component_value_list(f"{css}\n}}")
    if not (nodes and nodes[-1].type == "error" and nodes[-1].kind == "}"):
        last = nodes[-1].source_line if nodes else 1
        message = f"{NAME}: what begins on line {last} is not closed; close it"
        raise ThemeBroken(message)
    return nodes[:-1]


def _all(nodes: Sequence[Node]) -> Iterator[Node]:
    for node in nodes:
        yield node
        yield from _all(getattr(node, "content", None) or getattr(node, "arguments", None) or ())


def _named(nodes: Sequence[Node]) -> Iterator[Node]:
    """Yield what holds an address: url(bare), and strings within functions that take one."""
    for node in _all(nodes):
        if node.type == "url":
            yield node
        elif node.type == "function" and node.lower_name in _TAKE_ADDRESSES:
            yield from (each for each in node.arguments if each.type == "string")


def _give_address(node: Node, addresses: Mapping[str, str]) -> None:
    said = str(node.value)
    if _IS_OF_THE_SITE.match(said):
        return  # a part of the page, or another path of this site
    name, part = said.removeprefix("./"), ""
    for mark in "#?":
        if mark in name:
            name, _, rest = name.partition(mark)
            part = mark + rest + part
    if name not in addresses:
        is_elsewhere = "//" in said or said.startswith("data:")
        why = "which the site's security policy forbids" if is_elsewhere else "which is not there"
        _refuse(node, f"it names {said[:100]}, {why}; {_SEEN}")
    address = addresses[name] + part
    node.representation = f'url("{address}")' if node.type == "url" else f'"{address}"'


def _refuse(node: Node, why: str) -> None:
    message = f"{NAME}, line {node.source_line}: {why}"
    raise ThemeBroken(message)
