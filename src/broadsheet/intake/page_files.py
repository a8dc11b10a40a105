"""
Turns the bytes of a page someone saved into its text.

Errors: PageRefused
    PageUnreadable  the bytes are no text in UTF-8
    PageIsEmpty     there is nothing on the page
"""

import codecs

_PLACE_SHOWN_BYTES = 20


class PageRefused(ValueError):
    """A page cannot be taken in."""


class PageUnreadable(PageRefused):
    """The bytes of a page are no text in UTF-8."""


class PageIsEmpty(PageRefused):
    """There are no words on a page."""


_OTHER_ENCODINGS = {
    codecs.BOM_UTF32_LE: "UTF-32",  # before UTF-16, whose mark it begins with
    codecs.BOM_UTF32_BE: "UTF-32",
    codecs.BOM_UTF16_LE: "UTF-16",
    codecs.BOM_UTF16_BE: "UTF-16",
}


def read_bytes(data: bytes) -> str:
    """
    Return the text of a page: its byte order mark and Windows line ends are the file's, not ours.

    Raises:
        PageUnreadable: with the place, and what the file probably is.

    """
    for mark, name in _OTHER_ENCODINGS.items():
        if data.startswith(mark):
            message = f"the page is in {name}; save it as UTF-8 and take it in again"
            raise PageUnreadable(message)
    if b"\0" in data:
        message = f"the page is no text: byte {data.index(0)} is NUL; is it a picture or a PDF?"
        raise PageUnreadable(message)
    data = data.removeprefix(codecs.BOM_UTF8)
    try:
        return data.decode().replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        raise PageUnreadable(_place(data, error.start)) from error


def _place(data: bytes, offset: int) -> str:
    line_start = data.rfind(b"\n", 0, offset) + 1
    line = data.count(b"\n", 0, offset) + 1
    column = len(data[line_start:offset].decode()) + 1
    around = (
        data[offset : offset + _PLACE_SHOWN_BYTES].partition(b"\n")[0].decode("cp1252", "replace")
    )
    return (
        f"line {line}, column {column} (byte {offset}): 0x{data[offset]:02X} is not UTF-8; "
        f"in Windows-1252 it would read “{around}”. Save the page as UTF-8 and take it in again"
    )
