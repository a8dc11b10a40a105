"""Metadata of picture files: read from three kinds, field by field, in any alphabet."""

import io
import zlib

import pytest
from PIL import Image

from broadsheet.media.metadata import PictureMetadata, read_metadata
from tests.factories.picture_files import (
    UTF_8,
    a_heic,
    a_jpeg,
    a_packet,
    a_png,
    chunk,
    exif_bytes,
    extension_segments,
    iim_records,
    saved,
    two_halves,
)

DESCRIPTION, ARTIST, COPYRIGHT, TAKEN_AT = 0x010E, 0x013B, 0x8298, 0x9003
CREDIT_PACKET = a_packet("<photoshop:Credit>Ada / பத்திரிகை</photoshop:Credit>")


def test_every_field_of_xmp_is_read():
    """What an agency writes in XMP arrives, each text in its field."""
    packet = a_packet(
        """
        <dc:title><rdf:Alt><rdf:li xml:lang="x-default">HARBOR_01</rdf:li></rdf:Alt></dc:title>
        <dc:description><rdf:Alt>
          <rdf:li xml:lang="de">Ein Hafen</rdf:li>
          <rdf:li xml:lang="x-default">A harbor at dusk</rdf:li>
        </rdf:Alt></dc:description>
        <dc:creator><rdf:Seq>
          <rdf:li>Ada Novak</rdf:li><rdf:li>Lin 林</rdf:li></rdf:Seq></dc:creator>
        <dc:rights><rdf:Alt><rdf:li xml:lang="x-default">© 2026 Novak</rdf:li></rdf:Alt></dc:rights>
        <photoshop:Source>Novak &amp; Daughters</photoshop:Source>
        <photoshop:Instructions>No sales</photoshop:Instructions>
        <xmpRights:UsageTerms><rdf:Alt>
          <rdf:li xml:lang="x-default">Once</rdf:li></rdf:Alt></xmpRights:UsageTerms>
        <xmpRights:WebStatement rdf:resource="https://novak.example/terms"/>
        <plus:Licensor><rdf:Seq><rdf:li rdf:parseType="Resource">
          <plus:LicensorURL>https://novak.example/buy</plus:LicensorURL>
        </rdf:li></rdf:Seq></plus:Licensor>
        <Iptc4xmpCore:AltTextAccessibility><rdf:Alt>
          <rdf:li xml:lang="x-default">Boats in red light</rdf:li>
        </rdf:Alt></Iptc4xmpCore:AltTextAccessibility>
        <Iptc4xmpExt:DigitalSourceType>http://cv.iptc.org/newscodes/digitalsourcetype/digitalCapture</Iptc4xmpExt:DigitalSourceType>
        """,
        attributes=(
            'photoshop:Headline="Dusk" photoshop:Credit="Novak/Picture Desk" '
            'photoshop:City="Łódź" photoshop:Country="Poland" '
            'photoshop:DateCreated="2026-11-27T16:20:00+01:00"'
        ),
    )

    assert PictureMetadata(
        title="HARBOR_01",
        headline="Dusk",
        alternative_text="Boats in red light",
        caption="A harbor at dusk",
        creator="Ada Novak, Lin 林",
        credit="Novak/Picture Desk",
        source="Novak & Daughters",
        copyright="© 2026 Novak",
        usage_terms="Once",
        license_url="https://novak.example/terms",
        licensor_url="https://novak.example/buy",
        instructions="No sales",
        city="Łódź",
        country="Poland",
        taken_at="2026-11-27T16:20:00+01:00",
        digital_source_type="http://cv.iptc.org/newscodes/digitalsourcetype/digitalCapture",
    ) == read_metadata(a_jpeg(packet=packet))


def test_every_field_of_iim_is_read():
    """What an agency writes in IIM, with its charset, arrives; line ends are line ends."""
    records = iim_records(
        [
            (1, 90, UTF_8),
            (2, 5, b"HARBOR_01"),
            (2, 40, b"No sales"),
            (2, 55, b"20261127"),
            (2, 60, b"162000+0100"),
            (2, 80, "José Ñandú".encode()),
            (2, 80, "林".encode()),
            (2, 90, "Łódź".encode()),
            (2, 101, b"Poland"),
            (2, 105, b"Dusk"),
            (2, 110, b"Novak"),
            (2, 115, b"Agency"),
            (2, 116, "© Novak".encode()),
            (2, 120, "A harbor\r\nat dusk 👩‍👩‍👧".encode()),
        ]
    )

    assert PictureMetadata(
        title="HARBOR_01",
        headline="Dusk",
        caption="A harbor\nat dusk 👩‍👩‍👧",
        creator="José Ñandú, 林",
        credit="Novak",
        source="Agency",
        copyright="© Novak",
        instructions="No sales",
        city="Łódź",
        country="Poland",
        taken_at="20261127 162000+0100",
    ) == read_metadata(a_jpeg(records=records))


def test_every_field_of_exif_is_read():
    """What a photographer's camera writes arrives."""
    exif = exif_bytes(
        {DESCRIPTION: "A harbor", ARTIST: "Ada Novak", COPYRIGHT: "Ada Novak\0The Editor"},
        {TAKEN_AT: "2026:11:27 16:20:00", 0x9011: "+01:00"},
    )

    assert PictureMetadata(
        caption="A harbor",
        creator="Ada Novak",
        copyright="Ada Novak, The Editor",
        taken_at="2026:11:27 16:20:00+01:00",
    ) == read_metadata(a_jpeg(exif=exif))


def test_the_first_that_says_anything_counts_field_by_field():
    """XMP goes before IIM, IIM before EXIF; an empty or blank field is not said."""
    packet = a_packet(
        "<photoshop:Credit>by XMP</photoshop:Credit><photoshop:Headline>  </photoshop:Headline>"
    )
    records = iim_records(
        [(2, 110, b"by IIM"), (2, 105, b"by IIM"), (2, 80, b"by IIM"), (2, 116, b"")]
    )
    exif = exif_bytes({ARTIST: "by EXIF", COPYRIGHT: "by EXIF"})

    read = read_metadata(a_jpeg(packet=packet, records=records, exif=exif))

    assert ("by XMP", "by IIM", "by IIM", "by EXIF") == (
        read.credit,
        read.headline,
        read.creator,
        read.copyright,
    )


@pytest.mark.parametrize(
    ("charset", "data", "read_as", "is_told"),
    [
        (UTF_8, "Ñandú".encode(), "Ñandú", False),
        (None, "Ñandú".encode(), "Ñandú", False),
        (None, "Ñandú – “x”".encode("cp1252"), "Ñandú – “x”", True),
        (UTF_8, "Ñandú".encode("cp1252"), "Ñandú", True),
        (b"\x1b.A", "Ñandú".encode("latin-1"), "Ñandú", False),
        (b"\x1b-B", "Łódź".encode("iso8859-2"), "Łódź", False),
        (b"\x1b-L", "Киев".encode("iso8859-5"), "Киев", False),
        (b"\x1b-G", "صورة".encode("iso8859-6"), "صورة", False),
        (b"\x1b-F", "Αθήνα".encode("iso8859-7"), "Αθήνα", False),
        (b"\x1b-H", "שלום".encode("iso8859-8"), "שלום", False),
        (b"\x1b-?", "Ñandú".encode("cp1252"), "Ñandú", True),
        (None, b"plain", "plain", False),
    ],
)
def test_letters_of_iim_are_as_said_or_as_detected(
    charset: bytes | None, data: bytes, read_as: str, *, is_told: bool
):
    """1:90 decides; without it UTF-8 if it is, Windows' letters if not, which is told."""
    records = iim_records([*([(1, 90, charset)] if charset else []), (2, 110, data)])

    read = read_metadata(a_jpeg(records=records))

    assert read_as == read.credit
    assert is_told == bool(read.problems)
    assert all("credit: it says" in problem for problem in read.problems)


def test_doubt_about_a_field_that_does_not_count_is_not_told():
    """IIM in unknown letters is no problem where XMP says it too."""
    records = iim_records([(2, 110, b"\xd1and\xfa")])

    read = read_metadata(a_jpeg(packet=CREDIT_PACKET, records=records))

    assert ("Ada / பத்திரிகை", ()) == (read.credit, read.problems)


def test_what_may_not_be_written_is_replaced_and_told():
    """Control characters and what hides direction are proposed away, with the field named."""
    records = iim_records([(2, 110, b"Ada\x07 Novak\x00\x00"), (2, 105, "a\u202eb".encode())])

    read = read_metadata(a_jpeg(records=records))

    assert ("Ada Novak", "ab") == (read.credit, read.headline)
    assert ["headline: U+202E", "credit: U+0007"] == [
        " ".join(problem.split()[:2]) for problem in read.problems
    ]


def test_what_cameras_write_into_every_picture_is_no_caption():
    """A camera's own name for itself is not taken for words about the picture."""
    exif = exif_bytes({DESCRIPTION: "OLYMPUS DIGITAL CAMERA         "})

    assert PictureMetadata() == read_metadata(a_jpeg(exif=exif))


def test_a_credit_that_is_a_copyright_line_stays_as_it_is():
    """What a supplier put into the wrong field is left there: nothing is invented."""
    packet = a_packet("<photoshop:Credit>© Ada Novak</photoshop:Credit>")

    read = read_metadata(a_jpeg(packet=packet))

    assert ("© Ada Novak", "") == (read.credit, read.copyright)


@pytest.mark.parametrize("address", ["javascript:alert(1)", "novak.example/terms", "file:///etc/"])
def test_an_address_that_is_none_is_left_out_and_told(address: str):
    """Only addresses of pages are taken for addresses of pages."""
    packet = a_packet(f"<xmpRights:WebStatement>{address}</xmpRights:WebStatement>")

    read = read_metadata(a_jpeg(packet=packet))

    assert "" == read.license_url
    assert (f"license address: {address!r} is no address of a page: it was left out",) == (
        read.problems
    )


def test_an_extension_of_xmp_is_read_with_it():
    """XMP too long for one segment is put together, whatever the order of its pieces."""
    caption = "word " * 3_000
    name, segments = extension_segments(
        a_packet(f"<dc:description>{caption}</dc:description>"), piece_bytes=4_000
    )
    packet = a_packet(
        "<photoshop:Credit>Ada</photoshop:Credit>", attributes=f'xmpNote:HasExtendedXMP="{name}"'
    )

    read = read_metadata(a_jpeg(packet=packet, segments=segments))

    assert ("Ada", caption.strip(), ()) == (read.credit, read.caption, read.problems)


def test_metadata_in_png_is_read():
    """XMP in an iTXt chunk, plain or compressed, and EXIF behind the pixels."""
    plain = b"XML:com.adobe.xmp\x00\x00\x00\x00\x00" + CREDIT_PACKET
    packed = b"XML:com.adobe.xmp\x00\x01\x00\x00\x00" + zlib.compress(CREDIT_PACKET)
    exif = chunk(b"eXIf", exif_bytes({ARTIST: "Ada"}))

    for text in (plain, packed):
        read = read_metadata(a_png(chunk(b"iTXt", text) + exif))

        assert ("Ada / பத்திரிகை", "Ada", ()) == (read.credit, read.creator, read.problems)


@pytest.mark.parametrize("image_format", ["WEBP", "AVIF"])
def test_metadata_in_webp_and_avif_is_read(image_format: str):
    """XMP and EXIF as another program writes them arrive."""
    exif = Image.Exif()
    exif[ARTIST] = "Ada"
    file = saved(two_halves(200, 100), image_format, xmp=CREDIT_PACKET, exif=exif)

    read = read_metadata(file)

    assert ("Ada / பத்திரிகை", "Ada", ()) == (read.credit, read.creator, read.problems)


def test_metadata_in_heic_is_read():
    """XMP and EXIF as telephones write them arrive."""
    exif = b"Exif\x00\x00" + exif_bytes({ARTIST: "Ada"})
    file = a_heic(two_halves(200, 100), xmp=CREDIT_PACKET, exif=exif)

    read = read_metadata(file)

    assert ("Ada / பத்திரிகை", "Ada", ()) == (read.credit, read.creator, read.problems)


def test_a_picture_that_says_nothing_has_no_problems():
    """Nothing said is nothing wrong."""
    for image_format in ("JPEG", "PNG", "WEBP", "AVIF", "GIF"):
        assert PictureMetadata() == read_metadata(saved(two_halves(90, 60), image_format))


def test_what_is_no_picture_says_nothing():
    """Any file at all is answered, with a problem."""
    for data in (b"", b"x", b"<svg/>", b"\xff\xd8\xff", bytes(5_000)):
        read = read_metadata(io.BytesIO(data))

        assert "" == read.credit
