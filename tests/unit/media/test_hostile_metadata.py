"""Metadata made to hurt: it is told in words, in bounded time and memory, and nothing raises."""

import io
import os
import struct
import subprocess
import sys
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from broadsheet.media import boxes, exif, iim, xmp
from broadsheet.media.metadata import PictureMetadata, read_metadata
from tests.factories.picture_files import (
    a_heic,
    a_jpeg,
    a_packet,
    a_png,
    chunk,
    exif_bytes,
    extension_segments,
    iim_records,
    saved,
    segment,
    two_halves,
)

ARTIST, CAMERA_TABLE = 0x013B, 0x8769
MEMORY_BYTES = 500 * 1024**2  # address space; the interpreter with our code takes about 150 MB
PROCESSOR_S = 10
READ_ONE = """
import resource, sys
resource.setrlimit(resource.RLIMIT_AS, ({memory}, {memory}))
resource.setrlimit(resource.RLIMIT_CPU, ({seconds}, {seconds}))
from broadsheet.media.metadata import read_metadata
{first}
with open(sys.argv[1], "rb") as file:
    read = read_metadata(file)
print(ascii((read.credit, read.creator, read.problems)))
"""
# As the reader would be if it unpacked whatever there is.
UNBOUNDED = """
import zlib
from broadsheet.media import carried
carried._text_of_chunk = lambda data: zlib.decompress(data[4:])
"""

BOMB = (
    '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">'
    + "".join(
        f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in zip("abcdefgh", "bcdefghi", strict=True)
    )
    + "]>"
)
LONG = "x" * (4 * 1024**2)


def an_entity_bomb() -> io.BytesIO:
    """Return a picture whose XMP grows to a gigabyte when its entities are filled in."""
    packet = a_packet("<photoshop:Credit>&i;</photoshop:Credit>").replace(
        b"<x:xmpmeta", BOMB.encode() + b"<x:xmpmeta", 1
    )
    return a_jpeg(packet=packet, exif=exif_bytes({ARTIST: "Ada"}))


def a_file_entity() -> io.BytesIO:
    """Return a picture whose XMP asks for a file of this machine."""
    entity = b'<!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/passwd">]>'
    packet = a_packet("<photoshop:Credit>&f;</photoshop:Credit>").replace(
        b"<x:xmpmeta", entity + b"<x:xmpmeta", 1
    )
    return a_jpeg(packet=packet, exif=exif_bytes({ARTIST: "Ada"}))


def a_long_extension() -> io.BytesIO:
    """Return a picture whose XMP goes on for 4 MB."""
    name, segments = extension_segments(a_packet(f"<dc:description>{LONG}</dc:description>"))
    packet = a_packet("", attributes=f'xmpNote:HasExtendedXMP="{name}"')
    return a_jpeg(packet=packet, exif=exif_bytes({ARTIST: "Ada"}), segments=segments)


def an_extension_that_lies() -> io.BytesIO:
    """Return a picture whose XMP says of one small piece that it is 4 GB of one."""
    name = "A" * 32
    piece = b"http://ns.adobe.com/xmp/extension/\x00" + name.encode()
    piece += struct.pack(">II", 2**32 - 1, 2**31) + b"x"
    packet = a_packet("", attributes=f'xmpNote:HasExtendedXMP="{name}"')
    exif_of_ada = exif_bytes({ARTIST: "Ada"})
    return a_jpeg(packet=packet, exif=exif_of_ada, segments=segment(0xE1, piece))


def a_packed_bomb() -> io.BytesIO:
    """Return a PNG whose 2 MB of XMP unpack to 450 MB."""
    packer = zlib.compressobj(1)
    packed = b"".join(packer.compress(bytes(1024**2)) for _ in range(450)) + packer.flush()
    text = chunk(b"iTXt", b"XML:com.adobe.xmp\x00\x01\x00\x00\x00" + packed)
    return a_png(chunk(b"eXIf", exif_bytes({ARTIST: "Ada"})) + text)


def a_long_chunk() -> io.BytesIO:
    """Return a PNG with 4 MB of XMP."""
    packet = a_packet(f"<dc:description>{LONG}</dc:description>")
    text = chunk(b"iTXt", b"XML:com.adobe.xmp\x00\x00\x00\x00\x00" + packet)
    return a_png(text + chunk(b"eXIf", exif_bytes({ARTIST: "Ada"})))


def a_thousand_segments() -> io.BytesIO:
    """Return a JPEG of 60 MB, all of it metadata."""
    more = segment(0xED, b"Photoshop 3.0\x00" + bytes(65_000)) * 1_000
    return a_jpeg(exif=exif_bytes({ARTIST: "Ada"}), segments=more)


def a_deep_packet() -> io.BytesIO:
    """Return a picture whose XMP is nested 9,000 deep."""
    packet = a_packet("<x>" * 9_000 + "</x>" * 9_000)
    return a_jpeg(packet=packet[:64_000], exif=exif_bytes({ARTIST: "Ada"}))


def a_wide_packet() -> io.BytesIO:
    """Return a PNG whose XMP has one element with 100,000 attributes."""
    attributes = " ".join(f'a{number}="1"' for number in range(100_000))
    packet = a_packet("<photoshop:Credit>Bo</photoshop:Credit>", attributes=attributes)
    text = chunk(b"iTXt", b"XML:com.adobe.xmp\x00\x00\x00\x00\x00" + packet)
    return a_png(text + chunk(b"eXIf", exif_bytes({ARTIST: "Ada"})))


@pytest.mark.parametrize(
    ("hostile", "told"),
    [
        (an_entity_bomb, "entities"),
        (a_file_entity, "entities"),
        (a_long_extension, "at most 2 MB"),
        (an_extension_that_lies, "at most 2 MB"),
        (a_packed_bomb, "at most 2 MB"),
        (a_long_chunk, ""),
        (a_thousand_segments, "more than 4 MB of metadata"),
        (a_deep_packet, "damaged"),
        (a_wide_packet, ""),
    ],
)
def test_hostile_metadata_costs_little(
    tmp_path: Path, hostile: Callable[[], io.BytesIO], told: str
):
    """Within 500 MB and 10 s it is told what was left out, and the rest is read."""
    path = tmp_path / "hostile"
    path.write_bytes(hostile().getvalue())

    said = read_apart(path)

    assert 0 == said.returncode, said.stderr
    assert "'Ada'" in said.stdout
    assert told in said.stdout
    assert "root:" not in said.stdout


def test_a_reader_without_limits_would_be_stopped(tmp_path: Path):
    """The broken twin: unpacking the bomb at once does not fit."""
    path = tmp_path / "bomb"
    path.write_bytes(a_packed_bomb().getvalue())

    said = read_apart(path, first=UNBOUNDED)

    assert "MemoryError" in said.stderr


def read_apart(path: Path, *, first: str = "") -> subprocess.CompletedProcess[str]:
    """Read a file's metadata in a process with little memory and time."""
    code = READ_ONE.format(memory=MEMORY_BYTES, seconds=PROCESSOR_S, first=first)
    return subprocess.run(
        [sys.executable, "-c", code, path],
        check=False,
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
    )


def a_rich_jpeg() -> bytes:
    """Return a small JPEG with all three kinds of metadata."""
    return a_jpeg(
        packet=a_packet("<photoshop:Credit>Ada</photoshop:Credit>"),
        records=iim_records([(1, 90, iim.UTF_8), (2, 110, b"Ada"), (2, 120, b"A harbor")]),
        exif=exif_bytes({ARTIST: "Ada"}, {0x9003: "2026:11:27 16:20:00"}),
        image=two_halves(16, 8),
    ).getvalue()


RICH = {
    "jpeg": a_rich_jpeg(),
    "png": a_png(
        chunk(b"iTXt", b"XML:com.adobe.xmp\x00\x01\x00\x00\x00" + zlib.compress(a_packet(""))),
        two_halves(16, 8),
    ).getvalue(),
    "webp": saved(
        two_halves(16, 8), "WEBP", xmp=a_packet(""), exif=exif_bytes({ARTIST: "A"})
    ).getvalue(),
    "heic": a_heic(two_halves(64, 64), xmp=a_packet(""), exif=exif_bytes({ARTIST: "A"})).getvalue(),
}


@pytest.mark.parametrize("kind", RICH)
def test_a_file_cut_anywhere_is_answered(kind: str):
    """Metadata that ends in any place is read up to there, and nothing raises."""
    data = RICH[kind]

    for end in range(0, len(data), 3):
        read_metadata(io.BytesIO(data[:end]))


@settings(max_examples=300, deadline=None)
@given(kind=st.sampled_from(sorted(RICH)), damage=st.data())
def test_a_file_damaged_anywhere_is_answered(kind: str, damage: st.DataObject):
    """Whatever bytes are changed, something is read, and nothing raises."""
    data = bytearray(RICH[kind])
    for _ in range(damage.draw(st.integers(1, 8))):
        data[damage.draw(st.integers(0, min(len(data), 2_500) - 1))] = damage.draw(
            st.sampled_from([0, 1, 0x1C, 0x7F, 0x80, 0xFF])
        )

    assert isinstance(read_metadata(io.BytesIO(bytes(data))), PictureMetadata)


@settings(max_examples=300, deadline=None)
@given(st.binary(max_size=400))
def test_any_bytes_at_all_are_read(data: bytes):
    """Each reader answers any bytes."""
    exif.read(b"II*\x00\x08\x00\x00\x00" + data)
    iim.read(b"\x1c" + data)
    iim.records_in(b"8BIM\x04\x04" + data)
    xmp.read(b"<x>" + data)


def test_tables_that_lead_in_a_circle_end():
    """EXIF whose camera table is its first one again is read once."""
    table = struct.pack("<HHHII", 1, CAMERA_TABLE, 4, 1, 8) + bytes(4)

    assert not exif.read(b"II*\x00\x08\x00\x00\x00" + table).problems


def test_a_table_of_items_that_lies_ends():
    """An item said to lie at the end of the world is read as far as there is a file."""
    heic = a_heic(two_halves(64, 64), xmp=a_packet("")).getvalue()
    at = heic.index(b"iloc")
    lying = heic[: at + 12] + b"\xff" * 40 + heic[at + 52 :]

    assert isinstance(read_metadata(io.BytesIO(lying)), PictureMetadata)
    assert boxes.MAX_ITEMS < 5_000


@pytest.mark.parametrize("offset", [2**62, 2**63 - 1, 2**64 - 1, 2**119])
@pytest.mark.parametrize("is_on_disk", [False, True])
def test_an_item_beyond_any_file_is_told(tmp_path: Path, offset: int, *, is_on_disk: bool):
    """An item said to lie where no file reaches is left out, in memory and on the disk."""
    path = tmp_path / "lying.avif"
    path.write_bytes(a_file_of_one_item(offset))

    with path.open("rb") as file:
        read = read_metadata(file if is_on_disk else io.BytesIO(path.read_bytes()))

    assert "" == read.credit
    assert "damaged" in " ".join(read.problems)


def test_an_item_inside_the_file_is_read():
    """The broken twin: the same tables with a true offset lead to the item."""
    before = len(a_file_of_one_item(0))
    packet = a_packet("<photoshop:Credit>Ada</photoshop:Credit>")

    read = read_metadata(io.BytesIO(a_file_of_one_item(before) + packet))

    assert ("Ada", ()) == (read.credit, read.problems)


def a_file_of_one_item(offset: int) -> bytes:
    """Return the boxes of an AVIF whose XMP is said to lie so far in, by a 15-byte number."""

    def box(kind: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content) + 8) + kind + content

    length = len(a_packet("<photoshop:Credit>Ada</photoshop:Credit>"))
    entry = b"\x02\0\0\0" + struct.pack(">HH", 1, 0) + b"mime\0application/rdf+xml\0"
    iinf = b"\0\0\0\0" + struct.pack(">H", 1) + box(b"infe", entry)
    place = struct.pack(">HHH", 1, 0, 1) + offset.to_bytes(15, "big") + struct.pack(">I", length)
    iloc = b"\0\0\0\0" + struct.pack(">HH", 0xF400, 1) + place
    meta = b"\0\0\0\0" + box(b"iinf", iinf) + box(b"iloc", iloc)
    return box(b"ftyp", b"avif\0\0\0\0avif") + box(b"meta", meta)


def test_xmp_cannot_hide_what_it_defines_in_another_charset():
    """A packet that says it is UTF-7 is read as the UTF-8 it must be: no entity comes of it."""
    hidden = '<?xml version="1.0" encoding="UTF-7"?>+ADwAIQ-DOCTYPE x [+ADwAIQ-ENTITY a "b">]>'
    packet = a_packet("<photoshop:Credit>&a;</photoshop:Credit>")
    packet = hidden.encode() + packet.partition(b"?>")[2]

    read = read_metadata(a_jpeg(packet=packet))

    assert "" == read.credit
    assert "damaged" in read.problems[0]


def test_xmp_in_utf_8_is_read_whatever_it_says_of_itself():
    """XMP in a JPEG is UTF-8, also where a program wrote another name on it."""
    packet = b'<?xml version="1.0" encoding="ISO-8859-1"?>'
    packet += a_packet("<photoshop:Credit>Zo\u00eb</photoshop:Credit>").partition(b"?>")[2]

    assert "Zo\u00eb" == read_metadata(a_jpeg(packet=packet)).credit


def test_a_text_longer_than_any_caption_is_left_out_and_told():
    """A text of a million letters is no credit."""
    packet = a_packet(f"<photoshop:Credit>{'x' * 50_000}</photoshop:Credit>")

    read = read_metadata(a_jpeg(packet=packet))

    assert "" == read.credit
    assert "credit: 50,000 characters long" in read.problems[0]
