"""Makes a story's blocks ready for the template: each a plain value that says its kind."""

from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import NamedTuple, assert_never

from broadsheet.projections import links
from broadsheet.projections.facts import Facts
from broadsheet.projections.locales import Moment, moment
from broadsheet.projections.pictures import ShownPicture, shown
from broadsheet.projections.players import Player, player_of
from broadsheet.story.body import (
    Block,
    Embed,
    FactBox,
    Gallery,
    Heading,
    Paragraph,
    PictureUse,
    Points,
    PullQuote,
    Quote,
    Run,
    Table,
    Update,
)


class ShownRun(NamedTuple):
    """A stretch of text with the same marks."""

    text: str
    strong: bool
    emphasis: bool
    href: str  # "" is no link


class ShownParagraph(NamedTuple):
    """A paragraph."""

    runs: tuple[ShownRun, ...]
    kind: str = "paragraph"


class ShownPoints(NamedTuple):
    """Some points."""

    items: tuple[tuple[ShownRun, ...], ...]
    is_numbered: bool
    kind: str = "points"


class ShownHeading(NamedTuple):
    """A cross-heading."""

    text: str
    kind: str = "heading"


class ShownQuote(NamedTuple):
    """A quotation, or one that is pulled out of the text."""

    text: str
    attribution: str
    kind: str = "quote"


class ShownTable(NamedTuple):
    """A table: what heads its columns, and its rows."""

    caption: str
    head: tuple[str, ...]  # none if no row is a header
    rows: tuple[tuple[str, ...], ...]
    has_header_column: bool
    kind: str = "table"


class ShownFactBox(NamedTuple):
    """A box beside the story."""

    title: str
    text: tuple[ShownParagraph | ShownPoints, ...]
    kind: str = "fact-box"


class ShownGallery(NamedTuple):
    """Pictures that belong together."""

    pictures: tuple[ShownPicture, ...]
    kind: str = "gallery"


class ShownUpdate(NamedTuple):
    """What a live story had to say at one time."""

    id: str
    at: Moment
    headline: str
    text: tuple[ShownParagraph | ShownPoints, ...]
    kind: str = "update"


class ShownEmbed(NamedTuple):
    """A card that leads to something elsewhere; nothing of it is loaded until a reader asks."""

    href: str  # "" is no link
    text: str
    provider: str
    author: str
    player: Player | None  # what our script can put in its place
    kind: str = "embed"


ShownBlock = (
    ShownParagraph
    | ShownPoints
    | ShownHeading
    | ShownQuote
    | ShownPicture
    | ShownTable
    | ShownFactBox
    | ShownGallery
    | ShownUpdate
    | ShownEmbed
)


def shown_blocks(facts: Facts, blocks: Iterable[Block], *, language: str) -> tuple[ShownBlock, ...]:
    """
    Return the blocks a page shows, updates that follow each other newest first.

    Pictures that wait for their file are left out, and galleries of nothing else.
    """
    found = (_shown_block(facts, block, language) for block in newest_first(blocks))
    return tuple(block for block in found if block is not None)


def newest_first(blocks: Iterable[Block]) -> Iterator[Block]:
    """Give a story's blocks in the order readers meet them: the newest update first."""
    blocks = tuple(blocks)
    if not any(isinstance(block, Update) for block in blocks):  # as most stories
        yield from blocks
        return
    for is_live, group in groupby(blocks, key=lambda block: isinstance(block, Update)):
        if is_live:
            updates = [block for block in group if isinstance(block, Update)]
            yield from sorted(updates, key=lambda update: update.at, reverse=True)
        else:
            yield from group


def _shown_block(facts: Facts, block: Block, language: str) -> ShownBlock | None:  # noqa: C901, PLR0911  # a line for each kind
    match block:
        case Paragraph() | Points():
            return _running(block)
        case Heading(text=text):
            return ShownHeading(text)
        case Quote(text=text, attribution=attribution):
            return ShownQuote(text, attribution)
        case PullQuote(text=text, attribution=attribution):
            return ShownQuote(text, attribution, kind="pull-quote")
        case PictureUse():
            return shown(facts, block)
        case Embed():
            return _shown_embed(block)
        case Table():
            return _table(block)
        case FactBox(title=title, text=parts):
            return ShownFactBox(title, tuple(map(_running, parts)))
        case Gallery(pictures=uses):
            pictures = tuple(each for each in (shown(facts, use) for use in uses) if each)
            return ShownGallery(pictures) if pictures else None
        case Update():
            at = moment(block.at, zone=facts.zone(), language=language)
            return ShownUpdate(block.id, at, block.headline, tuple(map(_running, block.text)))
        case _:
            assert_never(block)


def _running(block: Paragraph | Points) -> ShownParagraph | ShownPoints:
    match block:
        case Paragraph(runs=runs):
            return ShownParagraph(tuple(map(shown_run, runs)))
        case Points(items=items, is_numbered=is_numbered):
            return ShownPoints(tuple(tuple(map(shown_run, item)) for item in items), is_numbered)


def _table(table: Table) -> ShownTable:
    cut = 1 if table.has_header_row and table.rows else 0
    return ShownTable(
        caption=table.caption,
        head=table.rows[0] if cut else (),
        rows=table.rows[cut:],
        has_header_column=table.has_header_column,
    )


def shown_run(run: Run) -> ShownRun:
    """Return a stretch of text, with its link only where readers may follow it."""
    return ShownRun(run.text, run.strong, run.emphasis, _href(run.href))


def _shown_embed(embed: Embed) -> ShownEmbed:
    label = links.profile_label(embed.url)
    return ShownEmbed(
        href=_href(embed.url),
        text=embed.title or embed.author or label,
        provider=embed.provider or label.partition("/")[0].removeprefix("www."),
        author=embed.author if embed.title else "",
        player=player_of(embed.url),
    )


def _href(href: str) -> str:
    # A path of our own site may hold any script; elsewhere the writer's spelling stands.
    if not href or not links.is_followable(href):
        return ""
    return href
