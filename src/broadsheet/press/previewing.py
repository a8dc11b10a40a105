"""
Renders what readers would get if a draft were published now, and commits nothing.

The same projection makes it, over the log's newest state with the draft's own records laid
on top. Never reads the newsroom's rows: what they say and the log does not, no reader would
see either.
"""

from collections.abc import Sequence
from datetime import datetime

from broadsheet.press import addresses, log
from broadsheet.press.actions import publish
from broadsheet.press.models import LogEntry
from broadsheet.press.ports import Press
from broadsheet.press.tables import Tables
from broadsheet.projections.facts import Facts
from broadsheet.projections.lists import Key, ListName, Member, Period
from broadsheet.projections.objects import Object, ObjectKey, Recipe, Rendered
from broadsheet.projections.state import PeriodEntry
from broadsheet.story import lifecycle
from broadsheet.story.ids import StoryId
from broadsheet.story.records import Record, Story, StoryContent
from broadsheet.story.versions import kind_of


class Laid:
    """
    The log's newest state with some records laid on top: a State, read and never written.

    Lists and calendars are those at the press's cursor, without what is laid on top.
    """

    def __init__(self, records: Sequence[Record]) -> None:
        """Lay these records on top."""
        self._laid = {(kind_of(record), record.id): record for record in records}
        self._tables = Tables()

    def record(self, kind: str, record_id: str) -> Record | None:
        """Return the newest version of one record, None if there never was one."""
        return self._laid.get((kind, record_id)) or log.newest(kind, record_id)

    def sections(self) -> Sequence[str]:
        """Return the ids of all sections."""
        entries = LogEntry.objects.filter(kind="section").order_by("record_id")
        return list(entries.values_list("record_id", flat=True).distinct())

    def newest(self, name: ListName, *, limit: int, before: Key | None) -> Sequence[Member]:
        """Return at most limit members, newest first, all older than before if given."""
        return self._tables.newest(name, limit=limit, before=before)

    def between(self, name: ListName, *, low: datetime, high: datetime) -> Sequence[Member]:
        """Return the members first published in [low, high), newest first."""
        return self._tables.between(name, low=low, high=high)

    def months(self, name: ListName) -> Sequence[PeriodEntry]:
        """Return the calendar months of a list that have members, newest first."""
        return self._tables.months(name)

    def days(self, name: ListName, month: Period) -> Sequence[PeriodEntry]:
        """Return the days of one month that have members, newest first."""
        return self._tables.days(name, month)


def next_story(
    story_id: StoryId, content: StoryContent, *, now: datetime, significant: bool
) -> Story:
    """
    Return the version that publishing these words now would commit.

    A story that was never live stands at the address it would be given, which it may not get.

    Raises:
        NotNow: the story is retracted or erased.
        ActRefused: the paper has no settings yet.

    """
    at = log.time_of_next(now)
    before = log.newest("story", story_id)
    if isinstance(before, Story):
        return publish.next_version(before, content, at=at, significant=significant)[0]
    address = addresses.free_for_story(story_id, content, at=at, zone=publish.zone_of_paper())
    return lifecycle.published(content, story_id=story_id, address=address, now=at)


def story_page(
    story: Story, *, laid: Sequence[Record], pictures_under: str, printing: Press
) -> Rendered:
    """
    Return the story's page as readers would get it, but for the addresses of its pictures.

    Other records the story brings with it, such as pictures no reader knows yet, are laid too.
    """
    facts = Facts(Laid([story, *laid]), pictures_under=pictures_under)
    return printing.render(Object(ObjectKey(story.address), Recipe.STORY, story.id), facts)
