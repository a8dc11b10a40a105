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
