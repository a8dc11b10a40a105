"""
Reads what a picture's file says of it: who made it, what it shows, who may use it how.

From XMP, IPTC-IIM and EXIF, in this order: field by field, the first that says anything
counts. Nothing is invented, put in order or translated; what stands in the wrong field
stays there. Where and with what the picture was taken is not read at all, but the city
and country somebody wrote.
"""

from typing import BinaryIO

import msgspec

from broadsheet.media import exif, iim, xmp
from broadsheet.media.carried import carried_by
from broadsheet.media.said import Said, Text
from broadsheet.story.text import flaws, proposed

MAX_CHARACTERS = 20_000  # of one text: the longest captions have some 3,000


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


_FIELDS = tuple(name for name in PictureMetadata.__struct_fields__ if name != "problems")
_ADDRESSES = {"license_url", "licensor_url", "digital_source_type"}


def read_metadata(file: BinaryIO) -> PictureMetadata:
    """Return what a file says of its picture; whatever the file holds, this returns."""
    carried = carried_by(file)
    said = [xmp.read(packet) for packet in carried.packets()]
    said += [iim.read(carried.iim), exif.read(carried.exif)]
    problems = [*carried.problems, *(problem for each in said for problem in each.problems)]
    texts = {name: _written(name, _first(name, said), problems) for name in _FIELDS}
    return PictureMetadata(**texts, problems=tuple(dict.fromkeys(problems)))


def _first(name: str, said: list[Said]) -> Text:
    texts = (each.texts[name] for each in said if name in each.texts)
    return next((text for text in texts if text.value.strip()), Text(""))


def _written(name: str, text: Text, problems: list[str]) -> str:
    """Return a text as it may be written, and add what was wrong with it to the problems."""
    label = name.replace("_url", " address").replace("_", " ")
    value = text.value.rstrip("\x00").replace("\r\n", "\n").replace("\r", "\n").strip()
    if len(value) > MAX_CHARACTERS:
        problems.append(
            f"{label}: {len(value):,} characters long, at most {MAX_CHARACTERS:,} are read: "
            "it was left out"
        )
        return ""
    if text.doubt:
        problems.append(f"{label}: {text.doubt}: look whether it reads well")
    found = flaws(value)
    if found:
        problems.append(
            f"{label}: U+{found[0].code_point:04X} {found[0].name} may not be written, and was "
            f"replaced{f', and {len(found) - 1} more' if len(found) > 1 else ''}"
        )
        value = proposed(value).strip()
    if name in _ADDRESSES and value and not value.startswith(("https://", "http://")):
        problems.append(f"{label}: {value[:100]!r} is no address of a page: it was left out")
        return ""
    return value
