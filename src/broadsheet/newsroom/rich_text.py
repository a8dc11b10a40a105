"""
Turns a stretch of the editor's text into paragraphs, and paragraphs into editor's text.

The editor keeps text as simple HTML: p, br, b, i, a, ul, ol, li and nothing else. Both ways, every
character of the writer's stays what it is.
"""

from collections.abc import Callable, Iterable
from html import escape
from html.parser import HTMLParser

from broadsheet.story.body import Paragraph, Points, Run

PageHref = Callable[[int], str]  # Wagtail's key of a page -> its address on the site, "" if none

_STRONG = {"b", "strong"}
_EMPHASIS = {"i", "em"}
_LISTS = {"ul", "ol"}
_BREAKS = {"p", "li"} | _LISTS


class MarkupUnknown(ValueError):
    """The text holds markup the editor does not make."""


def paragraphs(html: str, *, page_href: PageHref) -> tuple[Paragraph | Points, ...]:
    """
    Return the paragraphs and points of a stretch of text; empty ones are left out.

    Points within points are taken as points of the same list.

    Raises:
        MarkupUnknown: it holds an element that a stretch of text cannot.

    """
    reader = _Reader(page_href)
    reader.feed(html)
    reader.close()
    reader.end_paragraph()
    return tuple(reader.blocks)


def html_of(blocks: Iterable[Paragraph | Points]) -> str:
    """Return the editor's text for some paragraphs and points."""
    return "".join(map(_block_html, blocks))


def _block_html(block: Paragraph | Points) -> str:
    match block:
        case Paragraph(runs=runs):
            return f"<p>{_runs_html(runs)}</p>"
        case Points(items=items, is_numbered=is_numbered):
            tag = "ol" if is_numbered else "ul"
            inner = "".join(f"<li>{_runs_html(item)}</li>" for item in items)
            return f"<{tag}>{inner}</{tag}>"


def _runs_html(runs: Iterable[Run]) -> str:
    return "".join(_run_html(run) for run in runs)


def _run_html(run: Run) -> str:
    html = escape(run.text, quote=False).replace("\n", "<br/>")
    if run.emphasis:
        html = f"<i>{html}</i>"
    if run.strong:
        html = f"<b>{html}</b>"
    if run.href:
        html = f'<a href="{escape(run.href)}">{html}</a>'
    return html


class _Reader(HTMLParser):
    def __init__(self, page_href: PageHref) -> None:
        super().__init__(convert_charrefs=True)
        self.blocks: list[Paragraph | Points] = []
        self._lists: list[str] = []  # the tags of those that are open
        self._items: list[tuple[Run, ...]] = []
        self._page_href = page_href
        self._runs: list[Run] = []
        self._strong = 0
        self._emphasis = 0
        self._href = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _BREAKS:
            self.end_paragraph()
            if tag in _LISTS:
                self._lists.append(tag)
        elif tag == "br":
            self.handle_data("\n")
        elif tag in _STRONG:
            self._strong += 1
        elif tag in _EMPHASIS:
            self._emphasis += 1
        elif tag == "a":
            self._href = self._href_of({name: value or "" for name, value in attrs})
        else:
            message = f"a text holds <{tag}>, which a paragraph cannot; paste it without formatting"
            raise MarkupUnknown(message)

    def handle_endtag(self, tag: str) -> None:
        if tag in _BREAKS:
            self.end_paragraph()
            if tag in _LISTS and self._lists:
                self._end_list()
        elif tag in _STRONG:
            self._strong -= 1
        elif tag in _EMPHASIS:
            self._emphasis -= 1
        elif tag == "a":
            self._href = ""

    def handle_data(self, data: str) -> None:
        run = Run(
            text=data,
            strong=self._strong > 0,
            emphasis=self._emphasis > 0,
            href=self._href,
        )
        last = self._runs[-1] if self._runs else None
        if last is not None and _marks(last) == _marks(run):
            self._runs[-1] = Run(
                text=last.text + data, strong=run.strong, emphasis=run.emphasis, href=run.href
            )
        else:
            self._runs.append(run)

    def end_paragraph(self) -> None:
        """Keep the runs read so far as a paragraph or point, if they say anything."""
        if any(run.text.strip() for run in self._runs):
            if self._lists:
                self._items.append(tuple(self._runs))
            else:
                self.blocks.append(Paragraph(runs=tuple(self._runs)))
        self._runs = []

    def _end_list(self) -> None:
        tag = self._lists.pop()
        if self._items and not self._lists:
            self.blocks.append(Points(items=tuple(self._items), is_numbered=tag == "ol"))
            self._items = []

    def _href_of(self, attributes: dict[str, str]) -> str:
        if attributes.get("linktype") == "page":
            return self._page_href(int(attributes["id"]))
        return attributes.get("href", "")


def _marks(run: Run) -> tuple[bool, bool, str]:
    return (run.strong, run.emphasis, run.href)
