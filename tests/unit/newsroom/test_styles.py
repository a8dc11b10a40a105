"""The desk's own styles and scripts move nothing by themselves: that is trouble to some."""

import re
from pathlib import Path

import pytest

import broadsheet

SOURCE = Path(broadsheet.__file__).parent
FILES = sorted(
    path
    for package in ("newsroom", "accounts")
    for path in (SOURCE / package / "static").rglob("*")
    if path.suffix in {".css", ".js"}
)
# What moves: in a style unless it asks who minds, in a script by its own word.
MOVES = re.compile(
    r"\b(?:transition|animation|scroll-behavior)\b\s*:|behavior: \"smooth\"|\.animate\("
)


def moving(text: str) -> list[str]:
    """Return what moves in a file whatever its reader asked for."""
    return [] if "prefers-reduced-motion" in text else MOVES.findall(text)


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(SOURCE)))
def test_nothing_moves(path):
    """No style and no script of the desk moves anything without asking who minds."""
    assert [] == moving(path.read_text("utf-8"))


def test_what_moves_is_found():
    """The broken twin: a button that fades is named, and let be if its style asks."""
    fading = "a { transition: opacity 1s; }"

    assert 1 == len(moving(fading))
    assert [] == moving(f"@media (prefers-reduced-motion: no-preference) {{ {fading} }}")
