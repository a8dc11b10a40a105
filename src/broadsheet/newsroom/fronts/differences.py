"""
Says in words what is different between two arrangements of one front.

Pure: two boards and the stories' headlines in, differences out, in reading order. Slots that show
the newest are not spoken of: they change by themselves.
"""

from collections.abc import Container, Iterator, Mapping
from typing import NamedTuple

from broadsheet.newsroom.fronts.arranging import Board, slot_in_words
from broadsheet.story.records import Slot

UNSEEN = "A story you may not see yet"  # what is said instead of its headline


class Difference(NamedTuple):
    """
    What became of one story, to be read after its headline.

    Apart from it, so that a headline in another direction of writing can be set apart.
    """

    headline: str
    says: str  # "comes to Lead"


def differences(before: Board, after: Board, *, headlines: Mapping[str, str]) -> list[Difference]:
    """
    Return what came, went, moved or is worded otherwise.

    Of a story without a headline here nothing is told but its place: whoever asks may not see
    it, and words on a front tell what it says.
    """
    was, now = _by_story(before), _by_story(after)
    found = [*_come_and_moved(was, now, told=headlines), *_gone(was, now)]
    return [Difference(headlines.get(story, UNSEEN), says) for story, says in found]


Standing = Mapping[str, tuple[int, Slot]]


def _by_story(board: Board) -> Standing:
    found: dict[str, tuple[int, Slot]] = {}
    for number, slot in enumerate(board):
        if slot.story is not None:
            found.setdefault(slot.story, (number, slot))
    return found


def _come_and_moved(
    was: Standing, now: Standing, *, told: Container[str]
) -> Iterator[tuple[str, str]]:
    for story, (number, slot) in now.items():
        if story not in was:
            yield story, f"comes to {slot_in_words(number)}"
            continue
        old_number, old = was[story]
        if old_number != number:
            yield story, f"moves from {slot_in_words(old_number)} to {slot_in_words(number)}"
        for says in _worded(old, slot) if story in told else ():
            yield story, says


def _worded(old: Slot, new: Slot) -> Iterator[str]:
    if old.headline != new.headline:
        yield f"is headed “{new.headline}”" if new.headline else "has its own headline"
    if old.kicker != new.kicker:
        yield f"has the kicker “{new.kicker}”" if new.kicker else "has its own kicker"
    if old.shows_picture != new.shows_picture:
        yield "shows its picture" if new.shows_picture else "hides its picture"


def _gone(was: Standing, now: Standing) -> Iterator[tuple[str, str]]:
    for story, (number, _) in was.items():
        if story not in now:
            yield story, f"leaves {slot_in_words(number)}"
