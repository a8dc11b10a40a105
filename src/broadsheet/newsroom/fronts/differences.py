"""
Says in words what is different between two arrangements of one front.

Pure: two boards and the stories' headlines in, sentences out, in reading order. Slots that show
the newest are not spoken of: they change by themselves.
"""

from collections.abc import Iterator, Mapping

from broadsheet.newsroom.fronts.arranging import Board, slot_in_words
from broadsheet.story.records import Slot


def differences(before: Board, after: Board, *, headlines: Mapping[str, str]) -> list[str]:
    """Return a sentence for each story that came, went, moved or is worded otherwise."""
    was, now = _by_story(before), _by_story(after)
    return [*_come_and_moved(was, now, headlines), *_gone(was, now, headlines)]


Standing = Mapping[str, tuple[int, Slot]]


def _by_story(board: Board) -> Standing:
    found: dict[str, tuple[int, Slot]] = {}
    for number, slot in enumerate(board):
        if slot.story is not None:
            found.setdefault(slot.story, (number, slot))
    return found


def _come_and_moved(was: Standing, now: Standing, headlines: Mapping[str, str]) -> Iterator[str]:
    for story, (number, slot) in now.items():
        name = _name(story, headlines)
        if story not in was:
            yield f"{name} comes to {slot_in_words(number)}"
            continue
        old_number, old = was[story]
        if old_number != number:
            yield f"{name} moves from {slot_in_words(old_number)} to {slot_in_words(number)}"
        yield from _worded(name, old, slot)


def _worded(name: str, old: Slot, new: Slot) -> Iterator[str]:
    if old.headline != new.headline:
        yield (
            f"{name} is headed “{new.headline}”" if new.headline else f"{name} has its own headline"
        )
    if old.kicker != new.kicker:
        yield f"{name} has the kicker “{new.kicker}”" if new.kicker else f"{name} shows its section"
    if old.shows_picture != new.shows_picture:
        yield f"{name} {'shows' if new.shows_picture else 'hides'} its picture"


def _gone(was: Standing, now: Standing, headlines: Mapping[str, str]) -> Iterator[str]:
    for story, (number, _) in was.items():
        if story not in now:
            yield f"{_name(story, headlines)} leaves {slot_in_words(number)}"


def _name(story: str, headlines: Mapping[str, str]) -> str:
    return f"“{headlines.get(story, story)}”"
