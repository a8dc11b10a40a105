"""
Tells of pictures: where each is, how large, who made it, and who may use it how.

Source: Google, Image license metadata, and Article structured data (read 2026-11-28).
"""

from collections.abc import Iterable
from typing import NamedTuple

from broadsheet.projections import links
from broadsheet.projections.facts import Facts
from broadsheet.projections.pictures import Crop, crop
from broadsheet.projections.structured.nodes import Node, node
from broadsheet.story.body import PictureUse
from broadsheet.story.records import Picture

WHOLE = ""
# Source: Google, Article structured data: "images with these aspect ratios: 16x9, 4x3 and 1x1".
SHAPES = ("16:9", "4:3", "1:1")
# Source: Google, Image license metadata: one of these, or the rest is not read.
_RIGHTS = frozenset({"creator", "creditText", "copyrightNotice", "license"})


class CardPicture(NamedTuple):
    """The picture that other sites show beside a link to a page."""

    url: str
    width_px: int
    height_px: int
    media_type: str
    alternative_text: str


def images_of_lead(facts: Facts, use: PictureUse | None, *, base_url: str) -> tuple[Node, ...]:
    """Return the lead in each shape there is, once each: what search engines may show."""
    found = [crop(facts, use, shape) for shape in SHAPES]
    files = {file.href: file for file in found if file is not None}
    return tuple(
        node(
            "ImageObject",
            url=f"{base_url}{file.href}",
            width=file.width_px,
            height=file.height_px,
        )
        for file in files.values()
    )


def pictures_of(facts: Facts, uses: Iterable[PictureUse], *, base_url: str) -> tuple[Node, ...]:
    """
    Return each picture a page shows whole, once, with all there is to say of its rights.

    One of whose rights nothing is known is left out: nobody reads a picture for its size alone.
    """
    first: dict[str, PictureUse] = {}
    for use in uses:
        first.setdefault(use.picture, use)
    told = (picture_of(facts, use, base_url=base_url) for use in first.values())
    return tuple(each for each in told if each is not None and not _RIGHTS.isdisjoint(each))


def picture_of(facts: Facts, use: PictureUse, *, base_url: str, shape: str = WHOLE) -> Node | None:
    """Return one picture with its rights; None while there is no file of it."""
    picture = facts.picture(use.picture)
    file = crop(facts, use, shape)
    if picture is None or file is None:
        return None
    return node(
        "ImageObject",
        contentUrl=f"{base_url}{file.href}",
        width=file.width_px,
        height=file.height_px,
        caption=use.caption or picture.caption,
        creditText=picture.credit,
        creator=node("Person", name=picture.creator) if picture.creator else None,
        copyrightNotice=picture.copyright,
        license=_page(picture.license_url),
        acquireLicensePage=_page(picture.licensor_url),
    )


def card_picture(
    facts: Facts, use: PictureUse | None, *, base_url: str, shape: str
) -> CardPicture | None:
    """Return a picture as link cards show it; None while there is no file of it."""
    picture = facts.picture(use.picture) if use is not None else None
    file: Crop | None = crop(facts, use, shape)
    if use is None or picture is None or file is None:
        return None
    return CardPicture(
        url=f"{base_url}{file.href}",
        width_px=file.width_px,
        height_px=file.height_px,
        media_type=file.media_type,
        alternative_text=_alternative(picture, use),
    )


def _alternative(picture: Picture, use: PictureUse) -> str:
    if picture.is_decorative:
        return ""
    return picture.alternative_text or use.caption or picture.caption


def _page(href: str) -> str:
    return href if links.is_profile(href) else ""
