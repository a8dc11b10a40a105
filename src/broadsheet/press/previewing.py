"""
Renders what readers would get if a draft were published now, and commits nothing.

The same projections make it, over the log's newest state with the draft's own records laid
on top. Never reads the newsroom's rows: what they say and the log does not, no reader would
see either.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from broadsheet.press import addresses, log
from broadsheet.press.actions import publish
from broadsheet.press.models import Account, LogEntry
from broadsheet.press.ports import Press
from broadsheet.press.posts import foretelling, routing
from broadsheet.press.posts.foretelling import Foretold
from broadsheet.press.tables import Tables
from broadsheet.projections.addresses import FRONT, feed
from broadsheet.projections.catalog import FEED_RECIPES
from broadsheet.projections.facts import Facts
from broadsheet.projections.lists import (
    FEED,
    Key,
    ListName,
    Member,
    Period,
    member,
    memberships,
    pictures_shown,
)
from broadsheet.projections.objects import Object, ObjectKey, Recipe, Rendered
from broadsheet.projections.posts import Payload
from broadsheet.projections.state import PeriodEntry
from broadsheet.story import lifecycle
from broadsheet.story.ids import StoryId
from broadsheet.story.records import Record, Story, StoryContent
from broadsheet.story.versions import kind_of


class Draft(NamedTuple):
    """A story as publishing it now would commit it; never committed."""

    story: Story
    brings: tuple[Record, ...]  # what it brings along, such as pictures no reader knows yet
    pictures_under: str  # before the address of every picture file: they are not on the site yet


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

    def portrayed_in(self, picture: str) -> Sequence[str]:
        """Return the ids of the authors whose avatar a picture is, in their order."""
        return self._tables.portrayed_in(picture)

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


class AsNewest(Laid):
    """The same, where the draft opens every list it will stand in, whatever its date."""

    def __init__(self, draft: Draft) -> None:
        """Lay the draft, and what it brings, on top."""
        super().__init__([draft.story, *draft.brings])
        self._story = draft.story

    def newest(self, name: ListName, *, limit: int, before: Key | None) -> Sequence[Member]:
        """Return at most limit members: the draft, then the newest others."""
        found = super().newest(name, limit=limit + 1, before=before)
        others = [each for each in found if each.story != self._story.id]
        opens = before is None and name in memberships(self._story)
        return [*([member(self._story)] if opens else []), *others][:limit]


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


def facts_of(draft: Draft) -> Facts:
    """Return what a projection may read with the draft laid on top."""
    laid = Laid([draft.story, *draft.brings])
    return Facts(laid, pictures_under=draft.pictures_under)


def story_page(draft: Draft, *, printing: Press) -> Rendered:
    """Return the story's page as readers would get it, but for the addresses of its pictures."""
    obj = Object(ObjectKey(draft.story.address), Recipe.STORY, draft.story.id)
    return printing.render(obj, facts_of(draft))


def front_page(draft: Draft, *, printing: Press) -> Rendered:
    """Return the paper's front page with the draft as its newest story."""
    return printing.render(Object(ObjectKey(FRONT), Recipe.HOME, ""), _facts_as_newest(draft))


def feed_of_paper(draft: Draft, suffix: str, *, printing: Press) -> Rendered:
    """Return the paper's feed, "rss", "atom" or "json", with the draft as its newest entry."""
    obj = Object(feed(None, suffix), FEED_RECIPES[suffix], FEED)
    return printing.render(obj, _facts_as_newest(draft))


def post(draft: Draft, account: Account) -> Payload | str:
    """Return what an account's first post of the story would say, or why there can be none."""
    return routing.foretold(account, draft.story, record=Laid([*draft.brings]).record)


def posts(draft: Draft, account: Account) -> Sequence[Foretold]:
    """Return every post of the story an account would have, that of its first publication first."""
    return foretelling.posts(account, draft.story, record=Laid([*draft.brings]).record)


def pictures_before(story: StoryId) -> Sequence[Record]:
    """Return the pictures readers have of a story; none of one that was never live."""
    before = log.newest("story", story)
    shown = pictures_shown(before) if isinstance(before, Story) else ()
    found = (log.newest("picture", picture) for picture in shown)
    return [picture for picture in found if picture is not None]


def _facts_as_newest(draft: Draft) -> Facts:
    return Facts(AsNewest(draft), pictures_under=draft.pictures_under)
