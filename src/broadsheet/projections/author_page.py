"""
Makes an author's page: who they are, and what they wrote last.

It stands while something of theirs is live: a name on the desk's list may be that of the
author of a story under embargo.
"""

from collections.abc import Sequence
from typing import NamedTuple

from broadsheet.projections import addresses, links
from broadsheet.projections.cards import Card, cards
from broadsheet.projections.facts import Facts
from broadsheet.projections.frame import Frame, Link, Place, frame_of, offering
from broadsheet.projections.lists import Member, author_list
from broadsheet.projections.objects import Absent, Moved, Object, ObjectKey, Page, Rendered
from broadsheet.projections.page_heads import author_head
from broadsheet.projections.pictures import ShownPicture, shown
from broadsheet.projections.theme.loading import Theme
from broadsheet.story.body import PictureUse
from broadsheet.story.ids import AuthorId
from broadsheet.story.records import Author

STORIES_SHOWN = 20


class AuthorPage(NamedTuple):
    """An author's page."""

    frame: Frame
    name: str
    role: str
    bio: str
    links: tuple[Link, ...]
    avatar: ShownPicture | None
    cards: tuple[Card, ...]
    more: str  # where older stories are found; "" if these are all


def author_page(obj: Object, facts: Facts, theme: Theme) -> Rendered:
    """Return what stands at one of an author's addresses, past or present."""
    author = facts.author(AuthorId(obj.subject))
    written = facts.newest(author_list(AuthorId(obj.subject)), limit=STORIES_SHOWN + 1)
    if author is None or not written:
        return Absent()
    if ObjectKey(author.address) != obj.key:
        return Moved(author.address)
    frame = frame_of(facts, theme, Place("", author.name, author.bio, author.address, None))
    frame = frame._replace(head=author_head(frame, facts, theme, author=author))
    view = AuthorPage(
        frame=offering(frame, author.address, author.name),
        name=author.name,
        role=author.role,
        bio=author.bio,
        links=links_of(author),
        avatar=avatar_of(author, facts),
        cards=cards(facts, written[:STORIES_SHOWN]),
        more=older_by(author.name, written),
    )
    return Page(theme.page("author.html", view))


def older_by(name: str, newest: Sequence[Member]) -> str:
    """Return where to search for what is older than is shown; "" if nothing is."""
    if len(newest) <= STORIES_SHOWN:
        return ""
    return addresses.search_for(name, before=newest[STORIES_SHOWN - 1].published_at)


def links_of(author: Author) -> tuple[Link, ...]:
    """Return the links to an author's profiles elsewhere."""
    return tuple(
        Link(href, links.profile_label(href)) for href in author.links if links.is_profile(href)
    )


def avatar_of(author: Author, facts: Facts) -> ShownPicture | None:
    """Return the picture of an author, without words: their name stands beside it."""
    if author.avatar is None:
        return None
    found = shown(facts, PictureUse(picture=author.avatar, caption=""))
    return None if found is None else found._replace(alternative_text="", caption="")
