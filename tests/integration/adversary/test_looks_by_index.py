"""What worker and desk ask again and again is answered by index, whatever the archive holds."""

import re
from collections.abc import Callable, Iterable

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from broadsheet.newsroom.desk import under_way
from broadsheet.press import lateness, mass_change, printing
from broadsheet.press.ledger_slices import next_rows
from broadsheet.press.models import Account, LedgerRow
from broadsheet.press.posts import taking_along
from broadsheet.press.posts.ledger import PostLedger, may_have_work
from broadsheet.press.posts.pages_first import before_their_pages
from tests.factories.press import Clock
from tests.integration.adversary.network import an_account

# Statistics would help SQLite's planner; nobody promises there are any.
LOOKS: dict[str, Callable[[Clock], object]] = {
    "what failed and may be tried again": lambda clock: printing.unpark_due(now=clock()),
    "what to render": lambda _: printing._most_urgent(),
    "posts to act on": lambda clock: _ledger(clock).claim(
        "sandbox/main", owner="test", now=clock(), lease_s=20
    ),
    "whether there may be posts to act on": lambda clock: may_have_work(_account(), now=clock()),
    "posts to read again": lambda clock: _ledger(clock).read_again("sandbox/main", now=clock()),
    "pages to be withdrawn": lambda clock: mass_change.is_held(now=clock()),
    "what to read back or render again": lambda _: next_rows(after_id=0, limit=50),
    "posts that wait for a picture": lambda _: taking_along._waiting_for_pictures(_account()),
    "what is late": lambda clock: lateness.late(now=clock()),
    "what waits for a person": lambda _: under_way.parked(),
    "what of a few stories waits for a person": lambda _: under_way._parked({"a", "b"}),
    "posts that wait": lambda clock: mass_change.held_posts(_account(), now=clock()),
}
# An index that only says whose the row is leads through all of the account's rows.
# One that only says the kind leads through all of the log.
WHOLE_ARCHIVE = (
    "sqlite_autoindex_press_ledgerrow_1 (surface=?)",
    "(surface=? AND account=?)",
    "(kind=?)",
)
_ARCHIVES = re.compile("press_ledgerrow|press_logentry")


def _account() -> Account:
    return Account.objects.get()


def _ledger(clock: Clock) -> PostLedger:
    waiting = mass_change.held_posts(_account(), now=clock()) | before_their_pages()
    return PostLedger(_account(), waiting=waiting)


@pytest.mark.parametrize("look", LOOKS)
def test_look_reads_no_archive(look: str, clock: Clock, db: None) -> None:
    """No step of the plan scans the ledger, or goes through all rows of a surface."""
    del db
    an_account("main", clock)

    with CaptureQueriesContext(connection) as asked:
        LOOKS[look](clock)
    steps = list(_steps(query["sql"] for query in asked.captured_queries))

    assert [] == [step for step in steps if _reads_archive(step)]


def test_look_without_its_index_is_caught(clock: Clock, db: None) -> None:
    """A look for a field no index holds is told apart: the check has teeth."""
    del db, clock

    query = str(LedgerRow.objects.filter(surface="website", failures=3).query)

    assert "website" in query
    assert any(_reads_archive(step) for step in _steps([_quoted(query)]))


def test_slice_that_names_its_surface_is_caught(clock: Clock, db: None) -> None:
    """The broken twin: the next pages after an id, asked for by surface, are all sorted."""
    del db, clock

    by_surface = LedgerRow.objects.filter(surface="website", id__gt=7).order_by("id")[:50]

    assert any(_reads_archive(step) for step in _steps([_quoted(str(by_surface.query))]))


def _quoted(query: str) -> str:
    return query.replace("= website", "= 'website'")


def _steps(statements: Iterable[str]) -> Iterable[str]:
    for statement in statements:
        if statement.startswith(("SELECT", "UPDATE")) and _ARCHIVES.search(statement):
            with connection.cursor() as cursor:
                cursor.execute(f"EXPLAIN QUERY PLAN {statement}")
                yield from (str(row[-1]) for row in cursor.fetchall())


def _reads_archive(step: str) -> bool:
    is_partial = "press_ledger_unequal" in step
    is_scan = re.match("SCAN (press_ledgerrow|press_logentry)", step) is not None
    return (is_scan and "USING INDEX press_" not in step) or (
        not is_partial and step.endswith(WHOLE_ARCHIVE)
    )
