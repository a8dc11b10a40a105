"""
Answers projections from the press's tables: the State at the cursor.

Records are decoded once and kept, newest used last; deriving tells which to forget.
Whoever reads one story of a list is about to read the others: they are fetched together.
"""

from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterable, Sequence
from datetime import datetime
from typing import TypeVar, cast

from broadsheet.press.asking import QUERY_TERMS, Row, moment, places, rows
from broadsheet.projections.facets import instant_text, key_text
from broadsheet.projections.facts import Fingerprints
from broadsheet.projections.lists import Key, ListName, Member, Period
from broadsheet.projections.state import PeriodEntry
from broadsheet.story.ids import Address, StoryId
from broadsheet.story.records import Author, Record
from broadsheet.story.versions import decoded

KEPT_RECORDS = 20_000  # about 100 MB of decoded stories
KEPT_ENTRIES = (
    10_000  # of lists, about 5 MB; five objects ask for the same months, one after another
)

_T = TypeVar("_T")


class Tables:
    """The press's tables as a State. Hold it while nobody else moves the cursor."""

    def __init__(self) -> None:
        """Start with nothing kept."""
        self.fingerprints = Fingerprints()
        self._kept: OrderedDict[tuple[str, str], Record | None] = OrderedDict()
        self._sections: tuple[str, ...] | None = None
        self._avatars: tuple[tuple[str, str], ...] | None = None  # each with its author
        self._answers: dict[Hashable, Sequence[object]] = {}  # until the lists change
        self._kept_entries = 0
        self._listed: tuple[str, ...] = ()  # the stories of the list that was read last

    def forget(self, records: Iterable[tuple[str, str]]) -> None:
        """Read these, and all lists, anew next time: the cursor passed newer versions of them."""
        self.forget_lists()
        for kind, record_id in records:
            self._kept.pop((kind, record_id), None)
            if kind == "section":
                self._sections = None
            elif kind == "author":
                self._avatars = None

    def forget_all(self) -> None:
        """Read everything anew: somebody else may have moved the cursor."""
        self._kept.clear()
        self.forget_lists()
        self._sections = self._avatars = None

    def forget_lists(self) -> None:
        """Read all lists anew next time: their rows have changed."""
        self._answers.clear()
        self._kept_entries = 0

    def record(self, kind: str, record_id: str) -> Record | None:
        """Return the newest derived version of one record, None if there is none."""
        place = (kind, record_id)
        if place in self._kept:
            self._kept.move_to_end(place)
            return self._kept[place]
        self._fetch(kind, record_id)
        return self._kept[place]

    def _fetch(self, kind: str, record_id: str) -> None:
        wanted = [record_id]
        if kind == "story" and record_id in self._listed:
            near = self._listed[self._listed.index(record_id) :][:QUERY_TERMS]
            wanted = [story for story in near if (kind, story) not in self._kept]
        self._kept.update(((kind, each), None) for each in wanted)
        for found_id, version in rows(f"{_NEWEST} ({places(wanted)})", kind, *wanted):
            self._kept[kind, found_id] = decoded(bytes(version))
        while len(self._kept) > KEPT_RECORDS:
            self._kept.popitem(last=False)

    def sections(self) -> Sequence[str]:
        """Return the ids of all sections."""
        if self._sections is None:
            self._sections = tuple(sorted(record_id for (record_id,) in rows(_SECTIONS)))
        return self._sections

    def portrayed_in(self, picture: str) -> Sequence[str]:
        """Return the ids of the authors whose avatar a picture is, in their order."""
        if self._avatars is None:
            found = ((each, self.record("author", each)) for (each,) in rows(_AUTHORS))
            self._avatars = tuple(
                (author.avatar, author_id)
                for author_id, author in found
                if isinstance(author, Author) and author.avatar is not None
            )
        return sorted(author for avatar, author in self._avatars if avatar == picture)

    def newest(self, name: ListName, *, limit: int, before: Key | None) -> Sequence[Member]:
        """Return at most limit members, newest first, all older than before if given."""
        if before is None:
            found = rows(f"{_MEMBERS} ORDER BY key DESC LIMIT %s", name, limit)
        else:
            older = f"{_MEMBERS} AND key < %s ORDER BY key DESC LIMIT %s"
            found = rows(older, name, key_text(before), limit)
        return self._members(found)

    def between(self, name: ListName, *, low: datetime, high: datetime) -> Sequence[Member]:
        """Return the members first published in [low, high), newest first."""
        within = f"{_MEMBERS} AND key >= %s AND key < %s ORDER BY key DESC"
        question = (within, name, instant_text(low), instant_text(high))
        members = self._once(question, lambda: [_member(row) for row in rows(*question)])
        self._listed = tuple(each.story for each in members)
        return members

    def months(self, name: ListName) -> Sequence[PeriodEntry]:
        """Return the calendar months of a list that have members, newest first."""
        return self._periods(name, "")

    def days(self, name: ListName, month: Period) -> Sequence[PeriodEntry]:
        """Return the days of one month that have members, newest first."""
        return self._periods(name, month)

    def _periods(self, name: ListName, month: str) -> Sequence[PeriodEntry]:
        question = (_PERIODS, name, month)
        return self._once(question, lambda: [_period(row) for row in rows(*question)])

    def _once(self, question: Hashable, ask: Callable[[], Sequence[_T]]) -> Sequence[_T]:
        """Return the answer to a question about lists, which stays until the lists change."""
        if question in self._answers:
            return cast("Sequence[_T]", self._answers[question])
        if self._kept_entries >= KEPT_ENTRIES:
            self.forget_lists()
        answer = ask()
        self._answers[question] = answer
        self._kept_entries += len(answer) + 1  # an empty one takes room too
        return answer

    def _members(self, found: Sequence[Row]) -> Sequence[Member]:
        members = [_member(row) for row in found]
        self._listed = tuple(each.story for each in members)
        return members


_AUTHORS = "SELECT record_id FROM press_current WHERE kind = 'author'"
_SECTIONS = "SELECT record_id FROM press_current WHERE kind = 'section'"
_MEMBERS = "SELECT key, story, updated_at, address FROM press_listmember WHERE list_name = %s"
_PERIODS = (
    "SELECT period, members, updated_at FROM press_listperiod"
    " WHERE list_name = %s AND month = %s ORDER BY period DESC"
)
_NEWEST = (
    "SELECT newest.record_id, entry.version FROM press_current AS newest"
    " JOIN press_logentry AS entry ON entry.seq = newest.seq"
    " WHERE newest.kind = %s AND newest.record_id IN"
)


def _member(row: Row) -> Member:
    key, story, updated_at, address = row  # the key begins with when it was published
    published_at = datetime.fromisoformat(key.partition("/")[0])
    return Member(published_at, StoryId(story), moment(updated_at), Address(address))


def _period(row: Row) -> PeriodEntry:
    period, members, updated_at = row
    return PeriodEntry(period, members, moment(updated_at))
