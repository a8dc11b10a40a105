"""From the bytes of a saved page to its text."""

import pytest

from broadsheet.intake.page_files import PageUnreadable, read_bytes


def test_byte_order_mark_and_windows_line_ends_are_the_files():
    """They are no part of the text."""
    assert "Tram\nopens\n" == read_bytes("\ufeffTram\r\nopens\r\n".encode())


@pytest.mark.parametrize(
    ("data", "message"),
    [
        pytest.param(
            "Tram\nStraße gesperrt".encode("latin-1"),
            r"line 2, column 5 \(byte 9\): 0xDF is not UTF-8; in Windows-1252 .* “ße gesperrt”",
            id="Latin-1",
        ),
        pytest.param("Tram".encode("utf-16"), "in UTF-16; save it as UTF-8", id="UTF-16"),
        pytest.param("Tram".encode("utf-32"), "in UTF-32; save it as UTF-8", id="UTF-32"),
        pytest.param(b"\xff\xd8\xff\xe0\x00\x10JFIF", "byte 4 is NUL; is it a picture", id="JPEG"),
        pytest.param(b"\xff\xd8\xff", r"line 1, column 1 \(byte 0\): 0xFF", id="broken"),
        pytest.param("é".encode()[:1], r"byte 0\): 0xC3", id="cut off"),
    ],
)
def test_bytes_that_are_no_text_are_refused_with_their_place(data, message):
    """The message says where, what, and what to do."""
    with pytest.raises(PageUnreadable, match=message):
        read_bytes(data)


def test_lone_surrogates_are_refused():
    """Bytes that some programs write for half a character are no UTF-8."""
    with pytest.raises(PageUnreadable, match="0xED"):
        read_bytes(b"\xed\xa0\x80")
