"""
Makes a story's own page, whatever state the story is in.

A story that moved leads to its present address in one hop, also when a notice stands
there; one that was taken down to be fixed is nowhere until it returns.
"""

from collections.abc import Sequence
from typing import NamedTuple

from broadsheet.projections import addresses, partner_addresses
from broadsheet.projections.around_story import (
    Translation,
    related_to,
    topics_of,
    translations_of,
)
from broadsheet.projections.author_page import avatar_of, links_of
from broadsheet.projections.blocks import ShownBlock, ShownGallery, ShownUpdate, shown_blocks
from broadsheet.projections.cards import Card
from broadsheet.projections.facets import StoryCard, last_changed
from broadsheet.projections.facts import Facts
from broadsheet.projections.frame import Frame, Link, Place, frame_of, text_setting
from broadsheet.projections.locales import Moment, moment
from broadsheet.projections.objects import Absent, Gone, Moved, Object, ObjectKey, Page, Rendered
from broadsheet.projections.pictures import ShownPicture, shown
from broadsheet.projections.sharing import share_links
from broadsheet.projections.story_head import story_head
from broadsheet.projections.theme.loading import Theme
from broadsheet.projections.tombstone import tombstone
from broadsheet.story.ids import StoryId
from broadsheet.story.records import Author, Byline, Correction, Coverage, StoryState

UPDATES_NAMED = 6  # at the top of a live story
PICTURES_OF_A_GALLERY = 4


class ShownByline(NamedTuple):
    """One author of a story: by name at the top, with a card at the end."""

    href: str
    name: str
    role: str
    bio: str
    links: tuple[Link, ...]
    avatar: ShownPicture | None


class ShownCorrection(NamedTuple):
    """A note at the top of a story."""

    id: str
    label: str
    at: Moment
    text: str


class StoryPage(NamedTuple):
    """A story's own page."""

    frame: Frame
    section: Link | None
    kicker: str
    headline: str
    standfirst: str
    bylines: tuple[ShownByline, ...]
    dateline: str
    published: Moment
    updated: Moment  # as machines have it; when it was published, until something is new
    lead: ShownPicture | None
    blocks: tuple[ShownBlock, ...]
    corrections: tuple[ShownCorrection, ...]
    topics: tuple[Link, ...]
    related: tuple[Card, ...]
    translations: tuple[Translation, ...]
    is_running: bool  # live coverage of something that still happens
    has_ended: bool  # live coverage that is over
    latest: tuple[ShownUpdate, ...]  # updates with a headline, newest first: the way into them
    is_gallery: bool  # its pictures are the story
    share: tuple[Link, ...]
    trending: str  # where the slot's list is loaded from
    oembed: str  # where others ask what to show of it; "" is nowhere


def story_page(obj: Object, facts: Facts, theme: Theme) -> Rendered:
    """Return what stands at one of a story's addresses, past or present."""
    story = StoryId(obj.subject)
    where = facts.story_address(story)
    if where is None or where.state is StoryState.UNPUBLISHED:
        return Absent()
    if ObjectKey(where.address) != obj.key:
        return Moved(where.address)
    card = facts.story_card(story)
    if card is None:
        return Absent()
    if card.state is not StoryState.LIVE:
        return Gone(tombstone(card, facts, theme))
    return Page(theme.page("story.html", _view(card, facts, theme)))


def _view(card: StoryCard, facts: Facts, theme: Theme) -> StoryPage:
    section = facts.section_card(card.section)
    place = Place(
        language=card.language,
        title=card.headline,
        description=card.standfirst,
        path=card.address,
        section=section.address if section else None,
    )
    frame = frame_of(facts, theme, place)
    body = facts.story_body(card.id)
    lead = shown(facts, card.lead)
    blocks = shown_blocks(facts, body.blocks, language=card.language) if body else ()
    translations = (
        translations_of(card, body, facts, base_url=text_setting(facts, "base_url")) if body else ()
    )
    head = (
        story_head(card, body, facts, theme=theme, translations=translations)
        if body
        else frame.head
    )
    return StoryPage(
        frame=frame._replace(head=head),
        section=Link(addresses.href_of(section.address), section.name) if section else None,
        kicker=card.kicker,
        headline=card.headline,
        standfirst=card.standfirst,
        bylines=_bylines(card, facts),
        dateline=card.dateline,
        published=moment(card.first_published_at, zone=facts.zone(), language=card.language),
        updated=moment(last_changed(card, body), zone=facts.zone(), language=card.language),
        lead=lead,
        blocks=blocks,
        corrections=_corrections(body.corrections if body else (), card, frame, facts),
        topics=topics_of(body, facts) if body else (),
        related=related_to(body, facts) if body else (),
        translations=translations,
        is_running=card.coverage is Coverage.RUNNING,
        has_ended=card.coverage is Coverage.ENDED,
        latest=_latest(blocks),
        is_gallery=_is_gallery(blocks),
        share=share_links(frame.canonical, card.headline, frame.words),
        trending=addresses.TRENDING_SLOT,
        oembed=_oembed(card, facts),
    )


def _latest(blocks: Sequence[ShownBlock]) -> tuple[ShownUpdate, ...]:
    updates = [block for block in blocks if isinstance(block, ShownUpdate) and block.headline]
    return tuple(updates[:UPDATES_NAMED]) if len(updates) > 1 else ()


def _is_gallery(blocks: Sequence[ShownBlock]) -> bool:
    shown_too = [block for block in blocks if not isinstance(block, ShownGallery)]
    pictures = sum(len(block.pictures) for block in blocks if isinstance(block, ShownGallery))
    return pictures >= PICTURES_OF_A_GALLERY and pictures > len(shown_too)


def _oembed(card: StoryCard, facts: Facts) -> str:
    key = partner_addresses.oembed(card.address)
    return addresses.url_of(text_setting(facts, "base_url"), key) if key else ""


def _bylines(card: StoryCard, facts: Facts) -> tuple[ShownByline, ...]:
    found = ((facts.author(byline.author), byline) for byline in card.bylines)
    return tuple(_byline(author, byline, facts) for author, byline in found if author is not None)


def _byline(author: Author, byline: Byline, facts: Facts) -> ShownByline:
    return ShownByline(
        href=addresses.href_of(author.address),
        name=author.name,
        role=byline.role or author.role,
        bio=author.bio,
        links=links_of(author),
        avatar=avatar_of(author, facts),
    )


def _corrections(
    corrections: tuple[Correction, ...], card: StoryCard, frame: Frame, facts: Facts
) -> tuple[ShownCorrection, ...]:
    return tuple(
        ShownCorrection(
            id=correction.id,
            label=frame.words.kinds[correction.kind],
            at=moment(correction.at, zone=facts.zone(), language=card.language),
            text=correction.text,
        )
        for correction in reversed(corrections)
    )
