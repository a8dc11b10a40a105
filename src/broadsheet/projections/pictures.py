"""
Makes a picture ready to be shown: its sizes by format, its words for one use of it.

Only the display caption, the credit and the alternative text reach readers; the agency's
caption never does. A picture without renditions is still waiting for its file: it is not
shown.
"""

from typing import NamedTuple

from broadsheet.projections import addresses
from broadsheet.projections.facts import Facts
from broadsheet.story.body import PictureUse
from broadsheet.story.records import Picture, Rendition

# Best compression first: a browser takes the first it can show.
_BETTER_THAN_PLAIN = ("avif", "webp")


class Source(NamedTuple):
    """A picture's sizes in one format."""

    media_type: str
    srcset: str


class ShownPicture(NamedTuple):
    """A picture as one page shows it."""

    href: str  # the widest size every browser can show
    width_px: int
    height_px: int
    srcset: str
    sources: tuple[Source, ...]
    alternative_text: str
    caption: str
    credit: str
    kind: str = "picture"


def shown(facts: Facts, use: PictureUse | None) -> ShownPicture | None:
    """Return a picture for one use of it; None if there is nothing to show yet."""
    picture = facts.picture(use.picture) if use is not None else None
    if use is None or picture is None or not picture.renditions:
        return None
    plain = _plain(picture)
    widest = max(plain, key=lambda size: size.width_px)
    return ShownPicture(
        href=_href(facts, picture, widest),
        width_px=widest.width_px,
        height_px=widest.height_px,
        srcset=_srcset(facts, picture, plain),
        sources=tuple(_sources(facts, picture)),
        alternative_text=picture.alternative_text,
        caption=use.caption or picture.caption,
        credit=picture.credit,
    )


def _plain(picture: Picture) -> list[Rendition]:
    plain = [size for size in picture.renditions if size.format not in _BETTER_THAN_PLAIN]
    return plain or list(picture.renditions)


def _sources(facts: Facts, picture: Picture) -> list[Source]:
    by_format = {
        name: [size for size in picture.renditions if size.format == name]
        for name in _BETTER_THAN_PLAIN
    }
    return [
        Source(f"image/{name}", _srcset(facts, picture, sizes))
        for name, sizes in by_format.items()
        if sizes
    ]


def _srcset(facts: Facts, picture: Picture, sizes: list[Rendition]) -> str:
    return ", ".join(f"{_href(facts, picture, size)} {size.width_px}w" for size in sizes)


def _href(facts: Facts, picture: Picture, size: Rendition) -> str:
    return f"{facts.pictures_under}{addresses.rendition(picture.id, size)}"
