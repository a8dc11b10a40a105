"""What every format of feed promises of its entries; part of `feeds`."""

from collections.abc import Mapping
from typing import Any

from selectolax.lexbor import LexborHTMLParser

MOST = 20  # entries of a feed
CHARACTERS = 40  # of a block without its spaces, by which it is known


def has_text(html: str, story: Mapping[str, Any]) -> bool:
    """Return whether the beginning of each block of a story's text can be read in some HTML."""
    read = "".join(LexborHTMLParser(html).text().split()) if html else ""
    return all("".join(block.split())[:CHARACTERS] in read for block in story["body"])


def told_of(link: str) -> tuple[str, bool]:
    """Return the address of the story an entry links to, and whether it tells of a note there."""
    address, _, place = link.partition("#")
    return address, place.startswith("note-")


def has_note(html: str, story: Mapping[str, Any]) -> bool:
    """Return whether one of the notes at the top of a story can be read in some HTML."""
    read = "".join(LexborHTMLParser(html).text().split()) if html else ""
    return any("".join(note.split()) in read for note in story["corrections"])
