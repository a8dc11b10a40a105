"""
Writes, for nginx and Caddy, where each moved address of a site leads.

A page, a tombstone and a picture are files any server can serve; where a moved address leads
stands in a file, and no other server than ours reads it there. So it is said to them in the
words of their own configuration, which they read when they are told to (web.telling).
What cannot be said to a server is left out and named: one odd address must not keep a server
from starting.
"""

import os
from collections import Counter
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import NamedTuple
from urllib.parse import quote

from broadsheet.projections.objects import ObjectKey
from broadsheet.surfaces.website.layout import NotAKey, State, TreePath, key_of, path_of

# Bytes of one word. nginx reads its configuration in pieces of 4,096 (NGX_CONF_BUFFER,
# src/core/ngx_conf_file.c of 1.22), and a longer word is an error that keeps it from starting.
_LONGEST_WORD_BYTES = 4_000
# What a location holds unencoded: all a path may, but "$", which begins a variable in nginx.
SAFE_IN_LOCATION = "/:@!&'()*+,;=-._~"


class Move(NamedTuple):
    """An address that moved."""

    address: str  # as a browser asks for it, decoded
    location: str  # as a browser is told, encoded


class Found(NamedTuple):
    """What the markers of a tree say."""

    moves: tuple[Move, ...]
    damaged: tuple[str, ...]  # markers that lead nowhere, by their path in the tree


class Map(NamedTuple):
    """What one server is to read."""

    text: str
    left_out: tuple[str, ...]  # addresses that its language has no words for


def moves_of(site: Path) -> Found:
    """
    Return the moves of a public tree, in the order of their addresses.

    Raises:
        OSError: a folder or marker is there, and cannot be read.

    """
    moves, damaged = [], []
    for folder, below, names in os.walk(site, onerror=_raise):
        below[:] = [name for name in below if not name.startswith(".")]
        for name in names:
            if name.endswith(State.MOVED.value):
                path = os.path.relpath(Path(folder, name), site)
                move = _move_of(path, Path(folder, name))
                damaged.append(path) if move is None else moves.append(move)
    return Found(tuple(sorted(moves)), tuple(sorted(damaged)))


def for_nginx(moves: Iterable[Move]) -> Map:
    """
    Return the inside of a `map $uri`.

    nginx looks words up in a map without regard to case, and two that differ in nothing else
    keep it from starting; expressions it compares exactly, one after the other. So only those
    few are expressions. That a word is the address asked for, the marker beside it tells.
    """
    listed = list(moves)
    spellings = Counter(_folded(move.address) for move in listed)

    def line(move: Move) -> str:
        is_one_of_several = spellings[_folded(move.address)] > 1
        word = rf"~^\Q{move.address}\E$" if is_one_of_several else move.address
        escaped = word.replace("\\", "\\\\").replace('"', '\\"')
        return f'"{escaped}" "{move.location}";\n'

    return _written(listed, line, cannot_say=_is_too_long)


def for_caddy(moves: Iterable[Move]) -> Map:
    """Return the inside of a `map {path}`; never empty, since Caddy imports no empty file."""

    def line(move: Move) -> str:
        return f"`{move.address}` `{move.location}`\n"

    # In a file of Caddy's, {$NAME} is the environment's, in whatever quotes.
    said = _written(
        list(moves), line, cannot_say=lambda move: "`" in move.address or "{$" in move.address
    )
    return said._replace(text=said.text + 'default ""\n')


def _written(
    moves: list[Move], line: Callable[[Move], str], *, cannot_say: Callable[[Move], bool]
) -> Map:
    said = "".join(line(move) for move in moves if not cannot_say(move))
    return Map(said, tuple(move.address for move in moves if cannot_say(move)))


def _move_of(path: str, marker: Path) -> Move | None:
    """Return what a marker says; None if it is no path of this site: it then redirects nobody."""
    try:
        location = marker.read_bytes().decode()
        path_of(ObjectKey(location))
        return Move(key_of(TreePath(path)), quote(location, safe=SAFE_IN_LOCATION))
    except (UnicodeError, NotAKey):
        return None


def _is_too_long(move: Move) -> bool:
    return max(len(move.address.encode()), len(move.location)) > _LONGEST_WORD_BYTES


def _folded(address: str) -> str:
    """Return the address as nginx folds it: letters of ASCII only."""
    return address.encode().lower().decode()


def _raise(error: OSError) -> None:
    raise error
