"""What one kind of metadata says of a picture, before it is known which kind counts."""

from collections.abc import Mapping
from typing import NamedTuple


class Text(NamedTuple):
    """One text, and what makes it doubtful, if anything does."""

    value: str
    doubt: str = ""


class Said(NamedTuple):
    """Texts by field of media.metadata.PictureMetadata, and what could not be read."""

    texts: Mapping[str, Text]
    problems: tuple[str, ...] = ()


def decoded(data: bytes) -> Text:
    """
    Return bytes of an unknown charset as text: UTF-8 if they are, Windows' letters if not.

    Bytes that are valid UTF-8 beyond ASCII are hardly ever anything else; the others are
    a guess, and told to be one.
    """
    bare = data.rstrip(b"\x00")
    try:
        return Text(bare.decode())
    except UnicodeDecodeError:
        return Text(_from_windows(bare), "it says not in which letters it is written")


def _from_windows(data: bytes) -> str:
    try:
        return data.decode("cp1252")
    except UnicodeDecodeError:
        return data.decode("latin-1")  # Five bytes mean nothing to Windows.
