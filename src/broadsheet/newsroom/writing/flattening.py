"""Writes safe HTML of any structure as paragraphs and points with the marks a story knows."""

import re
from html import escape
from html.parser import HTMLParser

from broadsheet.newsroom.writing.marks import is_emoji

BLOCKS = frozenset(
    {"address", "article", "aside", "blockquote", "caption", "center", "dd", "details", "dialog"}
    | {"div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "header", "hr"}
    | {"h1", "h2", "h3", "h4", "h5", "h6", "legend", "main", "nav", "p", "pre", "section"}
    | {"summary", "table", "tbody", "tfoot", "thead", "tr"}
)
CELLS = frozenset({"td", "th"})
LISTS = frozenset({"ul", "ol", "li"})
MARKED = ("a", "b", "strong", "i", "em", "span")
_VOID = frozenset({"br", "hr", "img"})
_BREAK = "</p><p>"
_NUMBER = re.compile(r"[(]?\w+[.)]")  # of a point: "1." "b)" "(iv)", where a bullet is a sign


def flat(safe: str) -> str:
    """Return well-formed HTML without what hides, as paragraphs and points."""
    writer = _Flattener()
    writer.feed(safe)
    writer.close()
    return "".join(writer.parts)


class _Flattener(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self._open: list[tuple[str, str]] = []  # each tag with what ends its marks
        self._is_first_cell = True
        self._unseen = 0  # open elements, from one that hides
        self._is_bullet = False  # what hides is a bullet of Word's
        self._poems = 0
        self._point: _Point | None = None
        self._last_point: _Point | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        words = f"{given.get('style', '')} {given.get('class', '')}".split()
        if self._unseen or (tag not in _VOID and {"hidden", "bullet"} & set(words)):
            self._is_bullet = "bullet" in words or (self._unseen > 0 and self._is_bullet)
            self._unseen += tag not in _VOID
        elif tag == "br":
            self.parts.append("<br/>")
        elif tag == "img":
            self.handle_data(given["alt"] if is_emoji(given.get("alt", "")) else "")
        elif tag in BLOCKS:
            self._begin_block(tag, is_point="point" in words)
        elif tag in LISTS:
            self.parts.append(f"<{tag}>")
        elif tag in CELLS:
            self.parts.append("" if self._is_first_cell else "\t")
            self._is_first_cell = False
        else:
            begin, end = _marks(tag, given, words)
            self.parts.append(begin)
            self._open.append((tag, end))

    def handle_endtag(self, tag: str) -> None:
        if self._unseen:
            self._unseen -= 1
        elif tag in BLOCKS:
            self._poems -= tag == "pre"
            self._end_block()
        elif tag in LISTS:
            self.parts.append(f"</{tag}>")
        elif self._open and self._open[-1][0] == tag:
            self.parts.append(self._open.pop()[1])

    def handle_data(self, data: str) -> None:
        if self._unseen:
            if self._is_bullet and self._point:
                self._point.bullet += data
            return
        if self._poems:
            data = data.replace("\r\n", "\n")
            self.parts.append("<br/>".join(_words(line) for line in data.split("\n")))
            return
        self.parts.append(_words(data))

    def _begin_block(self, tag: str, *, is_point: bool) -> None:
        self._is_first_cell = True
        self._poems += tag == "pre"
        self.parts.append(_BREAK)
        if is_point and self._point is None:
            self._point = _Point(len(self.parts))
            self.parts.append("")  # what begins the point is known when its bullet is

    def _end_block(self) -> None:
        point, self._point = self._point, None
        if point is None or not point.bullet.strip():
            self.parts.append(_BREAK)
            return
        tag = "ol" if _NUMBER.fullmatch(point.bullet.strip()) else "ul"
        self.parts[point.begins] = f"<{tag}><li>"
        before = self._last_point
        if before and before.tag == tag and self._nothing_between(before.ends, point.begins):
            self.parts[before.ends], self.parts[point.begins] = "</li>", "<li>"
        point.tag, point.ends = tag, len(self.parts)
        self.parts.append(f"</li></{tag}>")
        self._last_point = point

    def _nothing_between(self, end: int, begin: int) -> bool:
        return all(part == _BREAK or not part.strip() for part in self.parts[end + 1 : begin])


class _Point:
    """A point of Word's: where it begins and ends among the parts, and its bullet."""

    def __init__(self, begins: int) -> None:
        self.begins, self.ends = begins, begins
        self.bullet, self.tag = "", ""


def _words(data: str) -> str:
    # A line end in pasted HTML is a space, but where it stands between blocks it is nothing.
    return escape(re.sub(r"[ \t\r\n\f]+", " ", data), quote=False)


def _marks(tag: str, given: dict[str, str], words: list[str]) -> tuple[str, str]:
    """Return what begins the marks an element means, and what ends them."""
    if tag == "a":
        key = given.get("id", "")
        if given.get("linktype") == "page" and key.isascii() and key.isdecimal():
            return f'<a linktype="page" id="{key}">', "</a>"
        href = given.get("href")
        return (f'<a href="{escape(href)}">', "</a>") if href else ("", "")
    bold = "bold" in words or (tag in {"b", "strong"} and "plain" not in words)
    italic = "italic" in words or tag in {"i", "em"}
    return (
        ("<b>" if bold else "") + ("<i>" if italic else ""),
        ("</i>" if italic else "") + ("</b>" if bold else ""),
    )
