"""
Reads and writes IPTC-IIM, the captions and credits agencies have sent in JPEGs since 1991.

Records are a marker, two numbers that name a field, a length and bytes; field 1:90 says
in which charset, and is often missing. In a JPEG they lie in resource 0x0404 of
Photoshop's segment. Lengths that lie end the reading; nothing is allocated by them.
Source: IPTC-NAA Information Interchange Model 4.2; Photoshop file formats, image resource
blocks. Read 2026-11-28.
"""

import struct
from collections.abc import Iterable, Iterator

from broadsheet.media.said import Said, Text, decoded

Field = tuple[int, int]

CHARSET: Field = (1, 90)
TITLE: Field = (2, 5)
INSTRUCTIONS: Field = (2, 40)
DATE: Field = (2, 55)
TIME: Field = (2, 60)
BYLINE: Field = (2, 80)
CITY: Field = (2, 90)
COUNTRY: Field = (2, 101)
HEADLINE: Field = (2, 105)
CREDIT: Field = (2, 110)
SOURCE: Field = (2, 115)
COPYRIGHT: Field = (2, 116)
CAPTION: Field = (2, 120)

UTF_8 = b"\x1b%G"
HEADER = b"Photoshop 3.0\x00"
MAX_FIELDS = 2_000  # in one picture; the model has about 80
MAX_FIELD_BYTES = 32_767  # a longer one takes another kind of length, which few programs read

# By the last byte of "ESC - x" or "ESC . x". What says it is Latin 1 is Windows', as it is written.
# Source: ISO/IEC 2022; registry of coded character sets 100, 101, 109, 110, 126, 127, 138, 144,
# 148, 203. Read 2026-11-28.
_CHARSETS = {
    b"A": "cp1252",
    b"B": "iso8859-2",
    b"C": "iso8859-3",
    b"D": "iso8859-4",
    b"F": "iso8859-7",
    b"G": "iso8859-6",
    b"H": "iso8859-8",
    b"L": "iso8859-5",
    b"M": "iso8859-9",
    b"b": "iso8859-15",
}

_TEXTS = {
    TITLE: "title",
    INSTRUCTIONS: "instructions",
    CITY: "city",
    COUNTRY: "country",
    HEADLINE: "headline",
    CREDIT: "credit",
    SOURCE: "source",
    COPYRIGHT: "copyright",
    CAPTION: "caption",
}

_MARKER = 0x1C
_IIM_RESOURCE = 0x0404
_EXTENDED = 0x8000
_RESOURCE_TYPES = (b"8BIM", b"PHUT", b"DCSR", b"AgHg", b"MeSa")


def read(records: bytes) -> Said:
    """Return what the records say."""
    found: dict[Field, list[bytes]] = {}
    for field, data in fields(records):
        found.setdefault(field, []).append(data)
    charset = found.get(CHARSET, [b""])[0]
    texts = {
        name: _text(found[field][0], charset) for field, name in _TEXTS.items() if field in found
    }
    creators = [_text(data, charset) for data in found.get(BYLINE, ())]
    if creators:
        names = ", ".join(text.value.strip() for text in creators)
        texts["creator"] = Text(names, next((text.doubt for text in creators if text.doubt), ""))
    taken = b" ".join(found[field][0] for field in (DATE, TIME) if field in found)
    return Said(texts | {"taken_at": decoded(taken)})


def _text(data: bytes, charset: bytes) -> Text:
    if charset == UTF_8:
        text = decoded(data)
        doubt = "it says it is UTF-8, and is not" if text.doubt else ""
        return Text(text.value, doubt)
    if charset[:2] in {b"\x1b-", b"\x1b."} and charset[2:] in _CHARSETS:
        return Text(data.decode(_CHARSETS[charset[2:]], "replace"))
    return decoded(data)


def fields(records: bytes) -> Iterator[tuple[Field, bytes]]:
    """Return each field and its bytes, in order, as far as lengths hold."""
    at = 0
    for _ in range(MAX_FIELDS):
        if at + 5 > len(records) or records[at] != _MARKER:
            return
        field = (records[at + 1], records[at + 2])
        (length,) = struct.unpack_from(">H", records, at + 3)
        at += 5
        if length & _EXTENDED:
            digits = length & ~_EXTENDED
            length = int.from_bytes(records[at : at + digits], "big")
            at += digits
        if at + length > len(records):
            return
        yield field, records[at : at + length]
        at += length


def records_in(resources: bytes) -> bytes:
    """Return the IIM records in Photoshop's resources, without the segment's header; or none."""
    at = 0
    while at + 12 <= len(resources) and resources[at : at + 4] in _RESOURCE_TYPES:
        (number,) = struct.unpack_from(">H", resources, at + 4)
        name_length = resources[at + 6]
        at += 7 + name_length + (name_length + 1) % 2
        if at + 4 > len(resources):
            return b""
        (length,) = struct.unpack_from(">I", resources, at)
        at += 4
        if number == _IIM_RESOURCE:
            return resources[at : at + length]
        at += length + length % 2
    return b""


def segment(said: Iterable[tuple[Field, str]]) -> bytes:
    """
    Return what a JPEG's APP13 segment holds to say these texts, in UTF-8; empty without any.

    The model allows 32 bytes for most names; every reader takes more, and a name cut in
    its middle is no name. One that no plain length can tell is left out: XMP has it.
    """
    texts = [(field, text.encode()) for field, text in said]
    written = [(field, data) for field, data in texts if 0 < len(data) <= MAX_FIELD_BYTES]
    if not written:
        return b""
    records = b"".join(_record(field, data) for field, data in [(CHARSET, UTF_8), *written])
    padding = b"\x00" * (len(records) % 2)
    resource = b"8BIM" + struct.pack(">HHI", _IIM_RESOURCE, 0, len(records)) + records + padding
    return HEADER + resource


def _record(field: Field, data: bytes) -> bytes:
    return struct.pack(">BBBH", _MARKER, *field, len(data)) + data
