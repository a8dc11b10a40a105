"""
Says what a story's body is made of: a closed set of blocks over runs of text.

A block never holds HTML. Text is exactly what the writer wrote (see story.text
for what may be written at all); emphasis and links are marks beside it.
"""

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


class Embed(msgspec.Struct, frozen=True, kw_only=True, tag="embed", tag_field="block"):
    """Something that stands elsewhere: a video, a post, a chart. Its texts alone are ours."""

    url: str  # http or https, of a public page
    provider: str  # where it stands, as people know it: "YouTube"; "" shows the host
    title: str  # "" shows the address
    author: str


Block = Paragraph | Heading | Quote | PictureUse | Embed


def text_of(block: Block) -> str:
    """
    Return the words of one block as a reader sees them, without its marks.

    A picture's words are its caption for this use.
    """
    match block:
        case Paragraph(runs=runs):
            return "".join(run.text for run in runs)
        case Heading(text=text):
            return text
        case Quote(text=text, attribution=attribution):
            return f"{text} {attribution}" if attribution else text
        case PictureUse(caption=caption):
            return caption
        case Embed(title=title):
            return title
