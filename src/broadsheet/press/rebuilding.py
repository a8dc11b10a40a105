"""
Renders the whole site again from the log alone, in memory, and compares it with the files.

The proof of promises 1 and 4: it reads no newsroom table, no derived table and no
ledger; its State is the fold, not the press's tables. Any difference is a fault in
recording what was read, in the cursor, or in the files.
"""

from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from typing import Literal, NamedTuple

from broadsheet.press.models import LogEntry
from broadsheet.press.models.ledger import ABSENT_TEXT
from broadsheet.press.ports import Press, Store
from broadsheet.projections.facts import Facts
from broadsheet.projections.fold import Fold
from broadsheet.projections.objects import Object, ObjectKey, identity_of
from broadsheet.story.records import Record
from broadsheet.story.versions import decoded

KEPT_RECORDS = 5_000
LOOKS_ALIKE = 4  # in a row, each after a wait: then what disagrees is not on its way
MOST_LOOKS = 60  # and then it is told: a press that works on and on would never let it end
LOOKED_AT_AGAIN = 1_000  # objects; where more disagree, not a few were on their way

_Verdict = Literal["differing", "missing", "orphaned"]


class Comparison(NamedTuple):
    """What a check found: keys, sorted."""

    entries: int  # of the log
    compared: int
    differing: tuple[str, ...]
    missing: tuple[str, ...]  # the log calls for them; there is no file
    orphaned: tuple[str, ...]  # there is a file; the log does not call for it, or it is no key

    @property
    def agrees(self) -> bool:
        """Return whether the files are those of a rebuild."""
        return not (self.differing or self.missing or self.orphaned)


def compare(
    printing: Press,
    store: Store,
    *,
    progress: Callable[[int], None],
    wait: Callable[[], None] | None = None,
) -> Comparison:
    """
    Compare every object the log calls for, and every file there is.

    A press may be at work meanwhile, and the log may grow. With `wait`, whatever disagrees is
    looked at again after each wait, as the log is by then, until no look finds anything else;
    where more than LOOKED_AT_AGAIN disagree, that is told at once.
    """
    look = _Look(printing, store)
    found = look.at_everything(progress)
    if wait is not None and len(found) <= LOOKED_AT_AGAIN:
        found = look.until_alike(found, wait)
    differing, missing, orphaned = (
        tuple(sorted(key for key, verdict in found.items() if verdict == each))
        for each in ("differing", "missing", "orphaned")
    )
    return Comparison(look.entries, look.compared, differing, missing, orphaned)


class _Look:
    """Looks at the files with the log as far as it was read."""

    def __init__(self, printing: Press, store: Store) -> None:
        self._printing, self._store = printing, store
        self._read = lru_cache(maxsize=KEPT_RECORDS)(_read)  # of this log and of no other
        self._newest: dict[tuple[str, str], int] = {}
        self._fold = Fold(self._load)
        self.entries = 0
        self.compared = 0

    def at_everything(self, progress: Callable[[int], None]) -> dict[str, _Verdict]:
        """Return every key that disagrees, and how."""
        self._read_on()
        found: dict[str, _Verdict] = {}
        known: set[ObjectKey] = set()
        for count, obj in enumerate(self._wanted(), start=1):
            known.add(obj.key)
            self._judge(obj, found)
            progress(count)
        self.compared = len(known)
        found.update((name, "orphaned") for name in self._names() if name not in known)
        return found

    def until_alike(
        self, found: dict[str, _Verdict], wait: Callable[[], None]
    ) -> dict[str, _Verdict]:
        """Return what still disagrees when looks in a row, each after a wait, find the same."""
        alike = looks = 0
        while found and alike < LOOKS_ALIKE and looks < MOST_LOOKS:
            wait()
            again = self.again_at(found)
            alike, looks = (alike + 1 if again == found else 0), looks + 1
            found = again
        return found

    def again_at(self, doubted: Iterable[str]) -> dict[str, _Verdict]:
        """Return which of these still disagree, and how, by the log as it is now."""
        self._read_on()
        doubted = set(doubted)
        found: dict[str, _Verdict] = {}
        for obj in self._wanted():
            if obj.key in doubted:
                doubted.remove(obj.key)
                self._judge(obj, found)
        if doubted:  # the log calls for none of the rest
            found.update((name, "orphaned") for name in self._names() if name in doubted)
        return found

    def _judge(self, obj: Object, found: dict[str, _Verdict]) -> None:
        wanted = identity_of(self._printing.render(obj, Facts(self._fold)))
        there = self._store.read(obj.key)
        if wanted == there:
            return
        if there == ABSENT_TEXT:
            found[obj.key] = "missing"
        else:
            found[obj.key] = "orphaned" if wanted == ABSENT_TEXT else "differing"

    def _wanted(self) -> Iterator[Object]:
        yield from self._printing.objects
        yield from self._fold.wanted_objects()

    def _names(self) -> Iterator[str]:
        for keys, strangers in self._store.folders():
            yield from keys
            yield from strangers

    def _read_on(self) -> None:
        for seq, kind, record_id, version in _log(after=self.entries):
            self._newest[kind, record_id] = seq
            self._fold.apply(decoded(version))
            self.entries = seq

    def _load(self, kind: str, record_id: str) -> Record | None:
        seq = self._newest.get((kind, record_id))
        return None if seq is None else self._read(seq)


def _read(seq: int) -> Record:
    return decoded(bytes(LogEntry.objects.values_list("version", flat=True).get(seq=seq)))


def _log(*, after: int) -> Iterator[tuple[int, str, str, bytes]]:
    entries = LogEntry.objects.filter(seq__gt=after).order_by("seq")
    rows = entries.values_list("seq", "kind", "record_id", "version")
    for seq, kind, record_id, version in rows.iterator(chunk_size=500):
        yield seq, kind, record_id, bytes(version)
