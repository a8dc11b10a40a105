"""
Makes picture files with metadata as agencies and cameras write it, and hostile ones.

Files are put together from bytes here, not by the code under test.
"""

import hashlib
import io
import struct
import zlib
from collections.abc import Iterable, Mapping

import pillow_heif
from PIL import Image

UTF_8 = b"\x1b%G"
XMP_NAMESPACES = (
    'xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" '
    'xmlns:dc="http://purl.org/dc/elements/1.1/" '
    'xmlns:photoshop="http://ns.adobe.com/photoshop/1.0/" '
    'xmlns:xmpRights="http://ns.adobe.com/xap/1.0/rights/" '
    'xmlns:plus="http://ns.useplus.org/ldf/xmp/1.0/" '
    'xmlns:xmpNote="http://ns.adobe.com/xmp/note/" '
    'xmlns:Iptc4xmpCore="http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/" '
    'xmlns:Iptc4xmpExt="http://iptc.org/std/Iptc4xmpExt/2008-02-29/"'
)


def saved(image: Image.Image, image_format: str = "JPEG", **options: object) -> io.BytesIO:
    """Return an image as a file."""
    file = io.BytesIO()
    image.save(file, image_format, **options)
    file.seek(0)
    return file


def two_halves(width: int = 2000, height: int = 1000) -> Image.Image:
    """Return a picture whose left half is red and whose right half is blue."""
    image = Image.new("RGB", (width, height), "#0000ff")
    image.paste("#ff0000", (0, 0, width // 2, height))
    return image


def a_packet(properties: str, *, attributes: str = "") -> bytes:
    """Return an XMP packet that holds these properties, as XML."""
    return (
        '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>'
        '<x:xmpmeta xmlns:x="adobe:ns:meta/">'
        f'<rdf:RDF {XMP_NAMESPACES}><rdf:Description rdf:about="" {attributes}>{properties}'
        "</rdf:Description></rdf:RDF></x:xmpmeta>" + " " * 200 + '<?xpacket end="w"?>'
    ).encode()


def iim_records(fields: Iterable[tuple[int, int, bytes]]) -> bytes:
    """Return IIM records of these fields: record, number, bytes."""
    return b"".join(
        struct.pack(">BBBH", 0x1C, record, number, len(data)) + data
        for record, number, data in fields
    )


def photoshop_resources(records: bytes) -> bytes:
    """Return what stands in Photoshop's segment around IIM records, another resource first."""
    other = b"8BIM" + struct.pack(">H", 0x03ED) + b"\x03abc" + struct.pack(">I", 3) + b"xyz\x00"
    padding = b"\x00" * (len(records) % 2)
    return other + b"8BIM" + struct.pack(">HHI", 0x0404, 0, len(records)) + records + padding


def segment(marker: int, data: bytes) -> bytes:
    """Return a JPEG segment."""
    return b"\xff" + bytes([marker]) + struct.pack(">H", len(data) + 2) + data


def exif_bytes(fields: Mapping[int, object], camera: Mapping[int, object] | None = None) -> bytes:
    """Return EXIF of these fields, without the header it has in a JPEG."""
    exif = Image.Exif()
    for field, value in fields.items():
        exif[field] = value
    for field, value in (camera or {}).items():
        exif.get_ifd(0x8769)[field] = value
    return exif.tobytes().removeprefix(b"Exif\x00\x00")


def a_jpeg(  # the parts of a file, in their order
    *,
    packet: bytes = b"",
    records: bytes = b"",
    exif: bytes = b"",
    segments: bytes = b"",
    image: Image.Image | None = None,
) -> io.BytesIO:
    """Return a JPEG that carries these."""
    pixels = saved(image or two_halves(200, 100)).getvalue()
    carried = b""
    if exif:
        carried += segment(0xE1, b"Exif\x00\x00" + exif)
    if packet:
        carried += segment(0xE1, b"http://ns.adobe.com/xap/1.0/\x00" + packet)
    if records:
        carried += segment(0xED, b"Photoshop 3.0\x00" + photoshop_resources(records))
    return io.BytesIO(pixels[:2] + carried + segments + pixels[2:])


def extension_segments(packet: bytes, *, piece_bytes: int = 60_000) -> tuple[str, bytes]:
    """Return the name of an XMP extension and the segments it lies in."""
    name = hashlib.md5(packet, usedforsecurity=False).hexdigest().upper()
    pieces = [
        segment(
            0xE1,
            b"http://ns.adobe.com/xmp/extension/\x00"
            + name.encode()
            + struct.pack(">II", len(packet), at)
            + packet[at : at + piece_bytes],
        )
        for at in range(0, len(packet), piece_bytes)
    ]
    return name, b"".join(reversed(pieces))


def chunk(kind: bytes, data: bytes) -> bytes:
    """Return a PNG chunk."""
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def a_png(chunks: bytes, image: Image.Image | None = None) -> io.BytesIO:
    """Return a PNG with these chunks behind its header."""
    pixels = saved(image or two_halves(200, 100), "PNG").getvalue()
    return io.BytesIO(pixels[:33] + chunks + pixels[33:])


def a_heic(image: Image.Image, **options: object) -> io.BytesIO:
    """Return a HEIC as telephones write it."""
    file = io.BytesIO()
    pillow_heif.from_pillow(image).save(file, format="HEIF", quality=80, **options)
    file.seek(0)
    return file
