"""
Says what a projection may read: the log's state at one sequence number.

Two adapters supply it: the press's tables, kept up to date by the cursor, and a
fold over the log in memory, which `rebuild --check` uses. Both must answer alike.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple, Protocol

from broadsheet.projections.lists import Key, ListName, Member, Period
from broadsheet.story.records import Record


class PeriodEntry(NamedTuple):
    """One calendar period of a list that has members."""

    period: Period  # a month; or a day, where the month is cut into days
    members: int
    updated_at: datetime  # newest significant update among the members


class State(Protocol):
    """Answers for one sequence number, and changes nothing."""

    def record(self, kind: str, record_id: str) -> Record | None:
        """Return the newest version of one record, None if there never was one."""
        ...

    def sections(self) -> Sequence[str]:
        """Return the ids of all sections (a site-wide fact: the menu)."""
        ...

    def portrayed_in(self, picture: str) -> Sequence[str]:
        """Return the ids of the authors whose avatar a picture is, in their order."""
        ...

    def newest(self, name: ListName, *, limit: int, before: Key | None) -> Sequence[Member]:
        """Return at most limit members, newest first, all older than before if given."""
        ...

    def between(self, name: ListName, *, low: datetime, high: datetime) -> Sequence[Member]:
        """Return the members first published in [low, high), newest first."""
        ...

    def months(self, name: ListName) -> Sequence[PeriodEntry]:
        """Return the calendar months of a list that have members, newest first."""
        ...

    def days(self, name: ListName, month: Period) -> Sequence[PeriodEntry]:
        """Return the days of one month that have members, newest first."""
        ...
