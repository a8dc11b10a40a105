"""
Finds the stories a list asks for, a page at a time, in time that the archive hardly lengthens.

A page begins where another ended (a time and a key), never after so many rows; nothing is
counted. The order is that of the date asked for, so that an index has it.
"""

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from enum import Enum
from typing import NamedTuple
from zoneinfo import ZoneInfo

from django.db.models import Q, QuerySet

from broadsheet.newsroom import wordings
from broadsheet.newsroom.desk import under_way
from broadsheet.newsroom.desk.seeing import Viewer
from broadsheet.newsroom.desk.states import Lifecycle, UnderWay
from broadsheet.newsroom.models.author import Author
from broadsheet.newsroom.models.listed_story import ListedAuthor, ListedStory
from broadsheet.newsroom.models.story import Story

PAGE = 50
MOST_AUTHORS = 50  # of one name
MOST_WORDS = 10  # of one search; each costs a scan
MICROSECOND = timedelta(microseconds=1)
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_FIRST_DAY = date.min  # its midnight east of Greenwich is a time no database knows


class Dated(Enum):
    """Which of a story's times a list goes by."""

    CHANGED = "changed"
    PUBLISHED = "published"
    CREATED = "created"

    @property
    def column(self) -> str:
        """Return the column that has it."""
        return f"{self.value}_at"


class Wanted(NamedTuple):
    """What somebody asks a list for."""

    words: str = ""
    section: int | None = None
    state: Lifecycle | UnderWay | None = None
    author: str = ""  # a part of the name
    dated: Dated = Dated.CHANGED
    since: date | None = None  # in the paper's zone
    until: date | None = None  # the last day of it


class Place(NamedTuple):
    """A place in a list: that of one story."""

    at: datetime
    key: int

    @property
    def text(self) -> str:
        """Return it for an address."""
        return f"{(self.at - _EPOCH) // MICROSECOND}.{self.key}"


class Found(NamedTuple):
    """One page of a list."""

    rows: list[ListedStory]
    newer: Place | None  # a page of newer ones ends before this; None: this is the newest
    older: Place | None  # a page of older ones begins after this; None: there are none


def place(text: str) -> Place | None:
    """Return the place an address names, None if it names none."""
    at, _, key = text.partition(".")
    if not (at.isascii() and at.isdecimal() and key.isascii() and key.isdecimal()):
        return None
    if len(at) > len("9999999999999999") or len(key) > len("999999999999999999"):
        return None
    return Place(_EPOCH + int(at) * MICROSECOND, int(key))


def stories(
    wanted: Wanted, viewer: Viewer, *, zone: ZoneInfo, now: datetime
) -> QuerySet[ListedStory]:
    """Return what is asked for, of what a person may see, in no order yet."""
    rows = ListedStory.objects.all()
    if wanted.section is not None:
        paths = [path for path, section in viewer.sections.items() if section.pk == wanted.section]
        rows = rows.filter(section_path__in=paths)
    elif not viewer.sees_all:
        rows = rows.filter(section_path__in=list(viewer.sections))
    if wanted.author:
        named = Author.objects.filter(name__icontains=wanted.author).values_list("pk", flat=True)
        by = ListedAuthor.objects.filter(author__in=list(named[:MOST_AUTHORS]))
        rows = rows.filter(pk__in=by.values("listed_id"))
    for word in wanted.words.split()[:MOST_WORDS]:
        rows = rows.filter(_has_word(word))
    rows = _in_state(rows, wanted.state, now=now)
    return _between(rows, wanted, zone=zone)


def page(
    rows: QuerySet[ListedStory],
    dated: Dated,
    *,
    before: Place | None = None,
    after: Place | None = None,
) -> Found:
    """Return the newest page, that of what is older than a place, or that of what is newer."""
    column = dated.column
    is_back = after is not None and before is None
    start = after if is_back else before
    if start is not None:
        edge = "gte" if is_back else "lte"
        # Said as one range and an exception, since an index answers no OR.
        rows = rows.filter(**{f"{column}__{edge}": start.at})
        rows = rows.exclude(**{column: start.at, f"pk__{'lte' if is_back else 'gte'}": start.key})
    order = (column, "pk") if is_back else (f"-{column}", "-pk")
    found = list(rows.order_by(*order)[: PAGE + 1])
    has_more = len(found) > PAGE
    shown = found[:PAGE]
    if is_back:
        shown.reverse()
    if not shown:
        return Found([], None, None)
    first, last = (Place(getattr(row, column), row.pk) for row in (shown[0], shown[-1]))
    has_newer = has_more if is_back else start is not None
    has_older = True if is_back else has_more
    return Found(shown, first if has_newer else None, last if has_older else None)


def _has_word(word: str) -> Q:
    by = ListedAuthor.objects.filter(author__name__icontains=word)
    return Q(pk__in=wordings.pages_with(word)) | Q(pk__in=by.values("listed_id"))


def _in_state(
    rows: QuerySet[ListedStory], state: Lifecycle | UnderWay | None, *, now: datetime
) -> QuerySet[ListedStory]:
    match state:
        case None:
            return rows
        case UnderWay.TROUBLE:
            return rows.filter(pk__in=_keys(story for story, _ in under_way.troubles(now=now)))
        case UnderWay.SCHEDULED:
            return rows.filter(pk__in=_keys(story for story, _ in under_way.scheduled()))
        case UnderWay():
            moving = under_way.in_workflow()
            return rows.filter(pk__in=[pk for pk, what in moving if what is state])
        case Lifecycle():
            return rows.filter(state=state.value)


def _keys(uuids: Iterable[str]) -> list[int]:
    """Return the keys of stories by their ids; the press knows them by those."""
    return list(Story.objects.filter(uuid__in=set(uuids)).values_list("pk", flat=True))


def _between(
    rows: QuerySet[ListedStory], wanted: Wanted, *, zone: ZoneInfo
) -> QuerySet[ListedStory]:
    column = wanted.dated.column
    if wanted.dated is Dated.PUBLISHED:
        rows = rows.filter(published_at__isnull=False)
    if wanted.since is not None and wanted.since > _FIRST_DAY:
        rows = rows.filter(**{f"{column}__gte": _midnight(wanted.since, zone)})
    if wanted.until is not None and wanted.until < date.max:
        rows = rows.filter(**{f"{column}__lt": _midnight(wanted.until + timedelta(days=1), zone)})
    return rows


def _midnight(day: date, zone: ZoneInfo) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=zone)
