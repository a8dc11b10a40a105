"""What a reader's headers ask for."""

import pytest

from broadsheet.web.negotiation import Encoding, encodings_wanted, is_known

BR, GZIP, PLAIN = Encoding.BROTLI, Encoding.GZIP, Encoding.IDENTITY


@pytest.mark.parametrize(
    ("header", "wanted"),
    [
        (None, (PLAIN,)),
        ("", (PLAIN,)),
        ("gzip, deflate, br, zstd", (BR, GZIP, PLAIN)),
        ("gzip;q=1.0, br;q=0.5", (GZIP, BR, PLAIN)),
        ("br;q=0, gzip", (GZIP, PLAIN)),
        ("BR ; Q=1", (BR, PLAIN)),
        ("x-gzip", (GZIP, PLAIN)),
        ("identity, gzip;q=0.5", (PLAIN, GZIP)),
        ("*", (BR, GZIP, PLAIN)),
        ("*;q=0", (PLAIN,)),
        ("gzip, *;q=0", (GZIP, PLAIN)),
        ("identity;q=0", (PLAIN,)),
        ("gzip;q=nan, br;q=-1", (PLAIN,)),
        ("gzip;q=7", (PLAIN,)),
        (",,;;,gzip", (GZIP, PLAIN)),
        ("deflate, " * 100 + "gzip", (GZIP, PLAIN)),
    ],
)
def test_encodings_are_offered_by_weight(header, wanted):
    """Weights decide, equals go smallest first, and plain text is what remains."""
    assert wanted == encodings_wanted(header)


@pytest.mark.parametrize(
    ("header", "known"),
    [
        ('"v1"', True),
        ('W/"v1"', True),
        ('"v0", W/"v1"', True),
        ('"a,b","v1"', True),
        ("*", True),
        ('"v0"', False),
        ('"v1-br"', False),
        ("v1", False),
        ("", False),
    ],
)
def test_a_known_version_is_found_in_a_list(header, known):
    """If-None-Match is a list, compared weakly; a star knows every version."""
    assert known is is_known(header, entity_tag='"v1"')
