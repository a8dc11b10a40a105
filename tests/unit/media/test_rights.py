"""Rights in renditions: readable by other programs, the same bytes each time, and nothing else."""

import io
import json
import subprocess
from pathlib import Path

import pytest
from PIL import Image

from broadsheet.media.metadata import read_metadata
from broadsheet.media.renditions import (
    Focus,
    make_first,
    make_renditions,
    make_rest,
    rendition_path,
)
from broadsheet.media.rights import Rights, RightsTooLong, packet, segment
from broadsheet.story.records import Rendition
from tests.factories.picture_files import a_packet, saved, two_halves
from tests.servers.processes import program

RIGHTS = Rights(
    creator="José Ñandú",
    credit="Novak & <Daughters> / பத்திரிகை",
    source="Agency",
    copyright="© 2026 Novak",
    usage_terms="Once,\nin print",
    license_url="https://novak.example/terms?a=1&b=2",
    licensor_url="https://novak.example/buy",
    digital_source_type="http://cv.iptc.org/newscodes/digitalsourcetype/digitalCapture",
    alternative_text="Boats 👩‍👩‍👧",
)
MAKE, GPS, SERIAL = 0x010F, 0x8825, 0xA431


def a_located_original() -> io.BytesIO:
    """Return a picture that says where and with what it was taken, in EXIF and in XMP."""
    exif = Image.Exif()
    exif[MAKE] = "SECRETCAMERA"
    exif.get_ifd(GPS)[1] = "N"
    exif.get_ifd(GPS)[2] = (6.0, 27.0, 11.0)
    exif.get_ifd(GPS)[3] = "E"
    exif.get_ifd(GPS)[4] = (3.0, 23.0, 45.0)
    exif.get_ifd(0x8769)[SERIAL] = "SECRETSERIAL"
    xmp = a_packet("", attributes='xmlns:exif="urn:exif" exif:GPSLatitude="6,27.2N"')
    return saved(two_halves(), exif=exif, xmp=xmp)


def every_rendition(original: io.BytesIO, folder: Path, rights: Rights) -> tuple[Rendition, ...]:
    """Make all there are."""
    first = make_first(original, folder=folder, rights=rights)
    return first + make_rest(original, folder=folder, rights=rights, focus=Focus(0.5, 0.5))


def told_by_exiftool(path: Path) -> dict[str, object]:
    """Return what an independent program reads in a file."""
    command = [program("exiftool", package="libimage-exiftool-perl"), "-json", "-G1", "-a", path]
    said = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    found: dict[str, object] = json.loads(said)[0]
    return found


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> list[tuple[Rendition, Path]]:
    """Return every rendition of a picture that says where it was taken, and its file."""
    folder = tmp_path_factory.mktemp("renditions")
    renditions = every_rendition(a_located_original(), folder, RIGHTS)
    return [(each, rendition_path(each.sha256, folder=folder)) for each in renditions]


def test_another_program_reads_the_rights_in_every_format(made: list[tuple[Rendition, Path]]):
    """Exiftool finds creator, credit, copyright, terms and addresses as they were given."""
    for _, path in made:
        told = told_by_exiftool(path)

        assert {
            "XMP-dc:Creator": RIGHTS.creator,
            "XMP-photoshop:Credit": RIGHTS.credit,
            "XMP-photoshop:Source": RIGHTS.source,
            "XMP-dc:Rights": RIGHTS.copyright,
            "XMP-xmpRights:UsageTerms": RIGHTS.usage_terms,
            "XMP-xmpRights:WebStatement": RIGHTS.license_url,
            "XMP-plus:LicensorURL": RIGHTS.licensor_url,
            "XMP-iptcCore:AltTextAccessibility": RIGHTS.alternative_text,
        }.items() <= told.items()


def test_older_programs_read_the_rights_of_a_jpeg(made: list[tuple[Rendition, Path]]):
    """Exiftool finds them in IPTC-IIM too, in UTF-8."""
    for rendition, path in made:
        if rendition.format == "jpeg":
            told = told_by_exiftool(path)

            assert {
                "IPTC:CodedCharacterSet": "UTF8",
                "IPTC:By-line": RIGHTS.creator,
                "IPTC:Credit": RIGHTS.credit,
                "IPTC:Source": RIGHTS.source,
                "IPTC:CopyrightNotice": RIGHTS.copyright,
            }.items() <= told.items()


def test_where_and_with_what_it_was_taken_is_gone(made: list[tuple[Rendition, Path]]):
    """No GPS, EXIF, thumbnail, profile or serial number is in any rendition."""
    for _, path in made:
        told = told_by_exiftool(path)

        groups = {name.partition(":")[0] for name in told}
        assert not [name for name in told if "GPS" in name or "Serial" in name]
        assert not groups & {"IFD0", "IFD1", "ExifIFD", "GPS", "MakerNotes", "ICC_Profile"}
        assert b"SECRET" not in path.read_bytes()


def test_the_original_did_say_where_it_was_taken(tmp_path: Path):
    """The broken twin: the same look at the original finds the place."""
    path = tmp_path / "original"
    path.write_bytes(a_located_original().getvalue())

    told = told_by_exiftool(path)

    assert {"GPS:GPSLatitude", "ExifIFD:SerialNumber", "IFD0:Make"} <= set(told)


def test_we_read_what_we_write(made: list[tuple[Rendition, Path]]):
    """A rendition that comes back as an upload says what it said."""
    for _, path in made:
        with path.open("rb") as file:
            read = read_metadata(file)

        assert () == read.problems
        for name in RIGHTS.__struct_fields__:
            assert getattr(RIGHTS, name) == getattr(read, name)


def test_every_kind_of_rendition_was_looked_at(made: list[tuple[Rendition, Path]]):
    """The tests above saw each format and each shape."""
    assert {
        *(("jpeg", shape) for shape in ("", "16:9", "4:3", "1:1")),
        ("webp", ""),
        ("avif", ""),
    } == {(rendition.format, rendition.shape) for rendition, _ in made}


def test_nothing_known_is_nothing_written(tmp_path: Path):
    """Without rights a rendition carries no metadata at all."""
    made = make_renditions(saved(two_halves()), folder=tmp_path)

    told = told_by_exiftool(rendition_path(made[0].sha256, folder=tmp_path))

    assert (b"", b"") == (packet(Rights()), segment(Rights()))
    assert {"ExifTool", "File", "System", "JFIF", "Composite", "SourceFile"} >= {
        name.partition(":")[0] for name in told
    }


def test_rights_too_long_for_a_file_are_refused():
    """Terms that fill a book belong on a page; nothing is cut."""
    with pytest.raises(RightsTooLong, match="put them on a page and link it"):
        packet(Rights(usage_terms="x" * 70_000))


def test_a_name_longer_than_the_model_allows_is_whole():
    """IIM allows 32 bytes for a name; readers take more, and get it."""
    name = "José María Ñandú de la Concepción y Todos los Santos"

    assert name.encode() in segment(Rights(creator=name))
