"""
Finds the metadata a picture's file carries, without decoding a pixel.

Files are a stranger's: a length is believed only as far as there are bytes, parts and
bytes are counted, and reading stops where the counts end. What cannot be read is told in
words; nothing raises.
"""

import io
import struct
import zlib
from collections.abc import Callable, Iterator, Mapping
from typing import BinaryIO

from broadsheet.media import boxes, exif, iim, xmp
from broadsheet.media.formats import HEAD_BYTES, Format, format_of
from broadsheet.media.unusable import PictureUnreadable

MAX_PARTS = 20_000  # segments or chunks of one file: a PNG of 100 MB has about 12,000
MAX_BYTES = xmp.MAX_BYTES  # of each kind

_XMP_HEADER = b"http://ns.adobe.com/xap/1.0/\x00"
_EXTENSION_HEADER = b"http://ns.adobe.com/xmp/extension/\x00"
_APP1, _APP13, _SCAN, _END = 0xE1, 0xED, 0xDA, 0xD9
_STANDALONE = {0x01, *range(0xD0, 0xD9)}  # markers without a length
_PNG_XMP = b"XML:com.adobe.xmp\x00"

Found = tuple[str, bytes]  # "xmp", "extension", "exif", "resources", and its bytes


class Carried:
    """What was found in a file: bytes of each kind, and what could not be read."""

    def __init__(self) -> None:
        self.problems: list[str] = []
        self._found: dict[str, list[bytes]] = {}
        self._taken_bytes = 0

    def take(self, found: Iterator[Found]) -> None:
        """Take what is found, as long as it is not too much."""
        for kind, data in found:
            self._taken_bytes += len(data)
            if self._taken_bytes > 2 * MAX_BYTES:
                self.problems.append(
                    f"it carries more than {2 * MAX_BYTES // 1024**2} MB of metadata: "
                    "what is beyond was left out"
                )
                return
            self._found.setdefault(kind, []).append(data)

    @property
    def exif(self) -> bytes:
        """Return the first EXIF."""
        return next(iter(self._found.get("exif", ())), b"")

    @property
    def iim(self) -> bytes:
        """Return the IIM records; Photoshop's segments are one stretch cut into pieces."""
        return iim.records_in(b"".join(self._found.get("resources", ())))

    def packets(self) -> Iterator[bytes]:
        """Return the XMP packet, and its extension if it says that it has one."""
        packet = next(iter(self._found.get("xmp", ())), b"")
        yield packet
        name = xmp.extended_by(packet)
        if name:
            yield self._extension(name)

    def _extension(self, name: str) -> bytes:
        """Return an extension put together from its pieces: name, full length, offset, bytes."""
        pieces = {}
        full = 0
        for data in self._found.get("extension", ()):
            if data[:32].upper() == name.encode() and len(data) > 40:  # noqa: PLR2004  # bytes before
                full, offset = struct.unpack_from(">II", data, 32)
                pieces[offset] = data[40:]
        whole = b"".join(piece for _, piece in sorted(pieces.items()))
        if full > MAX_BYTES:
            self.problems.append(xmp.too_long(full))
        elif full == len(whole) and full:
            return whole
        else:
            self.problems.append("a part of its XMP is missing: what is in that part was not read")
        return b""


def carried_by(file: BinaryIO) -> Carried:
    """Return what a file carries, from its start; whatever the file is, this returns."""
    carried = Carried()
    file.seek(0)
    head = file.read(HEAD_BYTES)
    file.seek(0)
    try:
        carried.take(_FINDERS[format_of(head)](file))
    except PictureUnreadable:
        carried.problems.append("it is no picture whose metadata can be read")
    except (ValueError, struct.error, zlib.error, KeyError, IndexError) as error:
        carried.problems.append(f"its metadata is damaged: what is behind was not read ({error})")
    return carried


def _in_jpeg(file: BinaryIO) -> Iterator[Found]:
    file.seek(2)
    for _ in range(MAX_PARTS):
        marker = _next_marker(file)
        if marker is None or marker in {_SCAN, _END}:
            return
        if marker in _STANDALONE:
            continue
        length = int.from_bytes(file.read(2), "big") - 2
        if length < 0:
            return
        if marker not in {_APP1, _APP13}:
            file.seek(length, io.SEEK_CUR)
            continue
        data = file.read(length)
        for header, kind in _SEGMENTS:
            if data.startswith(header):
                yield kind, data[len(header) :]


_SEGMENTS = (
    (_XMP_HEADER, "xmp"),
    (_EXTENSION_HEADER, "extension"),
    (exif.HEADER, "exif"),
    (iim.HEADER, "resources"),
)


def _next_marker(file: BinaryIO) -> int | None:
    if file.read(1) != b"\xff":
        return None
    for _ in range(MAX_PARTS):
        found = file.read(1)
        if found != b"\xff":  # A marker may be filled up before it.
            return found[0] if found else None
    return None


def _in_png(file: BinaryIO) -> Iterator[Found]:
    file.seek(8)
    for _ in range(MAX_PARTS):
        head = file.read(8)
        if len(head) < 8:  # noqa: PLR2004  # bytes of a chunk's head
            return
        length, kind = struct.unpack(">I4s", head)
        if kind in {b"iTXt", b"eXIf"} and length <= MAX_BYTES:
            data = file.read(length)
            file.seek(4, io.SEEK_CUR)
            if kind == b"eXIf":
                yield "exif", data
            elif data.startswith(_PNG_XMP):
                yield "xmp", _text_of_chunk(data[len(_PNG_XMP) :])
        else:
            file.seek(length + 4, io.SEEK_CUR)


def _text_of_chunk(data: bytes) -> bytes:
    """
    Return the text of an iTXt chunk behind its keyword, decompressed as far as is read.

    Raises:
        zlib.error, ValueError: it cannot be decompressed.

    """
    is_compressed = data[:1] == b"\x01"
    text = data[2:].split(b"\x00", 2)[2]  # behind its language and its translated keyword
    if not is_compressed:
        return text
    return zlib.decompressobj().decompress(text, MAX_BYTES + 1)


def _in_webp(file: BinaryIO) -> Iterator[Found]:
    file.seek(12)
    for _ in range(MAX_PARTS):
        head = file.read(8)
        if len(head) < 8:  # noqa: PLR2004  # bytes of a chunk's head
            return
        kind, length = struct.unpack("<4sI", head)
        if kind in {b"XMP ", b"EXIF"} and length <= MAX_BYTES:
            yield kind.decode().strip().lower(), file.read(length)
            file.seek(length % 2, io.SEEK_CUR)
        else:
            file.seek(length + length % 2, io.SEEK_CUR)


def _in_boxes(file: BinaryIO) -> Iterator[Found]:
    yield from boxes.items(file, most_bytes=MAX_BYTES)


def _in_gif(_: BinaryIO) -> Iterator[Found]:
    return iter(())  # GIFs are no press pictures: none with metadata has come.


_FINDERS: Mapping[Format, Callable[[BinaryIO], Iterator[Found]]] = {
    Format.JPEG: _in_jpeg,
    Format.PNG: _in_png,
    Format.WEBP: _in_webp,
    Format.AVIF: _in_boxes,
    Format.HEIC: _in_boxes,
    Format.GIF: _in_gif,
}
