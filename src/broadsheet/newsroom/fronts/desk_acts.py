"""
Carries out what an editor pressed on a board, and says in words what happened.

The board's form sends everything it holds with each act, so words that were typed beside
another slot are never lost; a text that may not be written stops the act and keeps what was typed.
"""

from collections.abc import Mapping
from typing import NamedTuple

from broadsheet.newsroom.fronts import arranging
from broadsheet.newsroom.fronts.arranging import (
    Arranged,
    Board,
    NotOnTheBoard,
    Words,
    slot_in_words,
)
from broadsheet.newsroom.texts import as_typed, text_problem
from broadsheet.story.ids import StoryId
from broadsheet.story.records import Slot

LONGEST_HEADLINE = 255  # characters, as a story's own
LONGEST_KICKER = 60
LONGEST_NUMBER = 18  # digits: what a database's numbers hold
FIRST_FREE = "free"


class Done(NamedTuple):
    """A board after an act: which slot it was about, and what is said of it."""

    board: Board
    slot: int
    story: StoryId | None  # the one it was about
    said: str  # {headline} stands for the story's
    fell_off: StoryId | None = None


class WordsTaken(NamedTuple):
    """A board with the words its form holds, and what is wrong with some, by slot and field."""

    board: Board
    errors: Mapping[tuple[int, str], str]


def whole_number(text: str) -> int | None:
    """Return the number a form sends, None if it sends none."""
    is_number = text.isascii() and text.isdigit() and len(text) <= LONGEST_NUMBER
    return int(text) if is_number else None


def take_words(board: Board, form: Mapping[str, str]) -> WordsTaken:
    """Return the board with the words that were typed beside its slots."""
    errors: dict[tuple[int, str], str] = {}
    for number, slot in enumerate(board):
        if slot.story is None or form.get(f"story-{number}") != slot.story:
            continue
        words = Words(
            headline=as_typed(form.get(f"headline-{number}", "")).strip(),
            kicker=as_typed(form.get(f"kicker-{number}", "")).strip(),
            shows_picture=f"picture-{number}" in form,
        )
        errors |= {(number, field): why for field, why in _problems(words).items()}
        board = arranging.worded(board, number, words).board
    return WordsTaken(board, errors)


def carry_out(board: Board, what: str, *, at: str, kept: StoryId | None) -> Done:
    """
    Return the board after one act: "up:3", "down:3", "move:3", "remove:3", "pin:3", "add:<id>".

    at is the slot to move or add to; kept is the story that "pin" is about: the one its editor
    saw in the slot, whatever is the newest by now.

    Raises:
        NotOnTheBoard: there is no such slot or act.

    """
    act, _, about = what.partition(":")
    if act in {"save", "empty"}:
        arranged = arranging.emptied(board) if act == "empty" else Arranged(board, 0)
        said = "Every slot shows the newest." if act == "empty" else "The draft is saved."
        return Done(arranged.board, 0, None, said)
    if act == "add":
        return _placed(arranging.added(board, StoryId(about), at=_free_or(board, at)), "stands in")
    slot = _number(about)
    if act == "pin":
        return _pinned(board, slot, kept)
    if act == "remove":
        return _removed(board, slot)
    to = {"up": slot - 1, "down": slot + 1}.get(act)
    if to is None and act == "move":
        to = _number(at)
    if to is None:
        message = f"“{act}” is nothing that can be done to a front"
        raise NotOnTheBoard(message)
    return _placed(arranging.moved(board, slot, to=to), "moved to")


def _placed(arranged: Arranged, how: str) -> Done:
    story = arranged.board[arranged.slot].story
    name = "“{headline}”" if story else "The newest"
    said = f"{name} {how} {slot_in_words(arranged.slot)}."
    return Done(arranged.board, arranged.slot, story, said, arranged.fell_off)


def _pinned(board: Board, slot: int, story: StoryId | None) -> Done:
    if story is None or not 0 <= slot < len(board):
        message = "there is no story in this slot to keep"
        raise NotOnTheBoard(message)
    if story in arranging.stories_on(board):
        message = "this story is on the front already; move it"
        raise NotOnTheBoard(message)
    kept = list(board)
    kept[slot] = Slot(place=board[slot].place, story=story)
    said = f"“{{headline}}” stays in {slot_in_words(slot)}."
    return Done(tuple(kept), slot, story, said)


def _removed(board: Board, slot: int) -> Done:
    arranged = arranging.removed(board, slot)
    said = f"“{{headline}}” is off the front; {slot_in_words(slot)} shows the newest."
    return Done(arranged.board, slot, board[slot].story, said)


def _free_or(board: Board, at: str) -> int:
    if at not in {"", FIRST_FREE}:
        return _number(at)
    free = (number for number, slot in enumerate(board) if slot.story is None)
    return next(free, len(board) - 1)


def _number(text: str) -> int:
    number = whole_number(text)
    if number is None:
        message = f"“{text[:40]}” is no slot of this front"
        raise NotOnTheBoard(message)
    return number


def _problems(words: Words) -> Mapping[str, str]:
    found = {}
    for field, text, longest in (
        ("headline", words.headline, LONGEST_HEADLINE),
        ("kicker", words.kicker, LONGEST_KICKER),
    ):
        problem = text_problem(text, where=f"this {field}")
        if "\n" in text:
            problem = f"a {field} is one line; take the line break out"
        elif len(text) > longest:
            problem = f"this {field} has {len(text)} characters; at most {longest} fit"
        if problem:
            found[field] = problem
    return found
