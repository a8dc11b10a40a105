"""
Keeps what each editor is making of a front, apart from what readers have.

A draft knows from which entry of the log it began, and counts its saves: so nothing is
overwritten that its editor has not seen.
"""

from typing import Any, NamedTuple

import msgspec

from broadsheet.newsroom import acting, to_version
from broadsheet.newsroom.fronts import fronts
from broadsheet.newsroom.fronts.arranging import Board, board_of, is_same
from broadsheet.newsroom.models.front import Front, FrontDraft


class Draft(NamedTuple):
    """What one editor has before them; number 0: nothing is saved yet."""

    board: Board
    based_on: int
    number: int


class Outdated(Exception):
    """The draft was changed in another window since this one was opened."""


def draft_of(front: Front, editor: Any) -> Draft:
    """Return an editor's draft; without one, the front as readers have it."""
    row = _row(front, editor)
    if row is not None:
        return Draft(board_from(front.key, row.slots), row.based_on, row.number)
    newest = fronts.newest_edition(front.key)
    return Draft(newest.board, newest.seq, 0)


def save(front: Front, editor: Any, board: Board, *, seen: Draft) -> Draft:
    """
    Keep a draft that was made from what its editor has seen; the caller is in a transaction.

    One that says what readers have already is forgotten.

    Raises:
        Outdated: it was changed in another window since.

    """
    row = fronts.kept(front)
    drafts = FrontDraft.objects.filter(front=row, editor=editor)
    kept = drafts.select_for_update().first()
    if (kept.number if kept else 0) != seen.number:
        raise Outdated
    base = fronts.edition(front.key, seen.based_on)
    if (
        base is not None
        and seen.based_on == fronts.newest_seq(front.key)
        and is_same(board, base.board)
    ):
        drafts.delete()
        return Draft(board, seen.based_on, 0)
    number = seen.number + 1
    drafts.update_or_create(
        front=row,
        editor=editor,
        defaults={
            "slots": as_json(board),
            "based_on": seen.based_on,
            "number": number,
            "saved_at": acting.current().now,
        },
    )
    return Draft(board, seen.based_on, number)


def forget(front: Front, editor: Any) -> None:
    """Let an editor's draft go."""
    if front.pk is not None:
        FrontDraft.objects.filter(front=front, editor=editor).delete()


def of_others(front: Front, editor: Any) -> list[FrontDraft]:
    """Return what colleagues are making of a front, the newest first."""
    if front.pk is None:
        return []
    drafts = FrontDraft.objects.filter(front=front).exclude(editor=editor)
    return list(drafts.select_related("editor").order_by("-saved_at"))


def as_json(board: Board) -> Any:
    """Return a board as rows keep it."""
    return [msgspec.to_builtins(slot) for slot in board]


def board_from(key: str, slots: Any) -> Board:
    """Return the board that a row keeps; what the layout has no room for is left out."""
    return board_of(to_version.front(key, slots))


def _row(front: Front, editor: Any) -> FrontDraft | None:
    if front.pk is None:
        return None
    return FrontDraft.objects.filter(front=front, editor=editor).first()
