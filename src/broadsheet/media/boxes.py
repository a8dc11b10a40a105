"""
Finds XMP and EXIF in AVIF and HEIC: boxes in boxes, tables that say where items lie.

Lengths and offsets are a stranger's: each is checked against what is there, no table is
longer than so many rows, and nothing is read twice. Source: ISO/IEC 14496-12, 8.11 (meta,
iinf, iloc); ISO/IEC 23008-12, annex A (metadata items). Read 2026-11-28.
"""

import io
import struct
from collections.abc import Iterator, Mapping
from typing import BinaryIO, NamedTuple

MAX_META_BYTES = 1024**2  # of the tables alone
MAX_ITEMS = 4_096  # a photograph in tiles has some hundred
MAX_EXTENTS = 64  # pieces of one item

_FILE_OFFSET, _ITEM_DATA = 0, 1  # where an item's offsets are counted from
_XMP_TYPE = b"application/rdf+xml"


class Box(NamedTuple):
    """One box: its kind and where its content lies."""

    kind: bytes
    start: int
    end: int


class Place(NamedTuple):
    """Where an item lies."""

    counted_from: int
    extents: tuple[tuple[int, int], ...]  # offset, length


def items(file: BinaryIO, *, most_bytes: int) -> Iterator[tuple[str, bytes]]:
    """
    Return what the metadata items of a file hold, each named "xmp" or "exif".

    Raises:
        ValueError, struct.error: the tables are damaged.

    """
    end = file.seek(0, io.SEEK_END)
    meta = next((box for box in _boxes(file, 0, end) if box.kind == b"meta"), None)
    if meta is None:
        return
    if meta.end - meta.start > MAX_META_BYTES:
        message = "its tables are too long"
        raise ValueError(message)
    file.seek(meta.start)
    tables = io.BytesIO(file.read(meta.end - meta.start))
    inner = {box.kind: box for box in _boxes(tables, 4, meta.end - meta.start)}
    kinds = dict(_kinds(tables, inner[b"iinf"])) if b"iinf" in inner else {}
    places = _places(_content(tables, inner[b"iloc"])) if b"iloc" in inner else {}
    item_data = inner.get(b"idat")
    for number, kind in kinds.items():
        if number in places:
            data = _read(file, places[number], item_data, tables, most_bytes=most_bytes)
            yield kind, _without_offset(data) if kind == "exif" else data


def _boxes(file: BinaryIO, at: int, end: int) -> Iterator[Box]:
    for _ in range(MAX_ITEMS):
        file.seek(at)
        head = file.read(16)
        if at + 8 > end or len(head) < 8:  # noqa: PLR2004  # bytes of a box's head
            return
        size, kind = struct.unpack(">I4s", head[:8])
        start = at + 8
        if size == 1:
            (size,) = struct.unpack(">Q", head[8:16])
            start = at + 16
        stop = end if size == 0 else at + size
        if stop > end or stop < start:
            return
        yield Box(kind, start, stop)
        at = stop


def _content(file: BinaryIO, box: Box) -> bytes:
    file.seek(box.start)
    return file.read(box.end - box.start)


def _kinds(tables: BinaryIO, iinf: Box) -> Iterator[tuple[int, str]]:
    """Return the numbers of the items that are metadata, and which they are."""
    version = _content(tables, iinf)[0]
    for box in _boxes(tables, iinf.start + (6 if version == 0 else 8), iinf.end):
        entry = _content(tables, box)
        if box.kind != b"infe" or entry[0] < 2:  # noqa: PLR2004  # older ones name no kind
            continue
        wide = entry[0] > 2  # noqa: PLR2004  # version 3 has numbers of four bytes
        number, _, kind = struct.unpack_from(">IH4s" if wide else ">HH4s", entry, 4)
        rest = entry[14 if wide else 12 :].split(b"\x00")
        if kind == b"Exif":
            yield number, "exif"
        elif kind == b"mime" and len(rest) > 1 and rest[1] == _XMP_TYPE:
            yield number, "xmp"


def _places(iloc: bytes) -> Mapping[int, Place]:
    version, sizes = iloc[0], struct.unpack_from(">H", iloc, 4)[0]
    offset_size, length_size, base_size, index_size = (sizes >> at & 15 for at in (12, 8, 4, 0))
    reader = _Numbers(iloc, 6)
    places = {}
    for _ in range(min(reader.next(4 if version == 2 else 2), MAX_ITEMS)):  # noqa: PLR2004  # wide numbers
        number = reader.next(4 if version == 2 else 2)  # noqa: PLR2004  # the same
        counted_from = reader.next(2) & 15 if version else _FILE_OFFSET
        reader.next(2)  # where the data is in another file; none is followed
        base = reader.next(base_size)
        extents = []
        for _ in range(min(reader.next(2), MAX_EXTENTS)):
            reader.next(index_size if version else 0)
            extents.append((base + reader.next(offset_size), reader.next(length_size)))
        places[number] = Place(counted_from, tuple(extents))
    return places


class _Numbers:
    """Reads numbers of given sizes, one after another."""

    def __init__(self, data: bytes, at: int) -> None:
        self._data, self._at = data, at

    def next(self, size: int) -> int:
        """
        Return the next number of so many bytes; of none, 0.

        Raises:
            ValueError: the bytes are at their end.

        """
        found = self._data[self._at : self._at + size]
        if len(found) < size:
            message = "its tables are cut short"
            raise ValueError(message)
        self._at += size
        return int.from_bytes(found, "big")


def _read(
    file: BinaryIO, place: Place, item_data: Box | None, tables: BinaryIO, *, most_bytes: int
) -> bytes:
    if place.counted_from == _ITEM_DATA and item_data is not None:
        file, start = tables, item_data.start
    else:
        start = 0
    pieces = []
    left = most_bytes
    end = file.seek(0, io.SEEK_END)
    for offset, length in place.extents:
        if start + offset > end:  # No file reaches there, and some cannot even be asked to.
            message = "an item lies behind its end"
            raise ValueError(message)
        file.seek(start + offset)
        pieces.append(file.read(min(length, left)))
        left -= len(pieces[-1])
    return b"".join(pieces)


def _without_offset(exif: bytes) -> bytes:
    """Return EXIF from where its own header begins; four bytes say where that is."""
    (offset,) = struct.unpack_from(">I", exif)
    return exif[4 + offset :]
