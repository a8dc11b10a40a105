"""
Says where an object of the site lies in the public tree, and which object a file is of.

The tree is what any web server may serve: a key that ends in a slash is the index.html
of its folder, any other key is a file of that name. Names are the key's own text in
UTF-8, so a key is never percent-encoded. What a plain file cannot say lies beside it:
index.html.301 holds where it moved to, index.html.410 the tombstone. Keys come from
imports and editors and paths from strangers: both pass the same gate, or are no keys.
"""

from enum import Enum
from typing import NewType

import regex

from broadsheet.projections.objects import ObjectKey

TreePath = NewType("TreePath", str)  # relative to the public tree: "2026/11/22/slug/index.html"

INDEX = "index.html"
MEDIA = "/media/"  # the one folder whose files come from private storage, under their hash
SIBLINGS = (".br", ".gz")
# Bytes of one name. The kernel allows 255; the rest is for our longest suffix.
LONGEST_NAME_BYTES = 240
LONGEST_KEY_BYTES = 2000  # well below the kernel's 4,096 for a whole path


class NotAKey(ValueError):  # names what is wrong, as all our errors do
    """The text cannot be the key of an object of the site."""


class State(Enum):
    """What is said of a key, as the suffix of its file; the strongest first."""

    PAGE = ""
    MOVED = ".301"
    GONE = ".410"


# By the same tables as story.slugs: Python's own know fewer letters.
_UNPRINTABLE = regex.compile(r"[\\\uFFFD\p{C}\p{Zl}\p{Zp}]|(?! )\p{Zs}")
RESERVED = (*SIBLINGS, State.MOVED.value, State.GONE.value)


def path_of(key: ObjectKey) -> TreePath:
    """
    Return where the object's page lies in the tree; other states add their suffix.

    Raises:
        NotAKey: it is empty, relative, too long, or could name a file that is not its own.

    """
    fault = _fault_of(key)
    if fault:
        message = (
            f"{key[:200]!r} is not a key of the site: {fault}; give the object another address"
        )
        raise NotAKey(message)
    return TreePath(key[1:] + INDEX if key.endswith("/") else key[1:])


def key_of(path: TreePath) -> ObjectKey:
    """
    Return which object a file of the tree belongs to, whatever its state or encoding.

    Raises:
        NotAKey: no object would be written there.

    """
    name = str(path)
    for suffix in (*SIBLINGS, State.MOVED.value, State.GONE.value):
        name = name.removesuffix(suffix)
    folder, _, last = name.rpartition("/")
    start = f"/{folder}/" if folder else "/"
    key = ObjectKey(start if last == INDEX else start + last)
    path_of(key)
    return key


def _fault_of(key: str) -> str:
    """Return what is wrong with a key, "" if nothing is."""
    if not key.startswith("/"):
        return "it does not begin with a slash"
    try:
        length = len(key.encode())
    except UnicodeEncodeError:
        return "it holds half a character (a lone surrogate)"
    if length > LONGEST_KEY_BYTES:
        return f"it is longer than {LONGEST_KEY_BYTES} bytes"
    if _UNPRINTABLE.search(key):
        return "it holds a backslash, a control, or a character that does not print"
    *folders, last = key[1:].split("/")
    return next(filter(None, map(_fault_of_name, folders)), "") or (last and _fault_of_file(last))


def _fault_of_name(name: str) -> str:
    if not name:
        return "it holds two slashes in a row"
    if name.startswith("."):
        return "a name in it begins with a dot"
    if len(name.encode()) > LONGEST_NAME_BYTES:
        return f"a name in it is longer than {LONGEST_NAME_BYTES} bytes"
    return ""


def _fault_of_file(name: str) -> str:
    if name == INDEX:
        return f"{INDEX} is how a folder's own page is stored"
    if name.endswith(RESERVED):
        return "its ending is how encodings, moves and tombstones are stored"
    return _fault_of_name(name)
