"""
Looks for files of the public tree that nothing asked for, and notes them for people.

A file whose key has no row in the ledger is an orphan: left by a stranger, another
program or a fault of ours. Absence is stated, never inferred, so it is left alone and
reported. The tree is walked a slice at a time when the worker is idle; what was found
stands in the run folder, where `broadsheet status` reads it.
"""

import json
import logging
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path

from broadsheet.press.asking import chunks
from broadsheet.press.isolation import Failed, isolated
from broadsheet.press.models import LedgerRow
from broadsheet.press.models.ledger import WEBSITE
from broadsheet.press.ports import Store
from broadsheet.projections.objects import ObjectKey

_LOG = logging.getLogger(__name__)

NOTE = "orphans.json"  # in the run folder
SLICE_FOLDERS = 100  # once a second: the folders of 100,000 stories in about 20 minutes
MOST_NOTED = 1_000  # names; there may be more

InFolder = tuple[frozenset[ObjectKey], Sequence[str]]  # its keys, and the files of no key
Walk = Iterator[InFolder]


class OrphanSweep:
    """Goes round the tree, again and again."""

    def __init__(self, store: Store, *, run_folder: Path) -> None:
        """Be about to begin a round; what was noted before stands until it ends."""
        self._store, self._run_folder = store, run_folder
        self._walk: Walk | None = None
        self._found: set[str] = set()  # in this round

    def look_on(self, *, is_stopping: Callable[[], bool]) -> bool:
        """Look at the next slice of folders, until told to stop; return whether a round ended."""
        found = isolated("looking for orphans", partial(self._next_found, is_stopping))
        if isinstance(found, Failed):
            self._walk, self._found = None, set()  # a round that did not end says nothing
            return False
        before = set(noted(self._run_folder))
        for name in sorted(found - before):
            _LOG.warning("%s lies in the site, but nothing asked for it; it is left alone", name)
        self._found |= found
        if self._walk is not None:
            self._note(before | self._found, before=before)
            return False
        self._note(self._found, before=before)
        self._found = set()
        return True

    def _next_found(self, is_stopping: Callable[[], bool]) -> set[str]:
        """Return the orphans in the next folders; afterwards there is no walk if it ended."""
        walk = self._walk or self._store.folders()
        self._walk = walk
        some: list[InFolder] = []
        while len(some) < SLICE_FOLDERS and not is_stopping():
            folder = next(walk, None)
            if folder is None:
                self._walk = None
                break
            some.append(folder)
        return _orphans_in(some)

    def _note(self, names: set[str], *, before: set[str]) -> None:
        kept = sorted(names)[:MOST_NOTED]
        if set(kept) == before:
            return
        path = self._run_folder / NOTE
        fresh = path.with_suffix(".new")
        fresh.write_text(json.dumps(kept), encoding="utf-8")
        fresh.replace(path)


def noted(run_folder: Path) -> tuple[str, ...]:
    """Return the orphans found last, sorted; none if nobody has looked yet."""
    try:
        names = json.loads((run_folder / NOTE).read_text(encoding="utf-8"))
    except (FileNotFoundError, ValueError):  # a damaged note is written anew by the next round
        return ()
    return tuple(str(name) for name in names) if isinstance(names, list) else ()


def _orphans_in(folders: Sequence[InFolder]) -> set[str]:
    keys = sorted(key for found, _ in folders for key in found)
    rows = LedgerRow.objects.filter(surface=WEBSITE, account="")
    asked_for: set[str] = set()
    for some in chunks(keys):
        asked_for.update(rows.filter(key__in=some).values_list("key", flat=True))
    strangers = {name for _, names in folders for name in names}
    return strangers | {key for key in keys if key not in asked_for}
