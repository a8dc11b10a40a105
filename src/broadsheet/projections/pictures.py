"""
Makes a picture ready to be shown: its sizes by format, its words for one use of it.

Only the display caption, the credit and the alternative text reach readers; the agency's
caption never does. A picture whose sizes are still being made has its place kept free, in
its own proportions, so that nothing moves when it comes; one that waits for its file, or
whose rights have ended, has no proportions and is not shown.
"""

from typing import NamedTuple

from broadsheet.projections import addresses
from broadsheet.projections.facts import Facts
from broadsheet.story.body import PictureUse
from broadsheet.story.records import Picture, Rendition

CARD_RATIO = 3 / 2  # as the style sheet cuts pictures of cards
# Best compression first: a browser takes the first it can show.
_BETTER_THAN_PLAIN = ("avif", "webp")


class Source(NamedTuple):
    """A picture's sizes in one format."""

    media_type: str
    srcset: str


class ShownPicture(NamedTuple):
    """A picture as one page shows it, or the place that is kept free for it."""

    href: str  # the widest size every browser can show; "": its sizes are not made yet
    width_px: int
    height_px: int
    srcset: str
    sources: tuple[Source, ...]
    alternative_text: str  # "" is for decoration only
    caption: str
    credit: str
    focus: str  # style classes that say where to look, where it is cut to a shape
    kind: str = "picture"


class Crop(NamedTuple):
    """One file of a picture, for those who can take only one."""

    href: str
    width_px: int
    height_px: int
    media_type: str


class File(NamedTuple):
    """One size of a whole picture, in a format that everything can show."""

    href: str
    width_px: int
    height_px: int
    media_type: str
    bytes: int


def shown(facts: Facts, use: PictureUse | None) -> ShownPicture | None:
    """Return a picture for one use of it; None if there is nothing to show, or to wait for."""
    picture = facts.picture(use.picture) if use is not None else None
    if use is None or picture is None or not (picture.renditions or picture.width_px):
        return None
    whole = [size for size in picture.renditions if not size.shape]
    plain = _plain(whole)
    widest = max(plain, key=lambda size: size.width_px, default=None)
    caption = use.caption or picture.caption
    return ShownPicture(
        href=_href(facts, picture, widest) if widest else "",
        width_px=widest.width_px if widest else picture.width_px,
        height_px=widest.height_px if widest else picture.height_px,
        srcset=_srcset(facts, picture, plain),
        sources=tuple(_sources(facts, picture, whole)),
        alternative_text=_alternative(picture, caption),
        caption=caption,
        credit=picture.credit,
        focus=_focus(picture, widest),
    )


def crop(facts: Facts, use: PictureUse | None, shape: str) -> Crop | None:
    """Return a picture in a shape, or whole if it has not been made yet; None if there is none."""
    return next(iter(crops(facts, use, shape)), None)


def crops(facts: Facts, use: PictureUse | None, shape: str) -> tuple[Crop, ...]:
    """Return a picture's files in a shape, or whole if that has not been made, widest first."""
    picture = facts.picture(use.picture) if use is not None else None
    if picture is None:
        return ()
    found = [size for size in picture.renditions if size.shape == shape]
    plain = _plain(found or [size for size in picture.renditions if not size.shape])
    return tuple(
        Crop(_href(facts, picture, size), size.width_px, size.height_px, f"image/{size.format}")
        for size in sorted(plain, key=lambda size: -size.width_px)
    )


def files(facts: Facts, picture: Picture) -> tuple[File, ...]:
    """Return the sizes of a whole picture that everything can show, widest first."""
    plain = _plain([size for size in picture.renditions if not size.shape])
    found = sorted(plain, key=lambda size: size.width_px, reverse=True)
    return tuple(
        File(
            _href(facts, picture, size),
            size.width_px,
            size.height_px,
            f"image/{size.format}",
            size.bytes,
        )
        for size in found
    )


def _alternative(picture: Picture, caption: str) -> str:
    """Return what to tell those who do not see it: its caption, where nobody wrote more."""
    return "" if picture.is_decorative else picture.alternative_text or caption


def _focus(picture: Picture, size: Rendition | None) -> str:
    """Return the classes that keep the point to look at when cards cut the picture to a shape."""
    if size is None or (picture.focus_x_percent, picture.focus_y_percent) == (50, 50):
        return ""
    width, height = size.width_px, size.height_px
    part_width, part_height = min(width, height * CARD_RATIO), min(height, width / CARD_RATIO)
    x = _tenth(picture.focus_x_percent / 100, length=part_width, of=width)
    y = _tenth(picture.focus_y_percent / 100, length=part_height, of=height)
    return f"at-x-{x} at-y-{y}"


def _tenth(share: float, *, length: float, of: float) -> int:
    """Return where a stretch lies that has a point in its middle, as far as there is room."""
    room = of - length
    if room < 1:
        return 5
    # Tenths, so that the style sheet can name them all: no style stands in a page.
    return round(10 * max(0.0, min(room, share * of - length / 2)) / room)


def _plain(sizes: list[Rendition]) -> list[Rendition]:
    return [size for size in sizes if size.format not in _BETTER_THAN_PLAIN] or sizes


def _sources(facts: Facts, picture: Picture, sizes: list[Rendition]) -> list[Source]:
    by_format = {
        name: [size for size in sizes if size.format == name] for name in _BETTER_THAN_PLAIN
    }
    return [
        Source(f"image/{name}", _srcset(facts, picture, of_format))
        for name, of_format in by_format.items()
        if of_format
    ]


def _srcset(facts: Facts, picture: Picture, sizes: list[Rendition]) -> str:
    return ", ".join(f"{_href(facts, picture, size)} {size.width_px}w" for size in sizes)


def _href(facts: Facts, picture: Picture, size: Rendition) -> str:
    return f"{facts.pictures_under}{addresses.rendition(picture.id, size)}"
