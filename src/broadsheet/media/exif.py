"""
Reads the few fields of EXIF that say who made a picture and what it shows.

EXIF is a TIFF in miniature: tables of fields that point about in their own bytes. Two
tables are read, the first and the camera's; no table leads to a further one, so none can
lead in a circle. Everything else in there (place, serial numbers, thumbnail, the maker's
notes) is not even looked at. Source: CIPA DC-008 (Exif 3.0). Read 2026-11-28.
"""

import struct
from collections.abc import Iterator

from broadsheet.media.said import Said, Text, decoded

HEADER = b"Exif\x00\x00"  # before EXIF in a JPEG, and in WebP by some writers

_DESCRIPTION = 0x010E
_ARTIST = 0x013B
_COPYRIGHT = 0x8298
_CAMERA_TABLE = 0x8769
_TAKEN_AT = 0x9003
_TAKEN_OFFSET = 0x9011

_ASCII, _LONG, _UTF_8 = 2, 4, 129
_MAX_FIELDS = 1_000  # in one table; cameras write about 70
_MAX_TEXT_BYTES = 65_535

# What cameras write into every picture says nothing of any.
_BY_DEFAULT = {
    "DCIM",
    "DIGITAL CAMERA",
    "KONICA MINOLTA DIGITAL CAMERA",
    "MINOLTA DIGITAL CAMERA",
    "OLYMPUS DIGITAL CAMERA",
    "SAMSUNG",
    "SONY DSC",
}


def read(data: bytes) -> Said:
    """Return what EXIF says; of damaged EXIF, what can be read."""
    tiff = data.removeprefix(HEADER)
    order = {b"II*\x00": "<", b"MM\x00*": ">"}.get(tiff[:4])
    if order is None:
        return Said({}, ("its EXIF is damaged, and was not read",) if tiff else ())
    try:
        return Said(dict(_texts(_fields(tiff, order))))
    except struct.error:
        return Said({}, ("its EXIF is cut short, and was not read",))


def _fields(tiff: bytes, order: str) -> dict[int, bytes]:
    (first,) = struct.unpack_from(f"{order}I", tiff, 4)
    fields = dict(_table(tiff, first, order))
    if _CAMERA_TABLE in fields and len(fields[_CAMERA_TABLE]) == 4:  # noqa: PLR2004  # bytes of an offset
        (second,) = struct.unpack(f"{order}I", fields[_CAMERA_TABLE])
        fields = dict(_table(tiff, second, order)) | fields
    return fields


def _table(tiff: bytes, at: int, order: str) -> Iterator[tuple[int, bytes]]:
    """Return the texts and offsets of one table; what points outside is left out."""
    (count,) = struct.unpack_from(f"{order}H", tiff, at)
    for number in range(min(count, _MAX_FIELDS)):
        field, kind, length = struct.unpack_from(f"{order}HHI", tiff, at + 2 + 12 * number)
        if kind == _LONG and length == 1:
            yield field, tiff[at + 10 + 12 * number : at + 14 + 12 * number]
        if kind not in {_ASCII, _UTF_8} or length > _MAX_TEXT_BYTES:
            continue
        start = at + 10 + 12 * number
        if length > 4:  # noqa: PLR2004  # bytes that fit where the offset would be
            (start,) = struct.unpack_from(f"{order}I", tiff, start)
        if start + length <= len(tiff):
            yield field, tiff[start : start + length]


def _texts(fields: dict[int, bytes]) -> Iterator[tuple[str, Text]]:
    caption = decoded(fields.get(_DESCRIPTION, b""))
    if caption.value.strip().upper() not in _BY_DEFAULT:
        yield "caption", caption
    yield "creator", decoded(fields.get(_ARTIST, b""))
    # Two names may stand here, the photographer's and the editor's, a zero byte between them.
    names = fields.get(_COPYRIGHT, b"").split(b"\x00")
    yield "copyright", decoded(b", ".join(name for name in names if name.strip()))
    taken, offset = decoded(fields.get(_TAKEN_AT, b"")), decoded(fields.get(_TAKEN_OFFSET, b""))
    if taken.value.strip(" :0"):
        yield "taken_at", Text(f"{taken.value}{offset.value}", taken.doubt)
