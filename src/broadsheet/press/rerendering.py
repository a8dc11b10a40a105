"""
Renders objects again that nothing outdated, to find those that are not what the log gives.

An object whose rendering read something nobody recorded is never marked out of date, and
would stay stale for ever. When the worker is idle it renders a few objects a second and
compares the fingerprint with the one that is live. Where they agree nothing is written,
no row and no file; where they differ the object is marked out of date, and the next
round writes it and records what it read.
"""

import logging
from collections.abc import Callable
from functools import partial

from broadsheet.press import deriving
from broadsheet.press.isolation import isolated
from broadsheet.press.ledger_slices import is_settled_page, next_rows
from broadsheet.press.models import LedgerRow
from broadsheet.press.models.ledger import Lane
from broadsheet.press.ports import Press
from broadsheet.press.tables import Tables
from broadsheet.projections.facts import Facts
from broadsheet.projections.objects import Identity, Object, ObjectKey, Recipe, identity_of

_LOG = logging.getLogger(__name__)

# Once a second when idle, about 10 ms of work: 100,000 pages in some six hours; posts count too.
SLICE_ROWS = 5


def rerender_some(printing: Press, *, after_id: int, is_stopping: Callable[[], bool]) -> int:
    """
    Render a slice of clean objects again, and have what differs written; stop when told to.

    The caller holds the site lock. Returns where the next slice begins: the id to pass
    next time.
    """
    tables = Tables()  # its own: what the worker keeps may be what is wrong
    rows = next_rows(after_id=after_id, limit=SLICE_ROWS)
    for row in rows:
        if is_stopping():
            return after_id
        if is_settled_page(row):
            _rerender(row, printing, tables)
        after_id = row.id
    return rows[-1].id if rows else 0


def _rerender(row: LedgerRow, printing: Press, tables: Tables) -> None:
    obj = Object(ObjectKey(row.key), Recipe(row.recipe), row.subject)
    # What fails differs from every fingerprint: it is marked, and then parked with its reason.
    found = isolated(f"rendering {row.key} again", partial(_identity, printing, obj, tables))
    if found == row.live:
        return
    _LOG.warning("%s was not what the log gives; it is rendered again", row.key)
    LedgerRow.objects.filter(id=row.id).update(dirty_seq=deriving.cursor(), lane=Lane.REBUILD)


def _identity(printing: Press, obj: Object, tables: Tables) -> Identity:
    return identity_of(printing.render(obj, Facts(tables)))
