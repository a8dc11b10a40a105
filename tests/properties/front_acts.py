"""What a random newsroom does to its fronts: arranges them by hand, now or at a time to come."""

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import rule

from broadsheet.press.actions import edit, expire, schedule
from broadsheet.press.actions.errors import ActRefused
from broadsheet.projections.layouts import LayoutPlace, slots_of, stories_in
from broadsheet.story.ids import SectionId, StoryId
from broadsheet.story.records import PAPER, Front, Slot
from tests.factories.press import Clock, RememberingNewsroom
from tests.properties.draws import PICK

# As every front of the theme, with one story in each place.
SMALL_LAYOUT = tuple(LayoutPlace(name, name, 1) for name in ("lead", "second", "list"))
HOLDS = stories_in(SMALL_LAYOUT)

# One of the newest stories, or None for the newest that is not on the page; stories are placed
# that are not live yet, are withdrawn later, or are on the front already.
SLOTS = st.lists(
    st.tuples(st.one_of(st.none(), st.integers(0, 3)), st.sampled_from(["", "Other words"])),
    max_size=HOLDS,
)


@dataclass
class ActingNewsroom(RememberingNewsroom):
    """A newsroom without rows that also ends stories, and changes fronts when it is time."""

    clock: Clock = field(default_factory=Clock)
    fronts: dict[str, Front] = field(default_factory=dict)

    def expire(self, story: StoryId, *, now: datetime) -> None:
        """Expire a story that is still live."""
        with suppress(ActRefused):
            expire.expire(story, now=now, by="scheduler")

    def change_front(self, change: str, *, now: datetime) -> None:
        """Arrange a front as was remembered."""
        with suppress(ActRefused):
            edit.edit_front(self.fronts[change], now=now, by="scheduler")


class FrontActs:
    """Rules about fronts, for a machine that has stories and sections."""

    clock: Clock
    newsroom: ActingNewsroom
    stories: list[StoryId]
    sections: list[SectionId]
    _act: Callable[..., None]
    _next_id: Callable[[], str]

    @rule(front=PICK, slots=SLOTS, hides_pictures=st.booleans())
    def arrange_a_front(self, *, front: int, slots: Sequence[Any], hides_pictures: bool) -> None:
        """Place stories on a front by hand, and take away those that were."""
        self._act(edit.edit_front, self._front(front, slots, hides_pictures=hides_pictures))

    @rule(front=PICK, slots=SLOTS, hours=st.integers(0, 60))
    def schedule_a_front(self, *, front: int, slots: Sequence[Any], hours: int) -> None:
        """Have a front arranged later, perhaps with a story that is not live by then."""
        change = self._next_id()
        self.newsroom.fronts[change] = self._front(front, slots, hides_pictures=False)
        due_at = self.clock() + timedelta(hours=hours)
        schedule.schedule(change, act="front", due_at=due_at, now=self.clock(), by="test")

    def _front(self, front: int, slots: Sequence[Any], *, hides_pictures: bool) -> Front:
        of = [PAPER, *self.sections]
        newest = self.stories[-4:]
        found = [
            Slot(
                place=place.name,
                story=None if pick is None else newest[pick % len(newest)],
                headline=words,
                kicker=words,
                shows_picture=not hides_pictures,
            )
            for place, (pick, words) in zip(SMALL_LAYOUT, slots, strict=False)
        ]
        once: list[Slot] = []
        for slot in found:
            if slot.story is None or slot.story not in {other.story for other in once}:
                once.append(slot)
        return Front(id=of[front % len(of)], slots=slots_of(once, SMALL_LAYOUT))
