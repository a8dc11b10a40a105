"""
Says everything a story is live as: its page and files, its posts, the lists it stands in.

Read from the ledger and the log alone; nothing is rendered and no network asked. What a copy
says is told as a version of the story: that of the act that made it.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple

import msgspec
from django.db.models import Q

from broadsheet.press.models import Attempt, Cursor, LedgerRow, ListMember, LogEntry
from broadsheet.press.models.ledger import ABSENT_TEXT, NOT_KNOWN_TO_BE_OUT, WEBSITE
from broadsheet.projections.lists import FEED, HOME, pictures_shown
from broadsheet.story.records import Act, Story

RENDITION = "rendition"
MOST_PICTURES = 50
# Acts that make what a post says anew, where the network lets it be changed or it was not sent.
_MAKES_POSTS = {Act.PUBLISH.value, Act.CORRECT.value, Act.IMPORT.value}
_SENDS = ("create", "publish", "edit")
_PAGE, _FORMER, _FILE = (
    "its page",
    "a former address, leading to the page",
    "a picture’s file",
)

# What readers call a list, by its kind; pictures' lists only say whose files are public.
_LISTS = {
    HOME: "the front page’s list, the archive and the sitemaps",
    FEED: "the feeds of {}",
    "section": "the section {}",
    "author": "the page of {}",
    "topic": "the topic {}",
    "topic-feed": "the feeds of the topic {}",
    "translations": "the links between its translations",
}


class SiteObject(NamedTuple):
    """One thing of the story's on the paper's own site."""

    key: str
    what: str
    state: str
    is_stuck: bool
    fingerprint: str
    written_at: datetime | None
    version: int | None  # that it says; None where versions mean nothing


class Post(NamedTuple):
    """One post about the story."""

    row: int
    where: str
    purpose: str
    state: str
    tone: str
    remote_id: str
    text: str
    version: int | None  # that stands on the network, None if nothing does
    wanted: int | None  # that should
    waits_until: datetime | None
    sent_at: datetime | None
    read_at: datetime | None
    parked: str
    can_try_again: bool
    can_be_told: bool


class LiveAs(NamedTuple):
    """All a story is live as."""

    objects: list[SiteObject]  # its page, and its former addresses
    files: list[SiteObject]  # of its pictures
    posts: list[Post]
    lists: list[str]
    versions: int
    differences: list[str]  # where a copy says another version than the newest

    @property
    def files_in_words(self) -> str:
        """Return how the pictures' files stand, all together."""
        out = sum(each.state == "out" for each in self.files)
        stuck = sum(each.is_stuck for each in self.files)
        said = [f"{len(self.files)} files of its pictures, {out} of them out"]
        return ", ".join([*said, *([f"{stuck} stuck"] if stuck else [])])


def live_as(story: Story, *, names: Mapping[str, str]) -> LiveAs:
    """Return all a story is live as. Names are those of sections, authors and topics, by id."""
    entries = list(
        LogEntry.objects.filter(kind="story", record_id=story.id).order_by("seq").defer("version")
    )
    found = _site_rows(story)
    # An address the story had keeps its row's recipe, and leads to where the story is now.
    objects = [
        _object(row, entries, _PAGE if row.key == story.address else _FORMER)
        for row in found
        if row.recipe != RENDITION
    ]
    files = [_object(row, entries, _FILE) for row in found if row.recipe == RENDITION]
    posts = list(_posts(story, entries))
    lists = [each for each in map(_list_reader(names), _lists(story)) if each]
    return LiveAs(
        objects, files, posts, lists, len(entries), list(_differences(objects, posts, len(entries)))
    )


def _site_rows(story: Story) -> list[LedgerRow]:
    wanted = Q(key__in=[story.address, *story.former_addresses])
    for picture in pictures_shown(story)[:MOST_PICTURES]:
        wanted |= Q(key__gte=f"/media/{picture}/", key__lt=f"/media/{picture}0")
    rows = LedgerRow.objects.filter(wanted, surface=WEBSITE, account="").defer("payload")
    return sorted(rows, key=lambda row: (row.key != story.address, row.key))


def _object(row: LedgerRow, entries: Sequence[LogEntry], what: str) -> SiteObject:
    return SiteObject(
        key=row.key,
        what=what,
        state=_object_state(row),
        is_stuck=bool(row.parked),
        fingerprint=row.live if row.live not in NOT_KNOWN_TO_BE_OUT else "",
        written_at=row.written_at,
        version=_version_of_page(row, entries) if what == _PAGE else None,
    )


def _object_state(row: LedgerRow) -> str:
    if row.parked:
        return f"stuck: {row.parked}"
    if row.dirty_seq is not None:
        return "waits to be made" if row.live in {"", ABSENT_TEXT} else "out, and being renewed"
    if row.live == ABSENT_TEXT:
        return "not there, as it should be"
    return "out" if row.live else "waits to be made"


def _version_of_page(row: LedgerRow, entries: Sequence[LogEntry]) -> int | None:
    """Return which version the page says: the newest, unless it is behind."""
    if row.live in {"", ABSENT_TEXT} or not entries:
        return None
    derived = Cursor.objects.filter(name="site").values_list("seq", flat=True).first() or 0
    if row.dirty_seq is None and derived >= entries[-1].seq:
        return len(entries)
    return _number_at(entries, row.written_at, acts=None)


def _number_at(
    entries: Sequence[LogEntry], at: datetime | None, *, acts: set[str] | None
) -> int | None:
    """Return the number of the newest version, of these acts or any, that was there by a time."""
    found = None
    for number, entry in enumerate(entries, start=1):
        if at is not None and entry.at > at:
            break
        if found is None or acts is None or entry.act in acts:
            found = number
    return found


def _posts(story: Story, entries: Sequence[LogEntry]) -> Iterator[Post]:
    rows = list(
        LedgerRow.objects.filter(story=story.id)
        .exclude(story="")
        .order_by("surface", "account", "id")
    )
    journal: dict[int, list[Attempt]] = {row.pk: [] for row in rows}
    for line in Attempt.objects.filter(row__in=journal).order_by("number"):
        journal[line.row_id].append(line)
    for row in rows:
        yield _post(row, journal[row.pk], entries)


def _post(row: LedgerRow, lines: Sequence[Attempt], entries: Sequence[LogEntry]) -> Post:
    state, tone = _post_state(row, lines)
    sent = [line for line in lines if line.action in _SENDS]
    read = [line for line in lines if line.action in {"find", "person"}]
    stands = row.live not in {"", ABSENT_TEXT}
    said = next((line for line in sent if line.fingerprint == row.live), None) if stands else None
    waits = row.due_at if row.live != row.desired and not row.parked else None
    return Post(
        row=row.pk,
        where=f"{row.surface}/{row.account}",
        purpose=row.key.rpartition("/")[2].replace("-", " "),
        state=state,
        tone=tone,
        remote_id=row.remote_id,
        text=_text(row),
        version=None if said is None else _number_at(entries, said.started_at, acts=_MAKES_POSTS),
        wanted=_wanted(row, said, entries),
        waits_until=waits,
        sent_at=sent[-1].started_at if sent else None,
        read_at=read[-1].finished_at if read else None,
        parked=row.parked,
        can_try_again=bool(row.parked and row.desired),
        can_be_told=bool(row.parked and row.desired and lines),
    )


def _wanted(row: LedgerRow, said: Attempt | None, entries: Sequence[LogEntry]) -> int | None:
    if row.desired in {"", ABSENT_TEXT}:
        return None
    if row.live == row.desired and said is not None:
        return _number_at(entries, said.started_at, acts=_MAKES_POSTS)
    return _number_at(entries, None, acts=_MAKES_POSTS)


def _post_state(row: LedgerRow, lines: Sequence[Attempt]) -> tuple[str, str]:
    if row.parked:
        return "waits for a person", "critical"
    if row.live == row.desired:
        return ("withdrawn", "") if row.live == ABSENT_TEXT else ("out", "positive")
    if row.desired == ABSENT_TEXT:
        return "being withdrawn", "warning"
    if row.live == "" and lines:
        return "in doubt: being read back", "warning"
    return (
        ("waits to be sent", "info") if row.live in {"", ABSENT_TEXT} else ("being changed", "info")
    )


def _text(row: LedgerRow) -> str:
    """Return the words of a post as they were, or will be, sent; whatever the network."""
    try:
        said: Any = msgspec.json.decode(bytes(row.payload)) if row.payload else {}
    except msgspec.MsgspecError:
        return ""
    text = said.get("text", "") if isinstance(said, dict) else ""
    return text if isinstance(text, str) else ""


def _differences(
    objects: Sequence[SiteObject], posts: Sequence[Post], newest: int
) -> Iterator[str]:
    for each in objects:
        if each.version is not None and each.version < newest:
            yield f"The page still says version {each.version} of {newest}."
    for post in posts:
        if post.version is None or post.wanted is None or post.version >= post.wanted:
            continue
        yield f"{post.where} still says version {post.version}, and should say {post.wanted}."


def _lists(story: Story) -> list[str]:
    members = ListMember.objects.filter(story=story.id).values_list("list_name", flat=True)
    return sorted(members)


def _list_reader(names: Mapping[str, str]) -> Callable[[str], str]:
    def read(name: str) -> str:
        if name == FEED:
            return "the paper’s feeds"
        kind, _, record = name.partition("/")
        return _LISTS.get(kind, "").format(names.get(record, record))

    return read
