"""Renders site objects from short logs, in memory."""

from collections.abc import Iterable
from dataclasses import replace
from functools import cache
from xml.etree import ElementTree as ET

from selectolax.lexbor import LexborHTMLParser

from broadsheet.projections.facts import Facts
from broadsheet.projections.fold import Fold, fold_of
from broadsheet.projections.objects import Gone, Object, ObjectKey, Page, Rendered
from broadsheet.projections.rendering import render
from broadsheet.projections.theme.loading import Theme, load_theme
from broadsheet.story.records import Record
from tests.factories.story import a_picture, a_section, an_author, paper_settings


@cache
def a_theme() -> Theme:
    """Return the shipped theme, its files at addresses that do not name their bytes."""
    theme = load_theme()
    return replace(
        theme,
        style_key=ObjectKey("/assets/site.css"),
        script_key=ObjectKey("/assets/site.js"),
        icon_key=ObjectKey("/assets/icon.svg"),
        logo=theme.logo._replace(path=ObjectKey("/assets/logo.png")),
    )


def a_paper(*records: Record) -> tuple[Record, ...]:
    """Return a log that begins with settings, a section, an author and a picture."""
    return (paper_settings(), a_section(), an_author(), a_picture(), *records)


def objects_in(fold: Fold) -> dict[str, Object]:
    """Return every object a fold calls for, by key."""
    return {obj.key: obj for obj in fold.wanted_objects()}


def answer(key: str, log: Iterable[Record], *, theme: Theme | None = None) -> Rendered:
    """Return what readers of a key get after a log."""
    fold = fold_of(log)
    return render(objects_in(fold)[key], Facts(fold), theme or a_theme())


def bytes_at(key: str, log: Iterable[Record], *, theme: Theme | None = None) -> bytes:
    """Return the bytes that readers of a key get after a log."""
    rendered = answer(key, log, theme=theme)
    assert isinstance(rendered, Page | Gone), f"{key}: {rendered}"
    return rendered.data


def page_at(key: str, log: Iterable[Record]) -> LexborHTMLParser:
    """Return the page at a key as a browser's parser reads it."""
    return LexborHTMLParser(bytes_at(key, log))


def xml_at(key: str, log: Iterable[Record]) -> ET.Element:
    """Return the XML at a key as expat reads it, which wrote none of it."""
    return ET.fromstring(bytes_at(key, log))  # noqa: S314  # our own output


def text_at(page: LexborHTMLParser, selector: str) -> str:
    """Return the text of the first element a selector finds, untouched."""
    found = page.css_first(selector)
    assert found is not None, selector
    return found.text()


def texts_at(page: LexborHTMLParser, selector: str) -> list[str]:
    """Return the texts of all elements a selector finds, untouched."""
    return [found.text() for found in page.css(selector)]


def hrefs_at(page: LexborHTMLParser, selector: str = "a") -> list[str]:
    """Return where all links a selector finds lead."""
    return [found.attributes["href"] or "" for found in page.css(selector)]
