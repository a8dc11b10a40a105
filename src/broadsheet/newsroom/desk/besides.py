"""Says of a block what readers get besides its words: links, marks, times, pictures, addresses."""

from collections.abc import Iterator, Mapping
from datetime import datetime

from broadsheet.newsroom.paper_time import paper_zone
from broadsheet.story.body import (
    Block,
    Embed,
    FactBox,
    Paragraph,
    Points,
    PullQuote,
    Quote,
    Run,
    Table,
    Update,
    pictures_in,
    runs_of,
)


def besides(block: Block, names: Mapping[str, str]) -> list[str]:
    """Return a line for each thing, in the order of the block; names are those of pictures."""
    return [
        *_said(block),
        *(f"Picture: {names.get(use.picture, use.picture)}" for use in pictures_in(block)),
    ]


def clock(at: datetime) -> str:
    """Return a time to the second, by the paper's clock: two that differ look different."""
    return f"{at.astimezone(paper_zone()):%d %B %Y, %H:%M:%S}"


def _said(block: Block) -> Iterator[str]:
    match block:
        case Paragraph() | Points():
            yield from _marks(block)
        case Quote(attribution=by) | PullQuote(attribution=by):
            yield from _named({"By": by})
        case Table(caption=caption, has_header_row=row, has_header_column=column):
            yield from _named({"Caption": caption})
            yield from ["The first row names the columns"] if row else []
            yield from ["The first cell of each row names the row"] if column else []
        case FactBox(title=title, text=parts):
            yield f"Title: {title}"
            yield from (line for part in parts for line in _marks(part))
        case Update(at=at, headline=headline, text=parts):
            yield f"Time: {clock(at)}"
            yield from _named({"Headline": headline})
            yield from (line for part in parts for line in _marks(part))
        case Embed(url=url, provider=provider, author=author):
            yield from _named({"Address": url, "By": author, "On": provider})


def _named(texts: Mapping[str, str]) -> Iterator[str]:
    yield from (f"{label}: {text}" for label, text in texts.items() if text)


def _marks(block: Paragraph | Points) -> Iterator[str]:
    if isinstance(block, Points):
        yield "Numbered points" if block.is_numbered else "Points with bullets"
    for run in runs_of(block):
        yield from _of_run(run)


def _of_run(run: Run) -> Iterator[str]:
    if run.strong:
        yield f"Bold: “{run.text}”"
    if run.emphasis:
        yield f"Italic: “{run.text}”"
    if run.href:
        yield f"Link: “{run.text}” to {run.href}"
