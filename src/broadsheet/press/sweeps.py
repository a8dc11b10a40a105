"""
Looks for what an edge, a crash or a stranger changed behind the log's back.

Three sweeps make the press level-triggered: edges (newsroom rows against newest
versions, each minute), the ledger (each round of the worker looks at rows), and
content (files are read back a slice at a time when idle, and all that was written
since the last checkpoint after an unclean stop; press.rerendering renders them again).
"""

import json
import logging
import os
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

from broadsheet.press import log
from broadsheet.press.dirtying import IS_HURRIED
from broadsheet.press.isolation import Failed, isolated
from broadsheet.press.ledger_slices import is_settled_page, next_rows
from broadsheet.press.models import LedgerRow
from broadsheet.press.models.ledger import ABSENT_TEXT, DAMAGED, DOUBTED, WEBSITE, Lane
from broadsheet.press.ports import Newsroom, Store, Wiring
from broadsheet.projections.objects import ObjectKey

_LOG = logging.getLogger(__name__)

EDGES_AT_ONCE = 500  # mismatches mended in one sweep
SLICE_ROWS = 50  # read back when idle, once a second: 100,000 pages in half an hour; posts count
PULSE_ROWS = 1_000  # read back in well under a minute, also from a slow disk
LONG_AGO = datetime(1970, 1, 2, tzinfo=UTC)
PULSE = "pulse"  # in the run folder: when the press was last seen at work
CHECKPOINT = "checkpoint.json"  # in the run folder: until when files are known to be on the disk


def mend_edges(newsroom: Newsroom, *, now: datetime) -> int:
    """Commit the versions that rows of the newsroom lack; return how many were mended."""
    found = isolated("looking for lost edges", lambda: list(newsroom.edges(limit=EDGES_AT_ONCE)))
    if isinstance(found, Failed):
        return 0  # A row nobody can read must not stop the press; it is looked for again.
    mended = 0
    for mismatch in found:
        result = isolated(
            f"mending {mismatch.kind} {mismatch.record_id}",
            partial(newsroom.repair, mismatch, now=now),
        )
        if not isinstance(result, Failed):
            _LOG.warning("mended %s %s: %s", *mismatch)
            mended += 1
    return mended


def reread_some(store: Store, *, after_id: int, is_stopping: Callable[[], bool]) -> int:
    """
    Read a slice of files back, and have what differs rendered again; stop when told to.

    Returns where the next slice begins: the id to pass next time.
    """
    rows = next_rows(after_id=after_id, limit=SLICE_ROWS)
    for row in rows:
        if is_stopping():
            return after_id
        if is_settled_page(row):
            _reread(row, store)
        after_id = row.id
    return rows[-1].id if rows else 0


def _reread(row: LedgerRow, store: Store) -> bool:
    # What cannot be read is written again, which either mends it or parks it with the reason.
    found = isolated(f"reading {row.key} back", partial(store.read, ObjectKey(row.key)))
    # What is damaged or doubted is written again as it is.
    if found == (row.live or ABSENT_TEXT) or row.live in {DAMAGED, DOUBTED}:
        return False
    is_there = not isinstance(found, Failed) and found not in {DAMAGED, ABSENT_TEXT}
    if row.dirty_seq is not None and is_there:
        return False  # whole: it was written, and not recorded before the worker stopped
    _LOG.warning("%s is not what was written there; it is rendered again", row.key)
    is_hurried = row.dirty_seq is not None and row.lane < Lane.PUBLISH  # a retraction stays first
    LedgerRow.objects.filter(id=row.id).update(
        live=DAMAGED,
        dirty_seq=log.length(),
        lane=row.lane if is_hurried else Lane.PUBLISH,
    )
    return True


def note_pulse(run_folder: Path, *, now: datetime) -> None:
    """Note that the press is at work: after a crash it has much to read before a checkpoint."""
    path = run_folder / PULSE
    fresh = path.with_suffix(".new")
    try:
        fresh.write_text(now.isoformat(), encoding="ascii")
        fresh.replace(path)  # the desk may be reading it
    except OSError as error:  # a full disk keeps nobody from going live
        _LOG.warning("the pulse could not be noted: %s", error)


def note_checkpoint(wired: Wiring, *, now: datetime, is_stopping: bool) -> None:
    """Make sure that all files written so far are on the disk, and note it."""
    os.sync()
    _write_checkpoint(wired, at=now, is_clean=is_stopping)


def after_unclean_stop(wired: Wiring, *, clock: Callable[[], datetime]) -> int:
    """
    Read back every file written since the last checkpoint, if the last stop was not clean.

    Files are renamed into place without fsync: a power cut may leave empty or old ones.
    Returns how many were damaged; they are rendered again. It may take minutes, through
    which the press is noted to be at work.
    """
    now = clock()
    path = wired.run_folder / CHECKPOINT
    if not path.exists():
        _write_checkpoint(wired, at=now, is_clean=False)
        return 0
    at, is_clean = _checkpoint(path)
    damaged = 0
    if not is_clean:
        rows = LedgerRow.objects.filter(surface=WEBSITE, written_at__gte=at - timedelta(seconds=5))
        for number, row in enumerate(rows.iterator()):
            damaged += _reread(row, wired.store)
            if number % PULSE_ROWS == 0:
                note_pulse(wired.run_folder, now=clock())
        _doubt_unrecorded_writes()
        os.sync()
    _write_checkpoint(wired, at=at if is_clean else now, is_clean=False)
    return damaged


def _checkpoint(path: Path) -> tuple[datetime, bool]:
    """Return until when files are known to be on the disk, and whether the last stop was clean."""
    try:
        checkpoint = json.loads(path.read_text(encoding="utf-8"))
        return datetime.fromisoformat(checkpoint["at"]), bool(checkpoint["clean"])
    except (ValueError, KeyError, TypeError):
        # The power cut that damaged the note may have damaged any file.
        return LONG_AGO, False


def doubt_the_site() -> int:
    """Have every object rendered and written again: these files were made from another log."""
    rows = LedgerRow.objects.filter(surface=WEBSITE)
    again = {"live": DAMAGED, "dirty_seq": log.length(), "parked": "", "failures": 0}
    hurried = rows.filter(IS_HURRIED).update(**again)
    return hurried + rows.exclude(IS_HURRIED).update(**again, lane=Lane.REBUILD)


def _doubt_unrecorded_writes() -> None:
    """
    Doubt what is live of every object out of date: the stopped worker may have written it.

    Its files go out before its rows are committed, so its last batch lies there unrecorded.
    """
    outdated = LedgerRow.objects.filter(surface=WEBSITE, dirty_seq__isnull=False)
    outdated.filter(live=ABSENT_TEXT).update(live="")
    outdated.exclude(live__in=("", DAMAGED, DOUBTED)).update(live=DOUBTED)


def _write_checkpoint(wired: Wiring, *, at: datetime, is_clean: bool) -> None:
    path = wired.run_folder / CHECKPOINT
    fresh = path.with_suffix(".new")
    fresh.write_text(json.dumps({"at": at.isoformat(), "clean": is_clean}), encoding="utf-8")
    fresh.replace(path)
