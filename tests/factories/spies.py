"""Watches what a projection reads, independently of what it says it read."""

from collections.abc import Sequence
from datetime import datetime

from broadsheet.projections.facets import MENU, POLICIES
from broadsheet.projections.facts import Facts
from broadsheet.projections.lists import Key, ListName, Member, Period
from broadsheet.projections.state import PeriodEntry, State
from broadsheet.story.records import Record


class WatchedState:
    """A state that remembers every question: records by (kind, id), lists and calendars by name."""

    def __init__(self, state: State) -> None:
        self._state = state
        self.records: set[tuple[str, str]] = set()
        self.lists: set[ListName] = set()
        self.calendars: set[ListName] = set()
        self.menu_was_read = False
        self.portraits: set[str] = set()

    def record(self, kind: str, record_id: str) -> Record | None:
        """Note a record, and answer."""
        self.records.add((kind, record_id))
        return self._state.record(kind, record_id)

    def sections(self) -> Sequence[str]:
        """Note the menu, and answer."""
        self.menu_was_read = True
        return self._state.sections()

    def portrayed_in(self, picture: str) -> Sequence[str]:
        """Note whose avatar was asked for, and answer."""
        self.portraits.add(picture)
        return self._state.portrayed_in(picture)

    def newest(self, name: ListName, *, limit: int, before: Key | None) -> Sequence[Member]:
        """Note a list, and answer."""
        self.lists.add(name)
        return self._state.newest(name, limit=limit, before=before)

    def between(self, name: ListName, *, low: datetime, high: datetime) -> Sequence[Member]:
        """Note a list, and answer."""
        self.lists.add(name)
        return self._state.between(name, low=low, high=high)

    def months(self, name: ListName) -> Sequence[PeriodEntry]:
        """Note a calendar, and answer."""
        self.calendars.add(name)
        return self._state.months(name)

    def days(self, name: ListName, month: Period) -> Sequence[PeriodEntry]:
        """Note a calendar, and answer."""
        self.calendars.add(name)
        return self._state.days(name, month)


def unrecorded(state: WatchedState, facts: Facts) -> set[str]:
    """Return what was read of the state and stands in no fact or window."""
    names = {tuple(name.split("/")[:2]) for name in facts.facts}
    records = {read for read in state.records if read not in names}
    if MENU in facts.facts:
        records = {read for read in records if read[0] != "section"}
    windows = {window.name for window in facts.windows}
    calendars = {
        name
        for name in state.calendars
        if not any(
            fact == f"{kind}/{name}" or fact.startswith(f"{kind}/{name}/")
            for fact in facts.facts
            for kind in ("months", "lastmods", "days", "neighbors", "earlier")
        )
    }
    if POLICIES in facts.facts:  # which one by one are no facts of their own
        records = {each for each in records if each[0] != "policy"}
    portraits = {each for each in state.portraits if f"portrayed/{each}" not in facts.facts}
    menu = {"menu"} if state.menu_was_read and MENU not in facts.facts else set()
    return (
        {"/".join(read) for read in records}
        | (state.lists - windows)
        | calendars
        | menu
        | portraits
    )
