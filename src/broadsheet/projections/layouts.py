"""
Says, as data, which places the theme's fronts offer, and how many stories each holds.

The desk draws its editor from this, the press refuses what does not fit it, and the front's
projection fills it. A place is known by its name in the log, so a name is never given
another meaning; another theme may offer fewer or larger places.
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from broadsheet.story.records import Slot


class LayoutPlace(NamedTuple):
    """A place of a front: one or more stories shown alike."""

    name: str  # as the log writes it
    title: str  # as the desk calls it
    stories: int  # it holds at most


Layout = tuple[LayoutPlace, ...]

FRONT: Layout = (
    LayoutPlace("lead", "Lead", 1),
    LayoutPlace("second", "Second row", 3),
    LayoutPlace("list", "List", 16),
)


def stories_in(layout: Layout) -> int:
    """Return how many stories a layout holds."""
    return sum(place.stories for place in layout)


def places_of(layout: Layout) -> Iterator[LayoutPlace]:
    """Yield the place of each story of a front, in reading order."""
    for place in layout:
        for _ in range(place.stories):
            yield place


def slots_of(slots: Sequence[Slot], layout: Layout) -> tuple[Slot, ...]:
    """
    Return a slot for each story the layout holds, in reading order.

    What no slot is given for shows the newest; slots beyond what a place holds are left out,
    and so are those of places the layout does not offer.
    """
    return tuple(
        slot
        for place in layout
        for slot in _filled([slot for slot in slots if slot.place == place.name], place)
    )


def placed(slots: Sequence[Slot], layout: Layout) -> tuple[Slot, ...]:
    """Return the fewest slots that say the same: none after a place's last story."""
    return tuple(
        slot
        for place in layout
        for slot in _up_to_last([slot for slot in slots if slot.place == place.name])
    )


def _filled(given: Sequence[Slot], place: LayoutPlace) -> Sequence[Slot]:
    newest = Slot(place=place.name, story=None)
    return [*given, *([newest] * place.stories)][: place.stories]


def _up_to_last(slots: Sequence[Slot]) -> Sequence[Slot]:
    last = max((number for number, slot in enumerate(slots, start=1) if slot.story), default=0)
    return slots[:last]
