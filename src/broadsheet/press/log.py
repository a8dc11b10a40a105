"""
Reads the log and appends to it. Nothing else writes it, and nothing changes it but erasure.

The number of an entry comes from a one-row counter that stays locked until the
publishing transaction ends, so commit order is the log's order on every database,
and an act refused or rolled back leaves no gap.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import NamedTuple

from django.db import connection

from broadsheet.press.asking import rows
from broadsheet.press.models import Counter, LogEntry
from broadsheet.press.waking import wake_on_commit
from broadsheet.story.ids import Seq
from broadsheet.story.records import Act, Record
from broadsheet.story.versions import content_hash, decoded, encoded, kind_of


class NotInATransaction(RuntimeError):
    """The log may be written only inside the transaction of the act."""


class Turn(NamedTuple):
    """The right to append the next entry, held until the transaction ends."""

    seq: Seq
    at: datetime  # never before the previous entry


def take_turn(now: datetime) -> Turn:
    """
    Lock the log's counter and return which entry comes next, and its time.

    Raises:
        NotInATransaction: the caller has begun no transaction.

    """
    if not connection.in_atomic_block:
        message = "begin a transaction before acting: version, log and rows commit together"
        raise NotInATransaction(message)
    counter, _ = Counter.objects.select_for_update().get_or_create(name="log")
    return Turn(Seq(counter.value + 1), _not_before(counter.value, now))


def time_of_next(now: datetime) -> datetime:
    """Return the time the next entry would have, if somebody acted now; takes no turn."""
    return _not_before(length(), now)


def append(record: Record, *, turn: Turn, act: Act, by: str) -> LogEntry:
    """Append one version as the entry whose turn it is."""
    entry = _entry(record, turn=turn, act=act, by=by)
    entry.save(force_insert=True)
    _end(turn.seq)
    return entry


def append_all(records: Sequence[Record], *, turn: Turn, act: Act, by: str) -> None:
    """Append many versions as one turn: an import's, in their order."""
    entries = [
        _entry(record, turn=Turn(Seq(turn.seq + place), turn.at), act=act, by=by)
        for place, record in enumerate(records)
    ]
    LogEntry.objects.bulk_create(entries, batch_size=200)
    _end(turn.seq + len(entries) - 1)


def _entry(record: Record, *, turn: Turn, act: Act, by: str) -> LogEntry:
    return LogEntry(
        seq=turn.seq,
        at=turn.at,
        act=act.value,
        kind=kind_of(record),
        record_id=record.id,
        version=encoded(record),
        content_hash=content_hash(record),
        by=by,
    )


def _not_before(seq: int, now: datetime) -> datetime:
    last = LogEntry.objects.filter(seq=seq).values_list("at", flat=True).first()
    return max(now, last) if last else now


def _end(seq: int) -> None:
    Counter.objects.filter(name="log").update(value=seq)
    wake_on_commit()


def newest(kind: str, record_id: str) -> Record | None:
    """Return the newest version of one record, None if it has none."""
    found = rows(_NEWEST, kind, record_id)
    return decoded(bytes(found[0][0])) if found else None


def newest_seq(kind: str, record_id: str) -> int:
    """Return which entry holds the newest version of one record, 0 if there is none."""
    entries = LogEntry.objects.filter(kind=kind, record_id=record_id).order_by("-seq")
    return entries.values_list("seq", flat=True).first() or 0


def length() -> Seq:
    """Return the number of the newest entry, 0 for an empty log."""
    found = rows(_LENGTH)
    return Seq(found[0][0] if found else 0)


def after(seq: int, *, limit: int) -> Iterator[LogEntry]:
    """Return the entries after one, oldest first, at most limit of them."""
    return LogEntry.objects.filter(seq__gt=seq).order_by("seq")[:limit].iterator()


_LENGTH = "SELECT value FROM press_counter WHERE name = 'log'"
_NEWEST = (
    "SELECT version FROM press_logentry WHERE kind = %s AND record_id = %s"
    " ORDER BY seq DESC LIMIT 1"
)
