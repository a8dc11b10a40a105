"""
Makes what stands around every page: masthead, menu, footer, and the head's links.

Everything here is read by every page, so a change of it is site-wide: announced with
its count, and carried out in the background.
"""

from collections.abc import Iterable
from typing import NamedTuple

from broadsheet.projections import addresses, links
from broadsheet.projections.facets import MenuEntry
from broadsheet.projections.facts import Facts
from broadsheet.projections.head import SILENT, Head
from broadsheet.projections.locales import direction_of
from broadsheet.projections.theme.furniture import Words
from broadsheet.projections.theme.loading import Theme
from broadsheet.story.ids import Address


class Link(NamedTuple):
    """A link and its words."""

    href: str
    text: str


class MenuItem(NamedTuple):
    """A section in the menu."""

    href: str
    text: str
    is_current: bool


class FeedLink(NamedTuple):
    """A feed a page offers."""

    href: str
    title: str
    media_type: str


class Place(NamedTuple):
    """Which page a frame is for."""

    language: str  # of what the page shows; "" is the paper's
    title: str  # "" is the paper's name alone
    description: str
    path: str  # the page's address; "" has none of its own
    section: Address | None  # the section it stands in


class Frame(NamedTuple):
    """What stands around every page."""

    language: str
    direction: str
    words: Words
    paper: str
    paper_language: str
    paper_direction: str
    tagline: str
    title: str
    description: str
    canonical: str  # "" has none
    head: Head  # what else is told to those who do not look at the page
    style: str
    script: str
    icon: str
    menu: tuple[MenuItem, ...]
    feeds: tuple[FeedLink, ...]
    profiles: tuple[Link, ...]
    policies: tuple[Link, ...]


def frame_of(facts: Facts, theme: Theme, place: Place) -> Frame:
    """Return what stands around one page."""
    paper = text_setting(facts, "name")
    paper_language = text_setting(facts, "language")
    language = place.language or paper_language
    base_url = text_setting(facts, "base_url")
    sections = facts.menu()
    return Frame(
        language=language,
        direction=direction_of(language),
        words=theme.words_for(language, paper_language),
        paper=paper,
        paper_language=paper_language,
        paper_direction=direction_of(paper_language),
        tagline=text_setting(facts, "tagline"),
        title=place.title,
        description=place.description,
        canonical=addresses.url_of(base_url, place.path) if place.path else "",
        head=SILENT,  # until the page says what it is
        style=theme.style_key,
        script=theme.script_key,
        icon=theme.icon_key,
        menu=_menu(sections, place.section),
        feeds=_feeds(sections, paper, place.section),
        profiles=tuple(
            Link(href, links.profile_label(href))
            for href in facts.setting("profiles")
            if links.is_profile(href)
        ),
        policies=tuple(Link(each.address, each.title) for each in facts.policies()),
    )


def offering(frame: Frame, page: Address, name: str) -> Frame:
    """Return the frame of a page with feeds of its own, which it offers before the others."""
    own = _in_each_format(page, f"{frame.paper}: {name}")
    return frame._replace(feeds=(*own, *frame.feeds))


def text_setting(facts: Facts, field: str) -> str:
    """Return one of the paper's settings that is a text."""
    return str(facts.setting(field))


def _menu(sections: Iterable[MenuEntry], current: Address | None) -> tuple[MenuItem, ...]:
    return tuple(
        MenuItem(addresses.href_of(entry.address), entry.name, entry.address == current)
        for entry in sections
    )


def _feeds(
    sections: Iterable[MenuEntry], paper: str, section: Address | None
) -> tuple[FeedLink, ...]:
    offered = _in_each_format(None, paper)
    name = next((entry.name for entry in sections if entry.address == section), None)
    if name is None:
        return offered
    return (*_in_each_format(section, f"{paper}: {name}"), *offered)


def _in_each_format(page: Address | None, title: str) -> tuple[FeedLink, ...]:
    return tuple(
        FeedLink(addresses.href_of(addresses.feed(page, suffix)), f"{title} ({name})", media_type)
        for suffix, name, media_type in _FORMATS
    )


# Source: RSS Autodiscovery 1.0; RFC 4287, 7; JSON Feed 1.1.
_FORMATS = (
    ("rss", "RSS", "application/rss+xml"),
    ("atom", "Atom", "application/atom+xml"),
    ("json", "JSON", "application/feed+json"),
)
