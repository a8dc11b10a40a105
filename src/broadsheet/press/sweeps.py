"""
Looks for what an edge, a crash or a stranger changed behind the log's back.

Three sweeps make the press level-triggered: edges (newsroom rows against newest
versions, each minute), the ledger (each round of the worker looks at rows), and
content (files are read back a slice at a time when idle, and all that was written
since the last checkpoint after an unclean stop).
"""

import json
import logging
import os
import time
from datetime import datetime

from broadsheet.press import log
from broadsheet.press.isolation import Failed, isolated
from broadsheet.press.models import LedgerRow
from broadsheet.press.models.ledger import WEBSITE, Lane
from broadsheet.press.ports import Newsroom, Store, Wiring
from broadsheet.press.tables import Tables
from broadsheet.projections.objects import ObjectKey

_LOG = logging.getLogger(__name__)

EDGES_AT_ONCE = 500  # mismatches mended in one sweep
SLICE_OBJECTS = 50  # read back when idle, once a second: 100,000 pages in half an hour
CHECKPOINT = "checkpoint.json"  # in the run folder: until when files are known to be on the disk


def mend_edges(newsroom: Newsroom, *, now: datetime) -> int:
    """Commit the versions that rows of the newsroom lack; return how many were mended."""
    mended = 0
    for mismatch in list(newsroom.edges(limit=EDGES_AT_ONCE)):
        result = isolated(
            f"mending {mismatch.kind} {mismatch.record_id}",
            lambda m=mismatch: newsroom.repair(m, now=now),
        )
        if not isinstance(result, Failed):
            _LOG.warning("mended %s %s: %s", *mismatch)
            mended += 1
    return mended


class _Slice:
    """Where the content sweep stands."""

    after_id = 0


_slice = _Slice()


def reread_some(store: Store, tables: Tables) -> int:
    """Read the next slice of files back; have what differs rendered again; return how many."""
    del tables
    rows = list(
        LedgerRow.objects.filter(
            surface=WEBSITE, id__gt=_slice.after_id, dirty_seq__isnull=True, parked=""
        ).order_by("id")[:SLICE_OBJECTS]
    )
    _slice.after_id = rows[-1].id if rows else 0
    return sum(_reread(row, store) for row in rows)


def _reread(row: LedgerRow, store: Store) -> bool:
    found = store.read(ObjectKey(row.key))
    if found == (row.live or "absent"):
        return False
    _LOG.warning("%s is not what was written there; it is rendered again", row.key)
    LedgerRow.objects.filter(id=row.id).update(
        live="damaged", dirty_seq=log.length(), lane=Lane.PUBLISH
    )
    return True


def note_clean_stop(wired: Wiring) -> None:
    """Make sure that all files are on the disk, and note it."""
    os.sync()
    _write_checkpoint(wired, is_clean=True)


def after_unclean_stop(wired: Wiring) -> int:
    """
    Read back every file written since the last checkpoint, if the last stop was not clean.

    Files are renamed into place without fsync: a power cut may leave empty or old ones.
    """
    path = wired.run_folder / CHECKPOINT
    checkpoint = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    damaged = 0
    if checkpoint and not checkpoint["clean"]:
        rows = LedgerRow.objects.filter(surface=WEBSITE, written_at__gte=checkpoint["at"])
        damaged = sum(_reread(row, wired.store) for row in rows.iterator())
    _write_checkpoint(wired, is_clean=False)
    return damaged


def _write_checkpoint(wired: Wiring, *, is_clean: bool) -> None:
    path = wired.run_folder / CHECKPOINT
    fresh = path.with_suffix(".new")
    fresh.write_text(json.dumps({"at": time.time(), "clean": is_clean}), encoding="utf-8")
    fresh.replace(path)
