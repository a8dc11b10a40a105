"""Makes a story's blocks ready for the template: each a plain value that says its kind."""

from collections.abc import Iterable
from typing import NamedTuple, assert_never

from broadsheet.projections import links
from broadsheet.projections.facts import Facts
from broadsheet.projections.pictures import ShownPicture, shown
from broadsheet.story.body import Block, Embed, Heading, Paragraph, PictureUse, Quote, Run


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


class ShownHeading(NamedTuple):
    """A cross-heading."""

    text: str
    kind: str = "heading"


class ShownQuote(NamedTuple):
    """A quotation."""

    text: str
    attribution: str
    kind: str = "quote"


class ShownEmbed(NamedTuple):
    """A card that leads to something elsewhere; nothing of it is loaded."""

    href: str  # "" is no link
    text: str
    provider: str
    author: str
    kind: str = "embed"


ShownBlock = ShownParagraph | ShownHeading | ShownQuote | ShownPicture | ShownEmbed


def shown_blocks(facts: Facts, blocks: Iterable[Block]) -> tuple[ShownBlock, ...]:
    """Return the blocks a page shows; pictures that wait for their file are left out."""
    found = (_shown_block(facts, block) for block in blocks)
    return tuple(block for block in found if block is not None)


def _shown_block(facts: Facts, block: Block) -> ShownBlock | None:
    match block:
        case Paragraph(runs=runs):
            return ShownParagraph(tuple(_shown_run(run) for run in runs))
        case Heading(text=text):
            return ShownHeading(text)
        case Quote(text=text, attribution=attribution):
            return ShownQuote(text, attribution)
        case PictureUse():
            return shown(facts, block)
        case Embed():
            return _shown_embed(block)
        case _:
            assert_never(block)


def _shown_run(run: Run) -> ShownRun:
    return ShownRun(run.text, run.strong, run.emphasis, _href(run.href))


def _shown_embed(embed: Embed) -> ShownEmbed:
    label = links.profile_label(embed.url)
    return ShownEmbed(
        href=_href(embed.url),
        text=embed.title or embed.author or label,
        provider=embed.provider or label.partition("/")[0].removeprefix("www."),
        author=embed.author if embed.title else "",
    )


def _href(href: str) -> str:
    # A path of our own site may hold any script; elsewhere the writer's spelling stands.
    if not href or not links.is_followable(href):
        return ""
    return href
