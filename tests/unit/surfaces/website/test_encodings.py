"""A text's siblings decode to the text, however large it is and however they were made."""

import gzip

import brotli
import pytest

from broadsheet.surfaces.website import encodings
from broadsheet.surfaces.website.encodings import encoded
from broadsheet.surfaces.website.layout import SIBLINGS

LARGE = encodings._WORTH_A_THREAD_BYTES


@pytest.mark.parametrize("size", [200, 5_000, LARGE - 1, LARGE, LARGE + 1, 400_000])
def test_siblings_decode_to_the_text(size):
    """Below and beyond what is worth a thread the same siblings are made, in the same order."""
    text = (b"A ferry sails at noon. " * (size // 23 + 1))[:size]

    found = encoded(text)

    assert SIBLINGS == tuple(found)
    assert text == brotli.decompress(found[".br"]) == gzip.decompress(found[".gz"])


def test_a_thread_changes_no_byte(monkeypatch):
    """What lies on the disk does not depend on how busy the machine was."""
    text = bytes(range(256)) * (LARGE // 100)
    beside = encoded(text)
    monkeypatch.setattr(encodings, "_WORTH_A_THREAD_BYTES", len(text) + 1)

    assert beside == encoded(text)


def test_a_short_text_has_none():
    """Headers would outweigh what is saved."""
    assert {} == encoded(b"x" * 199)
