"""A rendition's shape, which versions from before there were shapes do not say."""

import hashlib

import msgspec

from broadsheet.story import versions
from tests.factories.story import a_picture

# As the log kept it before renditions had a shape.
OLD = (
    b'{"record":{"agency_caption":"","alternative_text":"A tram crossing a bridge","caption":'
    b'"The first tram crosses the old bridge.","credit":"Ada Reporter","id":'
    b'"01900000-0000-7000-8000-000000000003","kind":"picture","renditions":[{"bytes":90000,'
    b'"format":"jpeg","height_px":800,"sha256":"' + b"ab" * 32 + b'","width_px":1200}]},"schema":1}'
)


def test_an_old_version_reads_as_the_whole_picture():
    """A rendition without a shape is of the whole picture."""
    assert a_picture() == versions.decoded(OLD)


def test_a_whole_picture_is_written_as_before():
    """The bytes, and so the hash, of a version without shapes are what they were."""
    assert OLD == versions.encoded(a_picture())
    assert hashlib.sha256(OLD).hexdigest() == versions.content_hash(a_picture())


def test_a_part_says_its_shape():
    """A rendition of a part of the picture is written with its shape, and read back."""
    (whole,) = a_picture().renditions
    part = msgspec.structs.replace(whole, shape="16:9")
    picture = a_picture(renditions=(whole, part))

    data = versions.encoded(picture)

    assert b'"shape":"16:9"' in data
    assert picture == versions.decoded(data)
