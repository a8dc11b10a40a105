"""
Says what a file is by its first bytes. What it is called, or was said to be, decides nothing.

A file that is one of the formats taken and something else besides (a script or an archive
after its end) is taken as the picture it is: only its pixels go anywhere.
"""

from enum import Enum
from pathlib import PurePath

from broadsheet.media.unusable import PictureNotTaken, PictureUnreadable

HEAD_BYTES = 1024  # enough to tell every format, and SVG behind an XML declaration


class Format(Enum):
    """A format that is taken, as people call it."""

    JPEG = "JPEG"
    PNG = "PNG"
    WEBP = "WebP"
    GIF = "GIF"
    AVIF = "AVIF"
    HEIC = "HEIC"


SUFFIXES = {
    ".jpg": Format.JPEG,
    ".jpeg": Format.JPEG,
    ".jpe": Format.JPEG,
    ".png": Format.PNG,
    ".webp": Format.WEBP,
    ".gif": Format.GIF,
    ".avif": Format.AVIF,
    ".heic": Format.HEIC,
    ".heif": Format.HEIC,
}

_STARTS = (
    (b"\xff\xd8\xff", Format.JPEG),
    (b"\x89PNG\r\n\x1a\n", Format.PNG),
    (b"GIF87a", Format.GIF),
    (b"GIF89a", Format.GIF),
)
# Source: ISO/IEC 23008-12 (HEIF), annex B; AV1 Image File Format 1.1, section 6. Read 2026-11-28.
_AVIF_BRANDS = {b"avif", b"avis"}
_HEIC_BRANDS = {b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"}

_UNREAD = "the file cannot be read as a picture to its end"

# What people try, and what they are told to do instead.
_NOT_TAKEN = (
    ((b"%PDF",), "a PDF", "export the page as JPEG or PNG"),
    ((b"II*\x00", b"MM\x00*"), "a TIFF or a camera's raw file", "export it as JPEG"),
    ((b"8BPS",), "a Photoshop document", "export it as JPEG or PNG"),
    ((b"BM",), "a BMP", "export it as PNG"),
    ((b"\xff\x0a", b"\x00\x00\x00\x0cJXL "), "a JPEG XL", "export it as JPEG"),
    ((b"\x00\x00\x00\x0cjP  ",), "a JPEG 2000", "export it as JPEG"),
    ((b"PK\x03\x04",), "an archive or an office document", "take the picture out of it"),
    ((b"\x1f\x8b",), "a compressed file", "take the picture out of it"),
)


def format_of(head: bytes) -> Format:
    """
    Return what a file is, by its first HEAD_BYTES bytes.

    Raises:
        PictureNotTaken: it is of another kind; the message says of which, and what to do.
        PictureUnreadable: it is empty, or of no kind known here.

    """
    for start, found in _STARTS:
        if head.startswith(start):
            return found
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return Format.WEBP
    if head[4:8] == b"ftyp":
        return _by_brand(head)
    raise _refusal(head)


def misnamed(name: str, found: Format) -> str:
    """Return a remark if a file's name says it is another format; an empty one if not."""
    suffix = PurePath(name).suffix.lower()
    if not suffix or SUFFIXES.get(suffix) is found:
        return ""
    return f"the file is called {suffix} but is {found.value}: it is used as what it is"


def _by_brand(head: bytes) -> Format:
    size = min(int.from_bytes(head[:4], "big"), len(head))
    brands = {head[8:12], *(head[at : at + 4] for at in range(16, size, 4))}
    if brands & _AVIF_BRANDS:
        return Format.AVIF
    if brands & _HEIC_BRANDS:
        return Format.HEIC
    message = f"{_UNREAD}: it is a film, which is not taken; upload one frame of it as JPEG"
    raise PictureNotTaken(message)


def _refusal(head: bytes) -> PictureUnreadable:
    if not head:
        return PictureUnreadable(f"{_UNREAD}: it is empty; upload it again, or ask for a new copy")
    if is_svg(head):
        return PictureNotTaken(
            f"{_UNREAD}: it is SVG, which is not taken, since SVG can carry scripts; "
            "export it as PNG"
        )
    for starts, kind, instead in _NOT_TAKEN:
        if head.startswith(starts):
            return PictureNotTaken(f"{_UNREAD}: it is {kind}, which is not taken; {instead}")
    return PictureUnreadable(
        f"{_UNREAD}: it is none of JPEG, PNG, WebP, GIF, AVIF and HEIC; "
        "export it again as JPEG or PNG, or ask for a new copy"
    )


def is_svg(head: bytes) -> bool:
    """Return whether a file begins as SVG does, in whatever encoding of Unicode."""
    return b"<svg" in head[:HEAD_BYTES].replace(b"\x00", b"").lower()
