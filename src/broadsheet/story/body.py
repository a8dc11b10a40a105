"""
Says what a story's body is made of: a closed set of blocks over runs of text.

A block never holds HTML. Text is exactly what the writer wrote (see story.text
for what may be written at all); emphasis and links are marks beside it.
"""

from collections.abc import Iterator
from datetime import datetime
from itertools import chain

import msgspec

from broadsheet.story.ids import PictureId


class Run(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A stretch of text with the same marks throughout."""

    text: str
    strong: bool = False
    emphasis: bool = False
    href: str = ""  # http, https or mailto, or a path on our own site; "" is no link


class Paragraph(msgspec.Struct, frozen=True, kw_only=True, tag="paragraph", tag_field="block"):
    """A paragraph of running text."""

    runs: tuple[Run, ...]


class Heading(msgspec.Struct, frozen=True, kw_only=True, tag="heading", tag_field="block"):
    """A cross-heading inside the body."""

    text: str


class Quote(msgspec.Struct, frozen=True, kw_only=True, tag="quote", tag_field="block"):
    """A block quotation."""

    text: str
    attribution: str


class PictureUse(msgspec.Struct, frozen=True, kw_only=True, tag="picture", tag_field="block"):
    """One use of a picture: as lead, or as a block of a body."""

    picture: PictureId
    caption: str  # display caption for this use; "" shows the picture's own


class Points(msgspec.Struct, frozen=True, kw_only=True, tag="points", tag_field="block"):
    """Some points, each a stretch of running text: with bullets, or numbered."""

    items: tuple[tuple[Run, ...], ...]
    is_numbered: bool


class PullQuote(msgspec.Struct, frozen=True, kw_only=True, tag="pull-quote", tag_field="block"):
    """Words of the story set large to draw readers in; said elsewhere in it, too."""

    text: str
    attribution: str


class Table(msgspec.Struct, frozen=True, kw_only=True, tag="table", tag_field="block"):
    """A table of plain texts. Every row has as many cells."""

    caption: str
    rows: tuple[tuple[str, ...], ...]
    has_header_row: bool
    has_header_column: bool


class FactBox(msgspec.Struct, frozen=True, kw_only=True, tag="fact-box", tag_field="block"):
    """What readers may want to know beside the story, under a title of its own."""

    title: str
    text: tuple[Paragraph | Points, ...]


class Gallery(msgspec.Struct, frozen=True, kw_only=True, tag="gallery", tag_field="block"):
    """Pictures that belong together, each with its caption for this use."""

    pictures: tuple[PictureUse, ...]


class Update(msgspec.Struct, frozen=True, kw_only=True, tag="update", tag_field="block"):
    """What a live story has to say at one time. Those that follow each other show newest first."""

    id: str  # given once; a later edit of its words keeps it
    at: datetime
    headline: str
    text: tuple[Paragraph | Points, ...]


class Embed(msgspec.Struct, frozen=True, kw_only=True, tag="embed", tag_field="block"):
    """Something that stands elsewhere: a video, a post, a chart. Its texts alone are ours."""

    url: str  # http or https, of a public page
    provider: str  # where it stands, as people know it: "YouTube"; "" shows the host
    title: str  # "" shows the address
    author: str


Block = (
    Paragraph
    | Heading
    | Quote
    | PictureUse
    | Points
    | PullQuote
    | Table
    | FactBox
    | Gallery
    | Update
    | Embed
)


def pictures_in(block: Block) -> tuple[PictureUse, ...]:
    """Return the uses of pictures in one block, in their order."""
    match block:
        case PictureUse():
            return (block,)
        case Gallery(pictures=pictures):
            return pictures
        case _:
            return ()


def runs_of(block: Paragraph | Points) -> Iterator[Run]:
    """Give every run of some running text."""
    match block:
        case Paragraph(runs=runs):
            return iter(runs)
        case Points(items=items):
            return chain.from_iterable(items)


def text_of(block: Block) -> str:  # noqa: PLR0911, C901  # a line for each kind
    """
    Return the words of one block as a reader sees them, without its marks.

    A picture's words are its caption for this use; lines and cells stay apart.
    """
    match block:
        case Paragraph(runs=runs):
            return "".join(run.text for run in runs)
        case Heading(text=text):
            return text
        case Points(items=items):
            return "\n".join("".join(run.text for run in item) for item in items)
        case Quote(text=text, attribution=attribution):
            return f"{text} {attribution}" if attribution else text
        case PullQuote(text=text, attribution=attribution):
            return f"{text} {attribution}" if attribution else text
        case Table(caption=caption, rows=rows):
            return _lines(caption, *("\t".join(row) for row in rows))
        case FactBox(title=title, text=parts):
            return _lines(title, *map(text_of, parts))
        case Update(headline=title, text=parts):
            return _lines(title, *map(text_of, parts))
        case Gallery(pictures=pictures):
            return _lines(*(use.caption for use in pictures))
        case PictureUse(caption=caption):
            return caption
        case Embed(title=title):
            return title


def _lines(*texts: str) -> str:
    return "\n".join(text for text in texts if text)
