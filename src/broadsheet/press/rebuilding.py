"""
Renders the whole site again from the log alone, in memory, and compares it with the files.

The proof of promises 1 and 4: it reads no newsroom table, no derived table and no
ledger; its State is the fold, not the press's tables. Any difference is a fault in
recording what was read, in the cursor, or in the files.
"""

from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from typing import NamedTuple

from broadsheet.press.models import LogEntry
from broadsheet.press.models.ledger import ABSENT_TEXT
from broadsheet.press.ports import Press, Store
from broadsheet.projections.facts import Facts
from broadsheet.projections.fold import Fold
from broadsheet.projections.objects import Object, ObjectKey, identity_of
from broadsheet.story.records import Record
from broadsheet.story.versions import decoded

KEPT_RECORDS = 5_000


class Comparison(NamedTuple):
    """What a check found: keys, sorted."""

    entries: int  # of the log
    compared: int
    differing: tuple[ObjectKey, ...]
    missing: tuple[ObjectKey, ...]  # the log calls for them; there is no file
    orphaned: tuple[str, ...]  # there is a file; the log does not call for it, or it is no key

    @property
    def agrees(self) -> bool:
        """Return whether the files are those of a rebuild."""
        return not (self.differing or self.missing or self.orphaned)


def compare(printing: Press, store: Store, *, progress: Callable[[int], None]) -> Comparison:
    """Compare every object the log calls for, and every file there is."""
    fold, entries = _folded()
    differing: list[ObjectKey] = []
    missing: list[ObjectKey] = []
    orphaned: list[str] = []
    known: set[ObjectKey] = set()
    for count, obj in enumerate(_wanted(fold, printing), start=1):
        known.add(obj.key)
        wanted = identity_of(printing.render(obj, Facts(fold)))
        found = store.read(obj.key)
        if wanted == found:
            pass
        elif found == ABSENT_TEXT:
            missing.append(obj.key)
        elif wanted == ABSENT_TEXT:
            orphaned.append(obj.key)
        else:
            differing.append(obj.key)
        progress(count)
    for keys, strangers in store.folders():
        orphaned += [*(key for key in keys if key not in known), *strangers]
    return Comparison(
        entries,
        len(known),
        tuple(sorted(differing)),
        tuple(sorted(missing)),
        tuple(sorted(orphaned)),
    )


def _wanted(fold: Fold, printing: Press) -> Iterable[Object]:
    yield from printing.objects
    yield from fold.wanted_objects()


def _folded() -> tuple[Fold, int]:
    newest: dict[tuple[str, str], int] = {}

    @lru_cache(maxsize=KEPT_RECORDS)
    def read(seq: int) -> Record:
        return decoded(bytes(LogEntry.objects.values_list("version", flat=True).get(seq=seq)))

    def load(kind: str, record_id: str) -> Record | None:
        seq = newest.get((kind, record_id))
        return None if seq is None else read(seq)

    fold = Fold(load)
    count = 0
    for seq, kind, record_id, version in _log():
        newest[kind, record_id] = seq
        fold.apply(decoded(version))
        count += 1
    return fold, count


def _log() -> Iterator[tuple[int, str, str, bytes]]:
    rows = LogEntry.objects.order_by("seq").values_list("seq", "kind", "record_id", "version")
    for seq, kind, record_id, version in rows.iterator(chunk_size=500):
        yield seq, kind, record_id, bytes(version)
