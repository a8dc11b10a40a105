"""
Answers projections from the press's tables: the State at the cursor.

Records are decoded once and kept, newest used last; deriving tells which to forget.
"""

from collections import OrderedDict
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import cast

from broadsheet.press.models import Current, ListMember, ListPeriod, LogEntry
from broadsheet.projections.facts import instant_text, key_text
from broadsheet.projections.lists import Key, ListName, Member, Period
from broadsheet.projections.state import PeriodEntry
from broadsheet.story.ids import Address, StoryId
from broadsheet.story.records import Record
from broadsheet.story.versions import decoded

KEPT_RECORDS = 20_000  # about 100 MB of decoded stories


class Tables:
    """The press's tables as a State. Hold it while nobody else moves the cursor."""

    def __init__(self) -> None:
        """Start with nothing kept."""
        self._kept: OrderedDict[tuple[str, str], Record | None] = OrderedDict()
        self._sections: tuple[str, ...] | None = None

    def forget(self, records: Iterable[tuple[str, str]]) -> None:
        """Read these anew next time: the cursor passed newer versions of them."""
        for kind, record_id in records:
            self._kept.pop((kind, record_id), None)
            if kind == "section":
                self._sections = None

    def forget_all(self) -> None:
        """Read everything anew: somebody else may have moved the cursor."""
        self._kept.clear()
        self._sections = None

    def record(self, kind: str, record_id: str) -> Record | None:
        """Return the newest derived version of one record, None if there is none."""
        place = (kind, record_id)
        if place in self._kept:
            self._kept.move_to_end(place)
            return self._kept[place]
        record = _read(kind, record_id)
        self._kept[place] = record
        if len(self._kept) > KEPT_RECORDS:
            self._kept.popitem(last=False)
        return record

    def sections(self) -> Sequence[str]:
        """Return the ids of all sections."""
        if self._sections is None:
            ids = Current.objects.filter(kind="section").values_list("record_id", flat=True)
            self._sections = tuple(sorted(ids))
        return self._sections

    def newest(self, name: ListName, *, limit: int, before: Key | None) -> Sequence[Member]:
        """Return at most limit members, newest first, all older than before if given."""
        rows = ListMember.objects.filter(list_name=name)
        if before is not None:
            rows = rows.filter(key__lt=key_text(before))
        return [_member(row) for row in rows.order_by("-key").values_list(*_COLUMNS)[:limit]]

    def between(self, name: ListName, *, low: datetime, high: datetime) -> Sequence[Member]:
        """Return the members first published in [low, high), newest first."""
        rows = ListMember.objects.filter(
            list_name=name, key__gte=instant_text(low), key__lt=instant_text(high)
        )
        return [_member(row) for row in rows.order_by("-key").values_list(*_COLUMNS)]

    def months(self, name: ListName) -> Sequence[PeriodEntry]:
        """Return the calendar months of a list that have members, newest first."""
        return self._periods(name, month="")

    def days(self, name: ListName, month: Period) -> Sequence[PeriodEntry]:
        """Return the days of one month that have members, newest first."""
        return self._periods(name, month=month)

    def _periods(self, name: ListName, *, month: str) -> Sequence[PeriodEntry]:
        rows = ListPeriod.objects.filter(list_name=name, month=month).order_by("-period")
        return [PeriodEntry(*row) for row in rows.values_list("period", "members", "updated_at")]


_COLUMNS = ("published_at", "story", "updated_at", "address")


def _member(row: tuple[object, ...]) -> Member:
    published_at, story, updated_at, address = row
    return Member(
        cast("datetime", published_at),
        StoryId(str(story)),
        cast("datetime", updated_at),
        Address(str(address)),
    )


def _read(kind: str, record_id: str) -> Record | None:
    seq = (
        Current.objects.filter(kind=kind, record_id=record_id).values_list("seq", flat=True).first()
    )
    if seq is None:
        return None
    return decoded(bytes(LogEntry.objects.values_list("version", flat=True).get(seq=seq)))
