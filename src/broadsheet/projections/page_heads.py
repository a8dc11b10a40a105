"""
Makes the heads of the pages that are no story's: fronts, authors, topics, archives, policies.

Each is told as what it is in schema.org's words, with the way to it from the paper's front.
Reads no fact that the page itself does not read.
"""

from collections.abc import Iterable
from typing import NamedTuple

from broadsheet.projections.cards import Card
from broadsheet.projections.facts import Facts
from broadsheet.projections.frame import Frame, Link
from broadsheet.projections.head import Head, Shared, head_of
from broadsheet.projections.renditions import is_public
from broadsheet.projections.structured.images import CardPicture, card_picture, picture_of
from broadsheet.projections.structured.nodes import Node
from broadsheet.projections.structured.page import Listed, page
from broadsheet.projections.structured.paper import (
    Paper,
    paper_of,
    publisher,
    publisher_in_full,
    website,
)
from broadsheet.projections.structured.people import profile_page
from broadsheet.projections.structured.trail import Step, trail
from broadsheet.projections.theme.loading import Theme
from broadsheet.story.body import PictureUse
from broadsheet.story.records import Author, PolicyPurpose

AVATAR_SHAPE = "1:1"
# Source: schema.org, AboutPage and ContactPage.
_POLICY_KINDS = {PolicyPurpose.CONTACT: "ContactPage", PolicyPurpose.OWNERSHIP: "AboutPage"}


class Above(NamedTuple):
    """A page above this one, on the way from the front."""

    name: str
    href: str


class Row(NamedTuple):
    """The pages before and after this one in a row of pages by time."""

    earlier: Link | None
    later: Link | None


def home_head(frame: Frame, facts: Facts, theme: Theme, *, cards: Iterable[Card]) -> Head:
    """Return the head of the paper's front, which tells of the paper in full."""
    paper = paper_of(facts, theme)
    stories = _stories(cards, paper)
    graph = (
        publisher_in_full(facts, paper),
        website(paper),
        _page("CollectionPage", frame, paper, stories),
    )
    return head_of(_shared(frame, paper), graph)


def list_head(
    frame: Frame,
    facts: Facts,
    theme: Theme,
    *,
    above: tuple[Above, ...] = (),
    cards: Iterable[Card] = (),
) -> Head:
    """Return the head of a page that lists stories: a section's, a topic's, an archive."""
    paper = paper_of(facts, theme)
    graph = (
        _page("CollectionPage", frame, paper, _stories(cards, paper)),
        *_around(frame, paper, above),
    )
    return head_of(_shared(frame, paper), graph)


def author_head(frame: Frame, facts: Facts, theme: Theme, *, author: Author) -> Head:
    """Return the head of an author's page."""
    paper = paper_of(facts, theme)
    avatar = _avatar(author, facts)
    picture = (
        picture_of(facts, avatar, base_url=paper.base_url, shape=AVATAR_SHAPE) if avatar else None
    )
    graph = (profile_page(author, paper, picture=picture), *_around(frame, paper, ()))
    card = card_picture(facts, avatar, base_url=paper.base_url, shape=AVATAR_SHAPE)
    return head_of(_shared(frame, paper, kind="profile", picture=card), graph)


def policy_head(frame: Frame, facts: Facts, theme: Theme, *, purpose: PolicyPurpose) -> Head:
    """Return the head of a page on which the paper tells of itself, and so does it in full."""
    paper = paper_of(facts, theme)
    kind = _POLICY_KINDS.get(purpose, "WebPage")
    graph = (
        _page(kind, frame, paper, ()),
        publisher_in_full(facts, paper),
        website(paper),
        _trail(frame, paper, ()),
    )
    return head_of(_shared(frame, paper), graph)


def in_row(head: Head, row: Row) -> Head:
    """Return a head that names the pages before and after as well."""
    return head._replace(
        earlier=row.earlier.href if row.earlier else "",
        later=row.later.href if row.later else "",
    )


def _shared(
    frame: Frame, paper: Paper, *, kind: str = "website", picture: CardPicture | None = None
) -> Shared:
    return Shared(
        kind=kind,
        title=frame.title or frame.paper,
        description=frame.description,
        url=frame.canonical,
        paper=paper.name,
        language=frame.language,
        picture=picture or _logo(paper),
        profiles=paper.profiles,
    )


def _logo(paper: Paper) -> CardPicture:
    """Return the paper's sign, for pages that have no picture of their own."""
    logo = paper.logo
    url = f"{paper.base_url}{logo.path}"
    return CardPicture(url, logo.width_px, logo.height_px, logo.media_type, paper.name)


def _page(kind: str, frame: Frame, paper: Paper, stories: Iterable[Listed]) -> Node:
    return page(
        kind,
        name=frame.title or frame.paper,
        url=frame.canonical,
        paper=paper,
        language=frame.language,
        stories=stories,
    )


def _around(frame: Frame, paper: Paper, above: tuple[Above, ...]) -> tuple[Node, ...]:
    return publisher(paper), website(paper), _trail(frame, paper, above)


def _trail(frame: Frame, paper: Paper, above: tuple[Above, ...]) -> Node:
    between = (Step(each.name, f"{paper.base_url}{each.href}") for each in above)
    return trail((Step(paper.name, paper.url), *between, Step(frame.title, frame.canonical)))


def _stories(cards: Iterable[Card], paper: Paper) -> tuple[Listed, ...]:
    return tuple(Listed(card.headline, f"{paper.base_url}{card.href}") for card in cards)


def _avatar(author: Author, facts: Facts) -> PictureUse | None:
    """Return an author's picture, if its files are on the site."""
    if author.avatar is None or not is_public(author.avatar, facts):
        return None
    return PictureUse(picture=author.avatar, caption="")
