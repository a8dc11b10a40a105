"""Versions of pictures from before they had rights keep their bytes, and so their hashes."""

import hashlib

from broadsheet.story.records import Picture
from broadsheet.story.versions import content_hash, decoded, encoded
from tests.factories.story import a_picture

# As a release before this one wrote it.
OLDER = (
    b'{"record":{"agency_caption":"","alternative_text":"A tram crossing a bridge","caption":'
    b'"The first tram crosses the old bridge.","credit":"Ada Reporter","id":'
    b'"01900000-0000-7000-8000-000000000003","kind":"picture","renditions":[{"bytes":90000,'
    b'"format":"jpeg","height_px":800,"sha256":"' + b"ab" * 32 + b'","width_px":1200}]},"schema":1}'
)


def test_an_older_version_is_read_and_keeps_its_hash():
    """An older picture decodes with nothing said of its rights, and encodes to the same bytes."""
    record = decoded(OLDER)

    assert a_picture() == record
    assert OLDER == encoded(record)
    assert hashlib.sha256(OLDER).hexdigest() == content_hash(record)


def test_what_is_said_is_written():
    """Rights that are known are in the bytes, and come back."""
    picture = a_picture(copyright="© Ada", is_decorative=True, focus_x_percent=10)

    record = decoded(encoded(picture))

    assert isinstance(record, Picture)
    assert picture == record
    assert "© Ada".encode() in encoded(picture)


def test_a_writer_that_writes_what_is_not_said_would_be_found():
    """The broken twin: the bytes differ as soon as one more field is written."""
    assert OLDER != encoded(a_picture(creator="Ada"))
