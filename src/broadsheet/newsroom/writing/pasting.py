"""
Cleans what comes as HTML, from a paste or a forged form, to what a stretch of text can be.

What has no meaning for readers goes without a word: scripts, styles, classes, pixels that
count. Words stay, whatever stood around them. What a person would miss is named: pictures,
tables, players, links that lead nowhere. What our own editor made is left as it is, to the
byte: a link somebody typed there is refused in words, not dropped.

Takes time by the length alone. So Python's parser, which takes the square of what never ends,
reads nothing that nh3 has not made well-formed; and nh3, which takes the square of the depth,
nothing deeper than any page.
"""

import re
from collections import Counter
from typing import NamedTuple

import nh3

from broadsheet.newsroom.rich_text import html_of, paragraphs
from broadsheet.newsroom.writing.flattening import BLOCKS, CELLS, LISTS, MARKED, flat
from broadsheet.newsroom.writing.marks import meant_by
from broadsheet.newsroom.writing.missed import missed

LONGEST = 2_000_000  # characters of a paste; a long story is 40,000
TOO_LONG = "This is longer than any story; paste it in parts"
TOO_DEEP = "its marks and links (they stood too deep in one another)"
DEEPEST = 1_000  # elements in one another; browsers stop at 512
MOST_BUILT = 200_000  # elements; some 2 s

# All that our editor writes, tag by tag. A key is how comments find their paragraph.
_OURS = re.compile(
    r"(?:[^<]++"
    r"|</(?:p|b|strong|i|em|ul|ol|li|a)>|<br ?/?>"
    r'|<(?:p|b|strong|i|em|ul|ol|li)(?: data-block-key="[^"<>]*+")?>'
    r'|<a(?: href="[^"<>]*+")?>'
    r'|<a linktype="page" id="[0-9]{1,18}">|<a id="[0-9]{1,18}" linktype="page">)*+'
)
_TAG = re.compile(r"<(/?)([A-Za-z][^\s/<>]*+)[^<>]*+>")
# They end by themselves, or are empty: left open they stand in nothing.
_END_ALONE = frozenset(
    {"p", "li", "dt", "dd", "option", "tr", "td", "th", "tbody", "thead", "tfoot", "br", "hr"}
    | {"img", "input", "meta", "link", "col", "base", "wbr", "source", "area", "embed", "param"}
)
# HTML's formatting elements. Source: html.spec.whatwg.org, 13.2.4.2, read 2026-11-28.
_BEGIN_ANEW = frozenset(
    {"a", "b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong"}
    | {"tt", "u"}
)
_WITH_CONTENT = frozenset(
    {"script", "style", "template", "noscript", "title", "head", "iframe", "object", "embed"}
    | {"applet", "svg", "math", "canvas", "audio", "video", "select", "datalist", "noembed"}
    | {"noframes"}
)
_AT_EDGES = re.compile(r" *(<(?:/?(?:p|ul|ol|li)|br/)>) *")  # spaces nobody typed
_PAGE = "page:"  # no address begins so: nh3 keeps http, https and mailto alone


class Cleaned(NamedTuple):
    """A stretch of text as ours, and what somebody might miss in it."""

    html: str
    taken_out: tuple[str, ...]


def cleaned(html: str) -> Cleaned:
    """Return a stretch of text that holds nothing but what our editor makes."""
    if _is_ours(html):
        return Cleaned(html, ())
    is_too_deep = _is_too_deep(html)
    if is_too_deep:
        html = _TAG.sub("", html)
    safe = nh3.clean(
        html,
        tags={*BLOCKS, *CELLS, *LISTS, *MARKED, "br", "img"},
        clean_content_tags=set(_WITH_CONTENT),
        attributes={"*": {"style", "class"}, "a": {"href", "linktype", "id"}, "img": {"alt"}},
        attribute_filter=_attribute,
        url_schemes={"http", "https", "mailto"},
        url_relative="deny",  # it leads nowhere from here, or somewhere else
        link_rel=None,
    )
    blocks = paragraphs(_AT_EDGES.sub(r"\1", flat(safe)), page_href=lambda key: f"{_PAGE}{key}")
    ours = re.sub(rf'href="{_PAGE}(\d+)"', r'linktype="page" id="\1"', html_of(blocks))
    return Cleaned(ours, (TOO_DEEP,) if is_too_deep else missed(html))


def _is_ours(html: str) -> bool:
    return _OURS.fullmatch(html) is not None


def _is_too_deep(html: str) -> bool:
    """Return whether a browser would build far more of it than its length says, at a glance."""
    open_: Counter[str] = Counter()
    depth = marks = built = 0
    for ends, name in _TAG.findall(html):
        tag = name.lower()
        built += marks  # marks left open begin anew in each element
        if tag in _END_ALONE or (ends and not open_[tag]):
            continue
        step = -1 if ends else 1
        open_[tag] += step
        depth += step
        marks += step if tag in _BEGIN_ANEW else 0
        if depth > DEEPEST or built > MOST_BUILT:
            return True
    return False


def _attribute(tag: str, name: str, value: str) -> str | None:
    """Keep of a style only what it means; Google Docs wraps all in a plain <b>."""
    del tag
    return meant_by(name, value) if name in {"style", "class"} else value
