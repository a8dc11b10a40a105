"""
Answers what readers search for: live stories, the newest or the best first, a page at a time.

The work of one question is bounded: so many words, so many rows, so much time. Nothing is
counted. What the index finds is asked of the log again, so that a story which was withdrawn
a moment ago is not shown, whether or not the press has followed yet.
"""

import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import NamedTuple

from django.db import OperationalError, connection, transaction

from broadsheet.press import log
from broadsheet.press.asking import Row, rows
from broadsheet.projections.searched_words import Term
from broadsheet.story.ids import StoryId
from broadsheet.story.records import Story, StoryState

PAGE = 20
RANKED = 2_000  # of the newest that were found; the best of these come first
MOST_SKIPPED = 180  # of the best first: nobody reads on, and each page ranks anew
LONGEST_S = 1.0


class TookTooLong(Exception):  # names what happened, as all our errors do
    """A question needs more time than one reader may take."""


class Found(NamedTuple):
    """One page of what was found."""

    stories: tuple[StoryId, ...]
    older: int | None  # newest first: the next page's stories are before this place
    skipping: int | None  # best first: the next page skips so many


def newest(terms: Sequence[Term], *, before: int | None) -> Found:
    """
    Return what has all of these words, newest first, from before a place on.

    Raises:
        TookTooLong: it takes longer than a reader may ask for.

    """
    if not terms:
        return Found((), None, None)
    values = [_asked(terms), *([] if before is None else [before]), PAGE + 1]
    with _bounded():
        found = rows(_newest_statement(is_whole=before is None), *values)
    older = int(found[PAGE - 1][1]) if len(found) > PAGE else None
    return Found(_live(found[:PAGE]), older, None)


def best(terms: Sequence[Term], *, skip: int) -> Found:
    """
    Return what has all of these words, where they stand most prominently first.

    Raises:
        TookTooLong: it takes longer than a reader may ask for.

    """
    if not terms:
        return Found((), None, None)
    skip = max(0, min(skip, MOST_SKIPPED))
    asked = _asked(terms)
    with _bounded():
        if connection.vendor == "sqlite":
            edge = rows(_SQLITE_EDGE, asked, RANKED - 1)
            found = rows(_SQLITE_BEST, asked, edge[0][0] if edge else _FIRST, PAGE + 1, skip)
        else:
            found = rows(_POSTGRESQL_BEST, asked, asked, RANKED, PAGE + 1, skip)
    has_more = len(found) > PAGE and skip + PAGE <= MOST_SKIPPED
    return Found(_live(found[:PAGE]), None, skip + PAGE if has_more else None)


def _live(found: Sequence[Row]) -> tuple[StoryId, ...]:
    stories = (log.newest("story", story) for story, _ in found)
    return tuple(
        each.id for each in stories if isinstance(each, Story) and each.state is StoryState.LIVE
    )


def _asked(terms: Sequence[Term]) -> str:
    """Return a question as the database asks it; tokens are letters and digits alone."""
    if connection.vendor == "sqlite":
        return " AND ".join(_as_fts5(term) for term in terms)
    return " & ".join(_as_tsquery(term) for term in terms)


def _as_fts5(term: Term) -> str:
    return f'"{" ".join(term.tokens)}"{" *" if term.is_beginning else ""}'


def _as_tsquery(term: Term) -> str:
    each = [f"'{token}'{':*' if term.is_beginning else ''}" for token in term.tokens]
    return f"({' <-> '.join(each)})"


@contextmanager
def _bounded() -> Iterator[None]:
    """Let the database give up on a question after a while."""
    if connection.vendor == "sqlite":
        connection.ensure_connection()
        ends_at = time.monotonic() + LONGEST_S
        connection.connection.set_progress_handler(lambda: time.monotonic() > ends_at, 20_000)
        try:
            yield
        except OperationalError as error:
            raise _as_too_long(error) from error
        finally:
            connection.connection.set_progress_handler(None, 0)
        return
    try:
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute(f"SET LOCAL statement_timeout = {int(LONGEST_S * 1000)}")
            yield
    except OperationalError as error:
        raise _as_too_long(error) from error


def _as_too_long(error: OperationalError) -> Exception:
    is_ours = any(word in str(error) for word in ("interrupted", "statement timeout"))
    return TookTooLong(str(error)) if is_ours else error


def _newest_statement(*, is_whole: bool) -> str:
    if connection.vendor == "sqlite":
        older = "" if is_whole else "AND press_searchwords.rowid < %s"
        return _SQLITE_NEWEST.format(older=older)
    return _POSTGRESQL_NEWEST.format(older="" if is_whole else "AND place < %s")


_FIRST = -(2**63)  # of all places: stories of before 1970 have negative ones
_SQLITE_FOUND = (
    "FROM press_searchwords JOIN press_searchentry AS entry"
    " ON entry.place = press_searchwords.rowid WHERE press_searchwords MATCH %s"
)
_SQLITE_NEWEST = (
    f"SELECT entry.story, entry.place {_SQLITE_FOUND} {{older}}"
    " ORDER BY press_searchwords.rowid DESC LIMIT %s"
)
_SQLITE_EDGE = (
    "SELECT rowid FROM press_searchwords WHERE press_searchwords MATCH %s"
    " ORDER BY rowid DESC LIMIT 1 OFFSET %s"
)
# A headline weighs ten times what the text does, and standfirst and names four times.
_SQLITE_BEST = (
    f"SELECT entry.story, entry.place {_SQLITE_FOUND} AND press_searchwords.rowid >= %s"
    " ORDER BY bm25(press_searchwords, 10.0, 4.0, 1.0), entry.place DESC LIMIT %s OFFSET %s"
)
_POSTGRESQL_NEWEST = (
    "SELECT story, place FROM press_searchentry WHERE words @@ %s::tsquery {older}"
    " ORDER BY place DESC LIMIT %s"
)
_POSTGRESQL_BEST = (
    "SELECT story, place FROM (SELECT story, place, ts_rank('{0.1, 0.1, 0.4, 1.0}', words,"
    " %s::tsquery) AS worth FROM press_searchentry WHERE words @@ %s::tsquery"
    " ORDER BY place DESC LIMIT %s) AS newest ORDER BY worth DESC, place DESC LIMIT %s OFFSET %s"
)
