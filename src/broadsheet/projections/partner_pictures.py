"""
Makes the pictures of a story that partners may take with it.

A picture's rights are not its story's. One goes along under a Creative Commons license, or if
its credit, creator or copyright names the paper: an agency's picture stays on our page, and
agencies write an address of their terms into their files, too.
"""

import re
from collections.abc import Iterable
from typing import Any
from urllib.parse import urlsplit

from broadsheet.projections import addresses, links
from broadsheet.projections.facts import Facts
from broadsheet.story.body import PictureUse
from broadsheet.story.records import Picture, Rendition

# What every partner's system can show.
_PLAIN = frozenset({"jpeg", "png"})


def may_be_taken(picture: Picture, *, paper: str) -> bool:
    """Say whether partners may take a picture over."""
    if links.is_profile(picture.license_url) and _is_open(picture.license_url):
        return True
    said = (picture.credit, picture.creator, picture.copyright)
    return bool(paper) and any(paper.casefold() in _named_in(text) for text in said)


def _is_open(license_url: str) -> bool:
    return (urlsplit(license_url).hostname or "").removeprefix("www.") == "creativecommons.org"


def _named_in(text: str) -> set[str]:
    """Return who a credit names: "Photo: A. Okoye / The Light, 2026" names three, and a year."""
    parts = (_YEARS.sub("", part).strip(" .") for part in _BETWEEN_NAMES.split(text))
    return {name.casefold() for name in (text, *parts)}


_BETWEEN_NAMES = re.compile(r"[/|,;:()\[\]©]")
_YEARS = re.compile(r"\b\d{4}(?:\s*[-–]\s*\d{2,4})?\b")


def taken(facts: Facts, use: PictureUse, *, paper: str) -> Picture | None:
    """Return the picture of one use, if partners may take it and there is a file to take."""
    picture = facts.picture(use.picture)
    if picture is None or not may_be_taken(picture, paper=paper):
        return None
    return picture if widest(picture) else None


def widest(picture: Picture) -> Rendition | None:
    """Return the widest file of the whole picture that every system can show."""
    whole = (size for size in picture.renditions if not size.shape and size.format in _PLAIN)
    return max(whole, key=lambda size: size.width_px, default=None)


def caption_of(picture: Picture, use: PictureUse) -> str:
    """Return the words under a picture in one use of it."""
    return use.caption or picture.caption


def url_of(picture: Picture, size: Rendition, *, base_url: str) -> str:
    """Return where one size of a picture is, whole."""
    return addresses.url_of(base_url, addresses.rendition(picture.id, size))


def association(picture: Picture, use: PictureUse, *, name: str, base_url: str) -> dict[str, Any]:
    """Return a picture as ninjs associates it with its story."""
    descriptions = (
        ("caption", caption_of(picture, use)),
        ("alternative-text", "" if picture.is_decorative else picture.alternative_text),
    )
    said: dict[str, Any] = {
        "name": name,
        "rel": "lead" if name == "lead" else "body",
        "uri": f"urn:uuid:{picture.id}",
        "type": "picture",
        "pubStatus": "usable",
        "by": picture.creator or picture.credit,
        "infoSources": [{"name": picture.credit, "role": "credit"}] if picture.credit else [],
        "descriptions": [
            {"role": role, "contentType": "text/plain", "value": text}
            for role, text in descriptions
            if text
        ],
        "copyrightNotice": picture.copyright,
        "rightsInfo": _rights(picture),
        "digitalSourceType": _source_type(picture),
        "renditions": list(_renditions(picture, base_url=base_url)),
    }
    return {key: value for key, value in said.items() if value}


def _rights(picture: Picture) -> dict[str, str]:
    is_stated = links.is_profile(picture.license_url)
    return {"linkedRights": picture.license_url} if is_stated else {}


def _source_type(picture: Picture) -> dict[str, str]:
    is_stated = links.is_profile(picture.digital_source_type)
    return {"uri": picture.digital_source_type} if is_stated else {}


def _renditions(picture: Picture, *, base_url: str) -> Iterable[dict[str, Any]]:
    for size in picture.renditions:
        if size.format in _PLAIN:
            yield _rendition(picture, size, base_url=base_url)


def _rendition(picture: Picture, size: Rendition, *, base_url: str) -> dict[str, Any]:
    said: dict[str, Any] = {
        "name": f"{size.shape}-{size.width_px}" if size.shape else f"whole-{size.width_px}",
        "href": url_of(picture, size, base_url=base_url),
        "contentType": f"image/{size.format}",
        "width": size.width_px,
        "height": size.height_px,
        "sizeInBytes": size.bytes,
    }
    if size.shape:
        return {**said, "aspectRatio": size.shape}
    x = round(picture.focus_x_percent * size.width_px / 100)
    y = round(picture.focus_y_percent * size.height_px / 100)
    return {**said, "poi": {"x": x, "y": y}}
