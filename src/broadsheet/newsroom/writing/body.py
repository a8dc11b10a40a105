"""
Maps the blocks an editor builds a body of to those of the log, one kind after another.

Part of to_version, and called by nothing else but what must know a body's pictures and
updates before there is a version.
"""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from broadsheet.newsroom.embeds.to_record import embed_of
from broadsheet.newsroom.rich_text import PageHref, paragraphs
from broadsheet.newsroom.writing.pasting import cleaned
from broadsheet.newsroom.writing.tables import cells_of
from broadsheet.story.body import (
    Block,
    FactBox,
    Gallery,
    Heading,
    Paragraph,
    PictureUse,
    Points,
    PullQuote,
    Quote,
    Table,
    Update,
)
from broadsheet.story.ids import PictureId

if TYPE_CHECKING:
    # The rows import this module; only the checker needs them here.
    from broadsheet.newsroom import models as rows


def id_of_picture(row: "rows.Picture") -> PictureId:
    """Return a picture's id as the log writes it."""
    return PictureId(str(row.uuid))


def blocks_of(body: Any, *, page_href: PageHref) -> Iterator[Block]:
    """
    Give the blocks of a body. Every update must have its time.

    Raises:
        LookupError: it holds a block of a kind nothing here knows.

    """
    for child in body:
        if child.block_type == "text":
            yield from _text(child.value, page_href)
        else:
            yield _block(child, page_href=page_href)


def pictures_in(body: Any) -> Iterator[Any]:
    """Give the pictures a body shows, in their order; None where none is chosen yet."""
    for child in body:
        if child.block_type == "picture":
            yield child.value["picture"]
        elif child.block_type == "gallery":
            yield from (use["picture"] for use in child.value["pictures"])


def updates_in(body: Any) -> list[Any]:
    """Return the updates of a body."""
    return [child for child in body if child.block_type == "update"]


def date_updates(body: Any, *, known: dict[str, datetime], now: datetime | None) -> None:
    """
    Give each update without a time the one it was published with; a new one, that of the act.

    None leaves a new one without. Times are kept to the second: that is what a form shows.
    """
    for child in updates_in(body):
        if child.value["at"] is None:
            at = known.get(str(child.id), now)
            child.value["at"] = at.replace(microsecond=0) if at else None


def times_of(blocks: tuple[Block, ...]) -> dict[str, datetime]:
    """Return the times of a version's updates, by their ids."""
    return {block.id: block.at for block in blocks if isinstance(block, Update)}


def _block(child: Any, *, page_href: PageHref) -> Block:  # noqa: PLR0911  # a line for each kind
    value = child.value
    match child.block_type:
        case "heading":
            return Heading(text=value)
        case "quote":
            return Quote(text=value["text"], attribution=value["attribution"] or "")
        case "pull_quote":
            return PullQuote(text=value["text"], attribution=value["attribution"] or "")
        case "picture":
            return _use(value)
        case "gallery":
            return Gallery(pictures=tuple(_use(use) for use in value["pictures"]))
        case "table":
            return Table(
                caption=value["caption"] or "",
                rows=cells_of(value["cells"] or ""),
                has_header_row=value["has_header_row"],
                has_header_column=value["has_header_column"],
            )
        case "fact_box":
            text = _text(value["text"], page_href)
            return FactBox(title=value["title"], text=text)
        case "update":
            return Update(
                id=str(child.id),
                at=value["at"].astimezone(UTC),
                headline=value["headline"] or "",
                text=_text(value["text"], page_href),
            )
        case "embed":
            return embed_of(value)
        case unknown:
            message = f"a body holds a block of kind {unknown!r}; to_version knows no such"
            raise LookupError(message)


def _text(value: Any, page_href: PageHref) -> tuple[Paragraph | Points, ...]:
    # A row that no form saved may hold what no editor makes.
    return paragraphs(cleaned(value.source).html, page_href=page_href)


def _use(value: Any) -> PictureUse:
    return PictureUse(picture=id_of_picture(value["picture"]), caption=value["caption"] or "")
