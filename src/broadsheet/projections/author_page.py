"""
Makes an author's page: who they are, and what they wrote last.

It stands while something of theirs is live: a name on the desk's list may be that of the
author of a story under embargo.
"""

from typing import NamedTuple

from broadsheet.projections import links
from broadsheet.projections.cards import Card, cards
from broadsheet.projections.facts import Facts
from broadsheet.projections.frame import Frame, Link, Place, frame_of, offering
from broadsheet.projections.lists import author_list
from broadsheet.projections.objects import Absent, Moved, Object, ObjectKey, Page, Rendered
from broadsheet.projections.theme.loading import Theme
from broadsheet.story.ids import AuthorId

STORIES_SHOWN = 20


class AuthorPage(NamedTuple):
    """An author's page."""

    frame: Frame
    name: str
    role: str
    bio: str
    links: tuple[Link, ...]
    cards: tuple[Card, ...]


def author_page(obj: Object, facts: Facts, theme: Theme) -> Rendered:
    """Return what stands at one of an author's addresses, past or present."""
    author = facts.author(AuthorId(obj.subject))
    written = facts.newest(author_list(AuthorId(obj.subject)), limit=STORIES_SHOWN)
    if author is None or not written:
        return Absent()
    if ObjectKey(author.address) != obj.key:
        return Moved(author.address)
    frame = frame_of(facts, theme, Place("", author.name, author.bio, author.address, None))
    view = AuthorPage(
        frame=offering(frame, author.address, author.name),
        name=author.name,
        role=author.role,
        bio=author.bio,
        links=tuple(
            Link(href, links.profile_label(href)) for href in author.links if links.is_profile(href)
        ),
        cards=cards(facts, written),
    )
    return Page(theme.page("author.html", view))
