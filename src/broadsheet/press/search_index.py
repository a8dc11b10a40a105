"""
Keeps the index of the readers' search: the words of live stories, derived from the log.

Whatever is not live leaves in the transaction that moves the site's cursor; what an act makes
live enters there, too. Whole archives (an import, an upgrade, another database) enter by slices
when the press is idle: a cursor of its own says how far the index has followed the log. Taking
a story in twice gives the same row.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from functools import partial
from itertools import islice
from typing import NamedTuple

from django.db import OperationalError, connection, transaction

from broadsheet.press.asking import carry_out, places, rows
from broadsheet.press.isolation import Failed, isolated
from broadsheet.press.models import Cursor, SearchEntry
from broadsheet.projections.addresses import EPOCH
from broadsheet.projections.searched_words import tokens_of
from broadsheet.story.body import text_of
from broadsheet.story.records import Author, Record, Story, StoryState, Topic
from broadsheet.story.versions import decoded

AT_ONCE = 25  # stories that enter in one transaction
MOST_TOKENS = 60_000  # of one story: one of 30,000 words is found by all of them
_READING = 1  # another way of reading words is another number, and fills the index anew
_CURSOR = "search"
_DOING = "indexing for readers' searches story"  # as the log says it of one that fails

Find = Callable[[str, str], Record | None]  # a record's newest version, by kind and id


class Newest(NamedTuple):
    """A story's newest version, and its entry in the log."""

    seq: int
    story: Story


class _Words(NamedTuple):
    """The tokens of a story, what weighs most first."""

    headline: tuple[str, ...]
    lead: tuple[str, ...]
    rest: tuple[str, ...]


class _Read(NamedTuple):
    """A story and its words, before they are entered."""

    newest: Newest
    words: _Words


def follow(stories: Sequence[Newest], *, since: int, until: int, find: Find) -> None:
    """
    Follow a batch of the log: all that is not live leaves, and a few stories enter.

    A larger batch waits for catch_up. The caller's transaction moves the site's cursor.
    """
    _take_out_the_dead(stories)
    live = _live(stories)
    if len(live) > AT_ONCE:
        return
    _enter_anew(_read(each, find) for each in _not_known(live))
    reached = Cursor.objects.filter(name=_CURSOR, generation=_generation(), seq__gte=since)
    if not reached.update(seq=until) and since == 0:
        Cursor.objects.update_or_create(
            name=_CURSOR, defaults={"seq": until, "generation": _generation()}
        )


def catch_up(*, until: int, find: Find, is_stopping: Callable[[], bool] = lambda: False) -> int:
    """
    Take in a slice of the log, up to the site's cursor; return how many entries that was.

    Told to stop, it takes in what it has read, one story at least. Words are read before the
    transaction: an act waits for the database as long as writing them takes, not reading. If
    somebody follows the log meanwhile, what was read may be old: nothing is taken in, this time.
    """
    since = _reached()
    if since >= until:
        return 0
    entries = rows(_STORIES_AFTER, since, until, AT_ONCE)
    stories = {each.story.id: each for each in _newest({story for _, story in entries})}
    fresh = {each.story.id for each in _not_known(_live(stories.values()))}
    read: dict[str, _Read] = {}
    reached = since
    for seq, story in entries:
        if reached > since and is_stopping():
            break
        if story in fresh and story not in read:
            read[story] = _read(stories[story], find)
        reached = seq
    else:
        if len(entries) < AT_ONCE:
            reached = until
    with transaction.atomic():
        if _held() != {"site": until, _CURSOR: since}:
            return 0
        _take_out_the_dead(stories.values())
        _enter_anew(read.values())
        Cursor.objects.filter(name=_CURSOR).update(seq=reached)
    return max(1, sum(1 for seq, _ in entries if seq <= reached))


def _reached() -> int:
    """
    Return up to which entry the index has followed the log.

    One made otherwise begins anew, and has its stories of before until each is taken in again:
    to empty it would keep every act from the database for minutes.
    """
    found = rows(_REACHED, _CURSOR, _generation())
    if found:
        return int(found[0][0])
    with transaction.atomic():
        _held()
        SearchEntry.objects.update(seq=0)
        Cursor.objects.update_or_create(
            name=_CURSOR, defaults={"seq": 0, "generation": _generation()}
        )
    return 0


def _held() -> dict[str, int]:
    """Return where the site's cursor and the index's are; nobody moves them until the end."""
    both = Cursor.objects.filter(name__in=["site", _CURSOR])
    # The site's first, as whoever follows the log holds them.
    return dict(both.select_for_update().order_by("-name").values_list("name", "seq"))


def is_abreast(until: int) -> bool:
    """Say whether the index has followed the log up to an entry; asks for no lock."""
    found = rows(_REACHED, _CURSOR, _generation())
    return bool(found) and found[0][0] >= until


def _generation() -> str:
    """Return what the index was made by and where: rows that moved house bring no words."""
    return f"{_READING} {connection.vendor}"


def _newest(stories: Iterable[str]) -> Iterator[Newest]:
    wanted = sorted(stories)
    if not wanted:
        return
    for seq, version in rows(f"{_NEWEST} ({places(wanted)})", *wanted):
        story = decoded(bytes(version))
        if isinstance(story, Story):
            yield Newest(seq, story)


def _live(stories: Iterable[Newest]) -> list[Newest]:
    return [each for each in stories if each.story.state is StoryState.LIVE]


def _not_known(stories: Sequence[Newest]) -> list[Newest]:
    """Return the stories whose newest version is not in the index."""
    ids = [each.story.id for each in stories]
    known: dict[str, int] = dict(rows(f"{_KNOWN} ({places(ids)})", *ids)) if ids else {}
    return [each for each in stories if known.get(each.story.id) != each.seq]


def _read(newest: Newest, find: Find) -> _Read:
    """Return a story with its words; without any if they cannot be read, which stops nobody."""
    words = isolated(f"{_DOING} {newest.story.id}", lambda: _words(newest.story, find))
    return _Read(newest, _or_none(words))


def _enter_anew(read: Iterable[_Read]) -> None:
    """
    Take stories in; one whose words no index takes stays out of it, and holds nothing up.

    Raises:
        OperationalError: the database is busy or full, which is no story's fault.

    """
    for newest, words in read:
        _take_out([newest.story.id])
        entered = isolated(f"{_DOING} {newest.story.id}", partial(_enter_safely, newest, words))
        if isinstance(entered, Failed):
            _enter_at_its_time(newest, _or_none(entered))


def _enter_safely(newest: Newest, words: _Words) -> None:
    with transaction.atomic():  # PostgreSQL refuses whatever follows an error without one
        _enter_at_its_time(newest, words)


def _or_none(words: _Words | Failed) -> _Words:
    """Return no words in place of those that failed, unless for a reason that may pass."""
    if not isinstance(words, Failed):
        return words
    if words.is_temporary:
        raise OperationalError(words.reason)
    return _Words((), (), ())


def _enter_at_its_time(newest: Newest, words: _Words) -> None:
    place = _free_place(newest.story.first_published_at)
    _enter(place, newest.story.id, newest.seq, words)


def _take_out_the_dead(stories: Iterable[Newest]) -> None:
    _take_out(each.story.id for each in stories if each.story.state is not StoryState.LIVE)


def _take_out(stories: Iterable[str]) -> None:
    gone = [(story,) for story in stories]
    if gone and connection.vendor == "sqlite":
        carry_out(_FORGET_WORDS, gone)
    if gone:
        carry_out(_FORGET, gone)


def _free_place(at: datetime) -> int:
    """Return the place of a story published then: the next one, where another has it."""
    place = (at - EPOCH) // timedelta(microseconds=1)
    while rows("SELECT 1 FROM press_searchentry WHERE place = %s", place):
        place += 1
    return place


def _words(story: Story, find: Find) -> _Words:
    content = story.content
    authors = (find("author", byline.author) for byline in content.bylines)
    topics = (find("topic", topic) for topic in content.topics)
    names = [each.name for each in (*authors, *topics) if isinstance(each, Author | Topic)]
    # Names are those of when the story last changed: a new one finds it from its next act on.
    rest = [*map(text_of, content.body), content.dateline, *(c.text for c in content.corrections)]
    if content.lead is not None:
        rest.append(content.lead.caption)
    return _Words(
        headline=tuple(tokens_of(content.headline)),
        lead=tuple(_all_tokens((content.kicker, content.standfirst, *names))),
        rest=tuple(islice(_all_tokens(rest), MOST_TOKENS)),
    )


def _all_tokens(texts: Iterable[str]) -> Iterator[str]:
    for text in texts:
        yield from tokens_of(text)


def _enter(place: int, story: str, seq: int, words: _Words) -> None:
    if connection.vendor == "sqlite":
        carry_out(_ENTER, [(place, story, seq)])
        carry_out(_ENTER_WORDS, [(place, *(" ".join(part) for part in words))])
    else:
        carry_out(_ENTER_WITH_WORDS, [(place, story, seq, _vector(words))])


def _vector(words: _Words) -> str:
    """Return tokens as PostgreSQL writes a tsvector; they have no quotation marks."""
    # Source: PostgreSQL 15, 12.11: positions end at 16383, 256 of them for each word.
    weighed = [(token, "ABD"[i]) for i, part in enumerate(words) for token in part]
    # All lexemes, with two bytes for each position, have at most 2^20 - 1.
    at: dict[str, list[str]] = {}
    size = 0
    for place, (token, weight) in enumerate(weighed, start=1):
        known = at.get(token)
        if known is None:
            length = len(token.encode())
            if size + length + _BESIDE_LEXEME > _MOST_BYTES:
                continue
            known = at[token] = []
            size += length + _BESIDE_LEXEME
        elif len(known) == _MOST_POSITIONS or place > _LAST_POSITION:
            continue
        known.append(f"{min(place, _LAST_POSITION)}{weight}")
    return " ".join(f"'{token}':{','.join(found)}" for token, found in at.items())


_MOST_POSITIONS, _LAST_POSITION = 255, 16383
_BESIDE_LEXEME = 6  # bytes: its count, its first position, and what aligns them
_MOST_BYTES = 2**20 - 1 - 2 * _LAST_POSITION  # further positions end there
_REACHED = "SELECT seq FROM press_cursor WHERE name = %s AND generation = %s"
_STORIES_AFTER = (
    "SELECT seq, record_id FROM press_logentry"
    " WHERE kind = 'story' AND seq > %s AND seq <= %s ORDER BY seq LIMIT %s"
)
_NEWEST = (
    "SELECT newest.seq, entry.version FROM press_current AS newest"
    " JOIN press_logentry AS entry ON entry.seq = newest.seq"
    " WHERE newest.kind = 'story' AND newest.record_id IN"
)
_KNOWN = "SELECT story, seq FROM press_searchentry WHERE story IN"
_FORGET = "DELETE FROM press_searchentry WHERE story = %s"
_FORGET_WORDS = (
    "DELETE FROM press_searchwords"
    " WHERE rowid = (SELECT place FROM press_searchentry WHERE story = %s)"
)
_ENTER = "INSERT INTO press_searchentry (place, story, seq) VALUES (%s, %s, %s)"
_ENTER_WORDS = (
    "INSERT OR REPLACE INTO press_searchwords (rowid, headline, lead, rest) VALUES (%s, %s, %s, %s)"
)
_ENTER_WITH_WORDS = (
    "INSERT INTO press_searchentry (place, story, seq, words) VALUES (%s, %s, %s, %s::tsvector)"
)
