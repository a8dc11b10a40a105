"""
Moves stories about on a front, as an editor does: add, move, remove, word.

Pure: slots in, slots out. A board has a slot for every story its layout holds, in reading order;
what is moved past the end of a place stands in the next. A slot without a story shows the newest.
"""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

import msgspec

from broadsheet.projections.layouts import FRONT, placed, places_of, slots_of
from broadsheet.story.ids import StoryId
from broadsheet.story.records import Front, Slot

LAYOUT = FRONT

Board = tuple[Slot, ...]


class NotOnTheBoard(ValueError):
    """There is no such slot, or nothing stands in it."""


class Arranged(NamedTuple):
    """A board after an act, and what the editor is told of it."""

    board: Board
    slot: int  # that the act was about, as it is now
    fell_off: StoryId | None = None  # there was no room left for it


class Words(NamedTuple):
    """What a slot says of its story on this front."""

    headline: str
    kicker: str
    shows_picture: bool


def board_of(front: Front | None) -> Board:
    """Return the board of a front as the log has it; without one every slot shows the newest."""
    return slots_of(front.slots if front else (), LAYOUT)


def stories_on(board: Iterable[Slot]) -> list[StoryId]:
    """Return the stories somebody placed, in reading order."""
    return [slot.story for slot in board if slot.story is not None]


def is_same(one: Iterable[Slot], other: Iterable[Slot]) -> bool:
    """Return whether two boards say the same to readers."""
    return placed(tuple(one), LAYOUT) == placed(tuple(other), LAYOUT)


def added(board: Board, story: StoryId, *, at: int) -> Arranged:
    """
    Return the board with a story in a slot; what stood there moves on, into the next free slot.

    A story that is on the board already is moved there.

    Raises:
        NotOnTheBoard: there is no such slot.

    """
    _must_have(board, at)
    there = [number for number, slot in enumerate(board) if slot.story == story]
    if there:
        return moved(board, there[0], to=at)
    slots = list(board)
    slots.insert(at, Slot(place="", story=story))
    later = (number for number in range(at + 1, len(slots)) if slots[number].story is None)
    out = slots.pop(next(later, len(slots) - 1))
    return Arranged(_placed_anew(slots), at, out.story)


def moved(board: Board, slot: int, *, to: int) -> Arranged:
    """
    Return the board with one slot's story elsewhere; those between make room.

    Raises:
        NotOnTheBoard: there is no such slot.

    """
    _must_have(board, slot)
    to = min(max(to, 0), len(board) - 1)
    slots = list(board)
    slots.insert(to, slots.pop(slot))
    return Arranged(_placed_anew(slots), to)


def removed(board: Board, slot: int) -> Arranged:
    """
    Return the board with the newest in a slot instead of what was placed there.

    Raises:
        NotOnTheBoard: there is no such slot.

    """
    _must_have(board, slot)
    slots = [*board]
    slots[slot] = Slot(place="", story=None)
    return Arranged(_placed_anew(slots), slot)


def emptied(board: Board) -> Arranged:
    """Return the board with the newest in every slot."""
    return Arranged(_placed_anew([Slot(place="", story=None)] * len(board)), 0)


def worded(board: Board, slot: int, words: Words) -> Arranged:
    """
    Return the board with other words in a slot.

    Raises:
        NotOnTheBoard: there is no such slot, or nobody placed a story there.

    """
    _must_have(board, slot)
    if board[slot].story is None:
        message = "nobody placed a story there; only a placed story has words of its own"
        raise NotOnTheBoard(message)
    slots = [*board]
    slots[slot] = msgspec.structs.replace(board[slot], **words._asdict())
    return Arranged(_placed_anew(slots), slot)


def slot_in_words(number: int) -> str:
    """Return what the desk calls a slot: Lead, or List 3."""
    place = list(places_of(LAYOUT))[number]
    if place.stories == 1:
        return place.title
    first = [other.name for other in places_of(LAYOUT)].index(place.name)
    return f"{place.title} {number - first + 1}"


def _placed_anew(slots: Sequence[Slot]) -> Board:
    """Return the slots in the places of the layout, in order."""
    return tuple(
        msgspec.structs.replace(slot, place=place.name)
        for slot, place in zip(slots, places_of(LAYOUT), strict=True)
    )


def _must_have(board: Board, slot: int) -> None:
    if not 0 <= slot < len(board):
        message = f"there is no slot {slot + 1}; the front has {len(board)}"
        raise NotOnTheBoard(message)
