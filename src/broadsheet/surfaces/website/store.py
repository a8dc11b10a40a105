"""
Keeps the site's objects as files of the public tree, for the press to write and any server to read.

Each file is written under a temporary name and renamed (tree): a reader sees the old
bytes or the new, never a part. What the reader gets changes at one step, the
last rename or removal of a put:

* siblings are renamed before the page they encode; the site server compares them
  (web.pages), so the moment between never shows;
* another state is written first, then the states it replaces are removed, the
  strongest last (page, then moved, then gone): live turns gone at the removal of the
  page, gone turns live when the page appears, and no moment says 404.

On a crash at any step readers keep the old object or have the new one, and putting it
again converges. Nothing is flushed to the disk here: after an unclean stop of the
machine, the press re-reads what it wrote (read), and writes it again where it differs.
Two puts of one key at the same time are the caller's to prevent (the ledger's lease).
"""

import hashlib
import os
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple, assert_never

from broadsheet.projections.objects import (
    Absent,
    Gone,
    Identity,
    Moved,
    ObjectKey,
    Page,
    Rendered,
    Stored,
    identity_of,
)
from broadsheet.surfaces.website.encodings import encoded, is_encoding_of, siblings_of
from broadsheet.surfaces.website.layout import (
    MEDIA,
    SIBLINGS,
    NotAKey,
    State,
    TreePath,
    key_of,
    path_of,
)
from broadsheet.surfaces.website.media_types import media_type_of
from broadsheet.surfaces.website.tree import Tree, read, remove

# What read() says of an object whose files contradict each other: no rendering has it.
DAMAGED = Identity("damaged")
_WEAKEST_FIRST = (State.GONE, State.MOVED, State.PAGE)


class NotStored(OSError):  # names what happened, as all our errors do
    """An object could not be written or read; the version before it is still served."""


class Folder(NamedTuple):
    """What lies in one folder of the tree."""

    keys: frozenset[ObjectKey]
    strangers: Sequence[str]  # files that no put would have written, as people may read them


class Store:
    """The public tree of one newspaper."""

    def __init__(self, site: Path, *, renditions: Path) -> None:
        """Keep objects in the folder `site`; take pictures from `renditions`, by their hash."""
        self._tree = Tree(site)
        self._renditions = renditions

    def put(self, key: ObjectKey, rendered: Rendered) -> None:
        """
        Make readers get what was rendered, and nothing else, at this key.

        Raises:
            NotAKey: the key cannot lie in the tree.
            NotStored: the disk is full or broken, a file is in the way of a folder, or a
                picture is missing or damaged. Nothing temporary stays behind.

        """
        page = self._tree.root / path_of(key)
        _check_place(key, rendered)
        try:
            self._put(page, key, rendered)
        except OSError as error:
            message = f"{key} could not be stored: {error.strerror or error}; it is tried again"
            raise NotStored(message) from error

    def read(self, key: ObjectKey) -> Identity:
        """
        Return the fingerprint of what lies on disk, every byte read; DAMAGED if files disagree.

        Raises:
            NotAKey: the key cannot lie in the tree.
            NotStored: a file is there and cannot be read.

        """
        page = self._tree.root / path_of(key)
        try:
            found = {state: read(_with(page, state.value)) for state in State}
            siblings = {suffix: read(_with(page, suffix)) for suffix in SIBLINGS}
        except OSError as error:
            message = f"{key} could not be read: {error.strerror or error}"
            raise NotStored(message) from error
        return _identity_of_files(key, found, siblings)

    def folders(self) -> Iterator[Folder]:
        """
        Give what lies in each folder of the tree, in no order; they are walked as it goes.

        What is being written (tree.WRITING) is in none of them: no reader gets it.
        """
        for folder, names in self._tree.folders():
            keys, strangers = set(), []
            for name in names:
                try:
                    keys.add(key_of(TreePath(f"{folder}{name}")))
                except NotAKey:
                    strangers.append(_shown(f"/{folder}{name}"))
            yield Folder(frozenset(keys), strangers)

    def sweep_temporaries(self) -> int:
        """
        Remove what killed writers left, and return how many files that were.

        Only for a moment when nobody writes: the press's start, before its first put.
        """
        return self._tree.sweep_temporaries()

    def _put(self, page: Path, key: ObjectKey, rendered: Rendered) -> None:
        match rendered:
            case Page(data=data):
                siblings = encoded(data) if media_type_of(key).is_text else {}
                self._write_page(page, data, siblings)
                self._leave_only(page, State.PAGE)
            case Stored(sha256=sha256):
                self._tree.adopt(page, self._renditions / sha256[:2] / sha256, sha256=sha256)
                self._leave_only(page, State.PAGE)
            case Gone(data=data):
                self._tree.write_all({_with(page, State.GONE.value): data})
                self._leave_only(page, State.GONE)
            case Moved(location=location):
                self._tree.write_all({_with(page, State.MOVED.value): location.encode()})
                self._leave_only(page, State.MOVED)
                self._tree.note_move()
            case Absent():
                self._leave_only(page, None)
                self._tree.prune(page.parent)
            case _:
                assert_never(rendered)

    def _write_page(self, page: Path, data: bytes, siblings: Mapping[str, bytes]) -> None:
        """Write a page: siblings it no longer has go first, those it has come next, itself last."""
        _remove_siblings(page, but=siblings)
        self._tree.write_all(
            {_with(page, suffix): siblings[suffix] for suffix in siblings} | {page: data}
        )

    def _leave_only(self, page: Path, state: State | None) -> None:
        """Remove the other states' files, the strongest last: its going is what readers see."""
        for other in _WEAKEST_FIRST:
            if other is state:
                continue
            if other is State.PAGE:
                _remove_siblings(page, but={})
            was_there = remove(_with(page, other.value))
            if was_there and other is State.MOVED:
                self._tree.note_move()


def _check_place(key: ObjectKey, rendered: Rendered) -> None:
    """
    Refuse pictures outside the media folder and pages inside: read() tells them apart by it.

    Raises:
        NotAKey: the key is not for this kind of object.

    """
    if isinstance(rendered, Page) and key.startswith(MEDIA):
        message = f"{key} is a page; {MEDIA} is for pictures only: give it another address"
        raise NotAKey(message)
    if isinstance(rendered, Stored) and not key.startswith(MEDIA):
        message = f"{key} is a picture outside {MEDIA}: give it an address there"
        raise NotAKey(message)


def _identity_of_files(
    key: ObjectKey, found: dict[State, bytes | None], siblings: dict[str, bytes | None]
) -> Identity:
    """Return what the files of one key say together."""
    states = {state: data for state, data in found.items() if data is not None}
    if len(states) != 1:
        has_nothing = not states and not any(siblings.values())
        return identity_of(Absent()) if has_nothing else DAMAGED
    ((state, data),) = states.items()
    if not _siblings_agree(key, state, data, siblings):
        return DAMAGED
    match state:
        case State.PAGE if key.startswith(MEDIA):
            return identity_of(Stored(hashlib.sha256(data).hexdigest()))
        case State.PAGE:
            return identity_of(Page(data))
        case State.GONE:
            return identity_of(Gone(data))
        case State.MOVED:
            return identity_of(Moved(data.decode(errors="replace")))
        case _:
            assert_never(state)


def _siblings_agree(
    key: ObjectKey, state: State, data: bytes, siblings: dict[str, bytes | None]
) -> bool:
    """Return whether exactly the siblings are there that should be, and decode to the page."""
    is_encoded = state is State.PAGE and media_type_of(key).is_text and not key.startswith(MEDIA)
    expected = set(siblings_of(data)) if is_encoded else set()
    present = {suffix: sibling for suffix, sibling in siblings.items() if sibling is not None}
    return expected == set(present) and all(
        is_encoding_of(data, sibling, suffix=suffix) for suffix, sibling in present.items()
    )


def _remove_siblings(page: Path, *, but: Mapping[str, bytes]) -> None:
    for suffix in SIBLINGS:
        if suffix not in but:
            remove(_with(page, suffix))


def _with(page: Path, suffix: str) -> Path:
    return page.with_name(page.name + suffix)


def _shown(path: str) -> str:
    """Return a path as one line of text, whatever bytes somebody named a file with."""
    text = os.fsencode(path).decode(errors="backslashreplace")
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in text)
