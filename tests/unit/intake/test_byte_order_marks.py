"""A byte order mark is no part of the page."""

import pytest

from broadsheet.intake.page_files import PageUnreadable, read_bytes


@pytest.mark.parametrize(
    ("data", "place"),
    [
        (b"\xef\xbb\xbfabc\xff", "line 1, column 4 (byte 3): 0xFF"),
        ("\ufeffaééé".encode() + b"\xff rest", "line 1, column 5 (byte 7): 0xFF"),
    ],
)
def test_place_counts_behind_the_byte_order_mark(data, place):
    """Behind a byte order mark too, the refusal names the byte that is wrong."""
    with pytest.raises(PageUnreadable) as refused:
        read_bytes(data)

    assert place in str(refused.value)
