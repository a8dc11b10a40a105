"""
Looks at an uploaded file before it is taken in: whether it is a picture, and what it says.

Decoding is done by a process of its own, which a hostile file may take down. What the file
tells fills fields that are blank, and never one that somebody has written in.
"""

import logging
from pathlib import PurePath
from typing import TYPE_CHECKING, Any, NamedTuple

from django.core.exceptions import ValidationError

from broadsheet.media.formats import SUFFIXES, Format
from broadsheet.media.metadata import PictureMetadata, read_metadata
from broadsheet.media.renditions import DarkroomFailed, PictureUnusable, inspect
from broadsheet.newsroom.pictures.sources import digital_source

if TYPE_CHECKING:
    # The rows import this module; only the checker needs them here.
    from broadsheet.newsroom.models.picture import Picture

TITLE_CHARACTERS = 255  # Wagtail's column
NOT_LOOKED_AT = (
    "the file could not be looked at just now, which is no fault of its own; try again, and if "
    "it stays so, tell whoever runs the paper"
)
_LOG = logging.getLogger(__name__)
LONGEST_ADDRESS = 500  # of a page about a license

# What a file tells, by the field it fills. The agency's caption is for the desk alone.
_FILLED_AS_TOLD = {
    "alternative_text": "alternative_text",
    "caption": "agency_caption",
    "creator": "creator",
    "credit": "credit",
    "source": "source",
    "copyright": "copyright",
    "usage_terms": "usage_terms",
    "instructions": "instructions",
}
_SUFFIX_OF = {
    Format.JPEG: ".jpg",
    Format.PNG: ".png",
    Format.WEBP: ".webp",
    Format.GIF: ".gif",
    Format.AVIF: ".avif",
    Format.HEIC: ".heic",
}


class Looked(NamedTuple):
    """What was found in a file that can be used."""

    format: Format
    width_px: int  # upright
    height_px: int
    told: PictureMetadata
    name: str

    @property
    def title(self) -> str:
        """Return what to call the picture at the desk: as its file does, or as it is called."""
        name = PurePath(self.name).stem if self.name else ""
        said = self.told.headline or self.told.title or name or "Picture without a name"
        return " ".join(said.split())[:TITLE_CHARACTERS]


class Noted(NamedTuple):
    """What was found, and what whoever uploads it should know."""

    looked: Looked
    remarks: tuple[str, ...]


def look_at(file: Any) -> Noted:
    """
    Return what an uploaded file is and tells.

    Raises:
        ValidationError: it cannot be used; the message says why and what to do.

    """
    file.open()
    try:
        found = inspect(file, name=file.name or "")
        told = read_metadata(file)
    except PictureUnusable as unusable:
        raise ValidationError({"file": str(unusable)}) from unusable
    except DarkroomFailed as failed:
        _LOG.warning("looking at %s failed", file.name, exc_info=True)
        raise ValidationError({"file": NOT_LOOKED_AT}) from failed
    finally:
        file.seek(0)
    looked = Looked(
        found.format, found.width_px, found.height_px, told, PurePath(file.name or "").name
    )
    return Noted(looked, (*found.remarks, *told.problems))


def name_as_it_is(name: str, found: Format) -> str:
    """Return a file's name with the ending of what it is: whoever opens it is told no lie."""
    path = PurePath(name)
    if SUFFIXES.get(path.suffix.lower()) is found:
        return name
    return f"{path.stem or 'picture'}{_SUFFIX_OF[found]}"


def fill_blanks(picture: "Picture", looked: Looked) -> None:
    """Write what a file tells into the fields nobody has written in."""
    told = looked.told
    for said, field in _FILLED_AS_TOLD.items():
        if not getattr(picture, field).strip():
            setattr(picture, field, getattr(told, said))
    for field in ("license_url", "licensor_url"):
        address = getattr(told, field)
        if not getattr(picture, field) and _is_web_address(address):
            setattr(picture, field, address)
    if not picture.digital_source_type:
        picture.digital_source_type = digital_source(told.digital_source_type)
    if not picture.title.strip():
        picture.title = looked.title


def _is_web_address(said: str) -> bool:
    return said.startswith(("https://", "http://")) and len(said) <= LONGEST_ADDRESS
