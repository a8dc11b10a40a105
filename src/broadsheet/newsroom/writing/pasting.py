"""
Cleans what comes as HTML, from a paste or a forged form, to what a stretch of text can be.

What has no meaning for readers goes without a word: scripts, styles, classes, pixels that
count. Words stay, whatever stood around them. What a person would miss is named: pictures,
tables, players, links that lead nowhere. What our own editor made is left as it is, to the
byte: a link somebody typed there is refused in words, not dropped.
"""

import re
from collections import Counter
from html import escape
from html.parser import HTMLParser
from typing import NamedTuple

import nh3

from broadsheet.newsroom.rich_text import html_of, paragraphs

LONGEST = 2_000_000  # characters of a paste; a long story is 40,000
TOO_LONG = "This is longer than any story; paste it in parts"

Attributes = list[tuple[str, str | None]]

_OURS: dict[str, set[str]] = {
    "p": set(),
    "br": set(),
    "b": set(),
    "strong": set(),
    "i": set(),
    "em": set(),
    "ul": set(),
    "ol": set(),
    "li": set(),
    "a": {"href", "linktype", "id"},
}
_KEY = "data-block-key"  # by which comments find their paragraph
_BLOCKS = frozenset(
    {"address", "article", "aside", "blockquote", "caption", "center", "dd", "details", "dialog"}
    | {"div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "header", "hr"}
    | {"h1", "h2", "h3", "h4", "h5", "h6", "legend", "main", "nav", "p", "pre", "section"}
    | {"summary", "table", "tbody", "tfoot", "thead", "tr"}
)
_CELLS = frozenset({"td", "th"})
_LISTS = frozenset({"ul", "ol", "li"})
_WITH_CONTENT = frozenset(
    {"script", "style", "template", "noscript", "title", "head", "iframe", "object", "embed"}
    | {"applet", "svg", "math", "canvas", "audio", "video", "select", "textarea", "button"}
    | {"datalist", "noembed", "noframes", "plaintext", "xmp"}
)
_PLAYERS = frozenset({"iframe", "video", "audio", "embed", "object"})
_STYLED = ("b", "strong", "i", "em", "span")
_BOLD = re.compile(r"font-weight\s*:\s*(?:bold|bolder|[6-9]00)", re.IGNORECASE)
_PLAIN = re.compile(r"font-weight\s*:\s*(?:normal|[1-4]00)", re.IGNORECASE)
_ITALIC = re.compile(r"font-style\s*:\s*(?:italic|oblique)", re.IGNORECASE)
_PIXEL = re.compile(r"[01](?:px)?")
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
    safe = nh3.clean(
        html,
        tags=set(_OURS) | _BLOCKS | _CELLS | {"span"},
        clean_content_tags=set(_WITH_CONTENT),
        attributes={"a": {"href", "linktype", "id"}, **{tag: {"style"} for tag in _STYLED}},
        attribute_filter=_attribute,
        url_schemes={"http", "https", "mailto"},
        url_relative="deny",  # it leads nowhere from here, or somewhere else
        link_rel=None,
    )
    flat = _Flattener()
    flat.feed(safe)
    flat.close()
    blocks = paragraphs(
        _AT_EDGES.sub(r"\1", "".join(flat.parts)), page_href=lambda key: f"{_PAGE}{key}"
    )
    ours = re.sub(rf'href="{_PAGE}(\d+)"', r'linktype="page" id="\1"', html_of(blocks))
    return Cleaned(ours, tuple(_missed(html)))


def _is_ours(html: str) -> bool:
    checker = _Checker()
    checker.feed(html)
    checker.close()
    return checker.is_ours


def _attribute(tag: str, name: str, value: str) -> str | None:
    """Keep of a style only what emphasis it means; Google Docs wraps all in a plain <b>."""
    if name != "style":
        return value
    del tag
    found = [
        word
        for word, style in (("bold", _BOLD), ("plain", _PLAIN), ("italic", _ITALIC))
        if style.search(value)
    ]
    return " ".join(found) or None


class _Checker(HTMLParser):
    """Looks for anything that our editor does not make."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.is_ours = True

    def handle_starttag(self, tag: str, attrs: Attributes) -> None:
        known = _OURS.get(tag)
        names = {name for name, _ in attrs} - {_KEY}
        if known is None or not names <= known:
            self.is_ours = False

    def handle_endtag(self, tag: str) -> None:
        self.is_ours = self.is_ours and tag in _OURS

    def handle_comment(self, data: str) -> None:
        del data
        self.is_ours = False

    def handle_decl(self, decl: str) -> None:
        self.handle_comment(decl)

    def handle_pi(self, data: str) -> None:
        self.handle_comment(data)

    def unknown_decl(self, data: str) -> None:
        self.handle_comment(data)


class _Flattener(HTMLParser):
    """Writes safe HTML of any structure as paragraphs and points with the marks we know."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self._open: list[tuple[str, str]] = []  # each tag with what ends its marks
        self._is_first_cell = True

    def handle_starttag(self, tag: str, attrs: Attributes) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "br":
            self.parts.append("<br/>")
        elif tag in _BLOCKS:
            self._is_first_cell = True
            self.parts.append("</p><p>")
        elif tag in _LISTS:
            self.parts.append(f"<{tag}>")
        elif tag in _CELLS:
            self.parts.append("" if self._is_first_cell else "\t")
            self._is_first_cell = False
        else:
            begin, end = _marks(tag, given)
            self.parts.append(begin)
            self._open.append((tag, end))

    def handle_endtag(self, tag: str) -> None:
        if tag in _BLOCKS:
            self.parts.append("</p><p>")
        elif tag in _LISTS:
            self.parts.append(f"</{tag}>")
        elif self._open and self._open[-1][0] == tag:
            self.parts.append(self._open.pop()[1])

    def handle_data(self, data: str) -> None:
        # A line end in pasted HTML is a space, but where it stands between blocks it is nothing.
        self.parts.append(escape(re.sub(r"[ \t\r\n\f]+", " ", data), quote=False))


def _marks(tag: str, given: dict[str, str]) -> tuple[str, str]:
    """Return what begins the marks an element means, and what ends them."""
    style = given.get("style", "").split()
    if tag == "a":
        if given.get("linktype") == "page" and given.get("id", "").isdecimal():
            return f'<a linktype="page" id="{given["id"]}">', "</a>"
        href = given.get("href")
        return (f'<a href="{escape(href)}">', "</a>") if href else ("", "")
    bold = "bold" in style or (tag in {"b", "strong"} and "plain" not in style)
    italic = "italic" in style or tag in {"i", "em"}
    return (
        ("<b>" if bold else "") + ("<i>" if italic else ""),
        ("</i>" if italic else "") + ("</b>" if bold else ""),
    )


class _Counter(HTMLParser):
    """Counts what a person would miss."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: Counter[str] = Counter()

    def handle_starttag(self, tag: str, attrs: Attributes) -> None:
        given = {name: (value or "").strip() for name, value in attrs}
        sizes = (given.get("width", ""), given.get("height", ""))
        if tag == "img" and not any(_PIXEL.fullmatch(size) for size in sizes):
            self.found["picture"] += 1
        elif tag == "table":
            self.found["table"] += 1
        elif tag in _PLAYERS:
            self.found["player"] += 1


_SAID = {
    "picture": (
        "a picture (upload it, and add it as one)",
        "{} pictures (upload them, and add them)",
    ),
    "table": (
        "a table (its words are here; a table of its own keeps its cells)",
        "{} tables (their words are here; tables of their own keep their cells)",
    ),
    "player": ("a video, sound or frame", "{} videos, sounds or frames"),
}


def _missed(html: str) -> list[str]:
    counter = _Counter()
    counter.feed(html)
    counter.close()
    return [
        one if counter.found[kind] == 1 else several.format(counter.found[kind])
        for kind, (one, several) in _SAID.items()
        if counter.found[kind]
    ]
