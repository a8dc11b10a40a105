"""Makes what lists show of a story: on fronts, author pages and archives."""

from collections.abc import Iterable
from typing import NamedTuple
from zoneinfo import ZoneInfo

from broadsheet.projections import addresses
from broadsheet.projections.facets import StoryCard
from broadsheet.projections.facts import Facts
from broadsheet.projections.frame import Link
from broadsheet.projections.lists import Member
from broadsheet.projections.locales import Moment, date_of, direction_of
from broadsheet.projections.pictures import ShownPicture, shown
from broadsheet.story.ids import StoryId
from broadsheet.story.records import Coverage, StoryState


class Card(NamedTuple):
    """A story as a front shows it."""

    story: StoryId
    href: str
    kicker: str
    headline: str
    standfirst: str
    language: str
    direction: str
    section: Link | None
    authors: tuple[str, ...]
    published: Moment
    picture: ShownPicture | None
    is_running: bool  # live coverage of something that still happens


class Line(NamedTuple):
    """A story as an archive lists it."""

    href: str
    headline: str
    language: str
    direction: str
    published: Moment


def cards(facts: Facts, members: Iterable[Member]) -> tuple[Card, ...]:
    """Return the stories of a list as a front shows them."""
    found = (facts.story_card(member.story) for member in members)
    zone = facts.zone()
    return tuple(_card(facts, card, zone) for card in found if card is not None)


def card_of_live(facts: Facts, story: StoryId) -> Card | None:
    """Return one story as a front shows it; None while no reader can see it."""
    card = facts.story_card(story)
    if card is None or card.state is not StoryState.LIVE:
        return None
    return _card(facts, card, facts.zone())


def lines(facts: Facts, members: Iterable[Member]) -> tuple[Line, ...]:
    """Return the stories of a list as an archive lists them."""
    found = (facts.story_card(member.story) for member in members)
    zone = facts.zone()
    return tuple(line(card, zone) for card in found if card is not None)


def _card(facts: Facts, card: StoryCard, zone: ZoneInfo) -> Card:
    section = facts.section_card(card.section)
    authors = (facts.author_card(byline.author) for byline in card.bylines)
    return Card(
        story=card.id,
        href=addresses.href_of(card.address),
        kicker=card.kicker,
        headline=card.headline,
        standfirst=card.standfirst,
        language=card.language,
        direction=direction_of(card.language),
        section=Link(addresses.href_of(section.address), section.name) if section else None,
        authors=tuple(author[0] for author in authors if author is not None),
        published=date_of(card.first_published_at, zone=zone, language=card.language),
        picture=shown(facts, card.lead),
        is_running=card.coverage is Coverage.RUNNING,
    )


def line(card: StoryCard, zone: ZoneInfo) -> Line:
    """Return a story as a line of a list."""
    return Line(
        href=addresses.href_of(card.address),
        headline=card.headline,
        language=card.language,
        direction=direction_of(card.language),
        published=date_of(card.first_published_at, zone=zone, language=card.language),
    )
