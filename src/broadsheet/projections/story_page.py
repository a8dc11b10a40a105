"""
Makes a story's own page, whatever state the story is in.

A story that moved leads to its present address in one hop, also when a notice stands
there; one that was taken down to be fixed is nowhere until it returns.
"""

from typing import NamedTuple

from broadsheet.projections import addresses, partner_addresses
from broadsheet.projections.around_story import (
    Translation,
    related_to,
    topics_of,
    translations_of,
)
from broadsheet.projections.blocks import ShownBlock, shown_blocks
from broadsheet.projections.cards import Line
from broadsheet.projections.facets import StoryCard
from broadsheet.projections.facts import Facts
from broadsheet.projections.frame import Frame, Link, Place, frame_of, text_setting
from broadsheet.projections.locales import Moment, moment
from broadsheet.projections.objects import Absent, Gone, Moved, Object, ObjectKey, Page, Rendered
from broadsheet.projections.pictures import ShownPicture, crop, shown
from broadsheet.projections.theme.loading import Theme
from broadsheet.projections.tombstone import tombstone
from broadsheet.story.ids import StoryId
from broadsheet.story.records import Author, Byline, Correction, StoryState

# The shape that networks cut pictures of links to. Source: Open Graph and X card guides,
# 1.91:1 and 2:1; the widest we make.
PREVIEW_SHAPE = "16:9"


class ShownByline(NamedTuple):
    """One author of a story: by name at the top, with a card at the end."""

    href: str
    name: str
    role: str
    bio: str


class ShownCorrection(NamedTuple):
    """A note at the top of a story."""

    id: str
    label: str
    at: Moment
    text: str


class Preview(NamedTuple):
    """The picture that other sites show beside a link to the story."""

    url: str
    width_px: int
    height_px: int


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
    updated: Moment | None  # only if later than published
    lead: ShownPicture | None
    blocks: tuple[ShownBlock, ...]
    corrections: tuple[ShownCorrection, ...]
    topics: tuple[Link, ...]
    related: tuple[Line, ...]
    translations: tuple[Translation, ...]
    preview: Preview | None  # the picture for previews elsewhere
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
    return StoryPage(
        frame=frame,
        section=Link(addresses.href_of(section.address), section.name) if section else None,
        kicker=card.kicker,
        headline=card.headline,
        standfirst=card.standfirst,
        bylines=_bylines(card, facts),
        dateline=card.dateline,
        published=moment(card.first_published_at, zone=facts.zone(), language=card.language),
        updated=_updated(card, facts),
        lead=lead,
        blocks=shown_blocks(facts, body.blocks, language=card.language) if body else (),
        corrections=_corrections(body.corrections if body else (), card, frame, facts),
        topics=topics_of(body, facts) if body else (),
        related=related_to(body, facts) if body else (),
        translations=(
            translations_of(card, body, facts, base_url=text_setting(facts, "base_url"))
            if body
            else ()
        ),
        preview=_preview(card, facts),
        oembed=_oembed(card, facts),
    )


def _preview(card: StoryCard, facts: Facts) -> Preview | None:
    found = crop(facts, card.lead, PREVIEW_SHAPE)
    if found is None:
        return None
    url = f"{text_setting(facts, 'base_url')}{found.href}"
    return Preview(url, found.width_px, found.height_px)


def _oembed(card: StoryCard, facts: Facts) -> str:
    key = partner_addresses.oembed(card.address)
    return addresses.url_of(text_setting(facts, "base_url"), key) if key else ""


def _updated(card: StoryCard, facts: Facts) -> Moment | None:
    if card.updated_at <= card.first_published_at:
        return None
    return moment(card.updated_at, zone=facts.zone(), language=card.language)


def _bylines(card: StoryCard, facts: Facts) -> tuple[ShownByline, ...]:
    found = ((facts.author(byline.author), byline) for byline in card.bylines)
    return tuple(_byline(author, byline) for author, byline in found if author is not None)


def _byline(author: Author, byline: Byline) -> ShownByline:
    return ShownByline(
        addresses.href_of(author.address), author.name, byline.role or author.role, author.bio
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
