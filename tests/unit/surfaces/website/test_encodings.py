"""A text's siblings decode to the text, however large it is."""

import gzip

import brotli
import pytest

from broadsheet.surfaces.website.encodings import encoded
from broadsheet.surfaces.website.layout import SIBLINGS


@pytest.mark.parametrize("size", [200, 5_000, 400_000])
def test_siblings_decode_to_the_text(size):
    """Both are made, in the order in which they are looked for."""
    text = (b"A ferry sails at noon. " * (size // 23 + 1))[:size]

    found = encoded(text)

    assert SIBLINGS == tuple(found)
    assert text == brotli.decompress(found[".br"]) == gzip.decompress(found[".gz"])


def test_a_short_text_has_none():
    """Headers would outweigh what is saved."""
    assert {} == encoded(b"x" * 199)
