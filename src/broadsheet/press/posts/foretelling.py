"""
Says what an account would say of a story if it were published now, and commits nothing.

By the functions that fit the posts themselves. A story's post is made with its first
publication; of one published again it stays, is edited, or is joined by a note.
"""

from collections.abc import Sequence
from enum import Enum
from functools import partial
from typing import NamedTuple

from broadsheet.press import log
from broadsheet.press.models import Account, LedgerRow
from broadsheet.press.models.ledger import ABSENT_TEXT
from broadsheet.press.posts.routing import (
    FIRST,
    NO_MARK,
    Reading,
    _correction_post,
    _first_post,
    _made,
    _may_be_out,
    _new_corrections,
    _outlet_of,
    foretold,
)
from broadsheet.projections.posts import Payload
from broadsheet.story.records import Story


class How(Enum):
    """How a post comes to be what is foretold of it."""

    FIRST = "first"  # made by this publication
    KEPT = "kept"  # made already, and not changed
    EDITED = "edited"  # made already, and made to say this
    NOTE = "note"  # a post about a correction, beside the one that is out
    NONE = "none"  # this publication posts nothing, and nothing stands there


class Foretold(NamedTuple):
    """One post an account would have."""

    how: How
    data: bytes  # canonical JSON of a Post; b"" is none
    problem: str  # why there can be none; "" is fine
    made: Payload | None  # what data was fitted from; None of a post that is kept


def posts(account: Account, story: Story, *, record: Reading) -> Sequence[Foretold]:
    """Return what an account would have of a story, the post of its first publication first."""
    before = log.newest("story", story.id)
    if not isinstance(before, Story):
        return [_fitted(How.FIRST, foretold(account, story, record=record))]
    rows = LedgerRow.objects.filter(surface=account.surface, account=account.name)
    row = rows.filter(key=f"post/{story.id}/{FIRST}").first()
    if row is None or row.desired == ABSENT_TEXT:
        return [Foretold(How.NONE, b"", "", None)]
    data = bytes(row.payload)
    kept = Foretold(How.KEPT, data, "" if data else row.parked, None)
    notes = _new_corrections(before, story)
    if not notes:
        return [kept]
    outlet = _outlet_of(row)
    if isinstance(outlet, str):
        return [kept._replace(problem=outlet)]
    if outlet[1].can_edit or not _may_be_out(row):
        first = partial(_first_post, story, record=record)
        return [_fitted(How.EDITED, _made(account, row.delivery_id, first))]
    said = (partial(_correction_post, story, note, record=record) for _, note in notes)
    return [kept, *(_fitted(How.NOTE, _made(account, NO_MARK, make)) for make in said)]


def _fitted(how: How, made: Payload | str) -> Foretold:
    if isinstance(made, str):
        return Foretold(how, b"", made, None)
    return Foretold(how, made.data, "", made)
