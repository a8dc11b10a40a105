"""A home that an older release kept gets what this one lists and calls for, without any act."""

from datetime import timedelta

import pytest

from broadsheet.press import catching_up, rebuilding
from broadsheet.press.models import Current, Cursor, LedgerRow, ListMember, ListPeriod
from broadsheet.press.worker import Worker
from broadsheet.projections.objects import Absent, ObjectKey, Recipe
from broadsheet.story.records import CorrectionKind
from tests.factories.press import Clock, publish_story
from tests.factories.story import a_correction

pytestmark = pytest.mark.both_databases
NEW_LISTS = ("corrections", "author-feed/")
NEW_RECIPES = (Recipe.JSON_FEED, Recipe.CORRECTIONS_MONTH, Recipe.NINJS, Recipe.API_PERIOD)


def found(worker: Worker) -> rebuilding.Comparison:
    """Compare the files with those of a rebuild from the log."""
    return rebuilding.compare(worker.wired.printing, worker.wired.store, progress=lambda _: None)


def an_older_home(worker: Worker, clock: Clock) -> Worker:
    """Return a new worker over a home as a release without some lists and objects left it."""
    for number in range(100, 103):
        note = a_correction(number, at=clock() - timedelta(minutes=1), kind=CorrectionKind.UPDATE)
        publish_story(clock, number, corrections=(note,))
    worker.run_until_quiet()
    for name in NEW_LISTS:
        ListMember.objects.filter(list_name__startswith=name).delete()
        ListPeriod.objects.filter(list_name__startswith=name).delete()
    rows = LedgerRow.objects.filter(recipe__in=[recipe.value for recipe in NEW_RECIPES])
    for row in rows:
        worker.wired.store.put(ObjectKey(row.key), Absent())
    rows.delete()
    Cursor.objects.filter(name="derivation").delete()
    return Worker(wired=worker.wired, clock=clock)


def test_an_older_home_becomes_what_a_rebuild_would_make(worker: Worker, clock: Clock):
    """Lists and objects the older release knew nothing of are there, as from the log alone."""
    newer = an_older_home(worker, clock)
    assert found(newer).missing

    newer.run_until_quiet()

    assert found(newer).agrees


def test_catching_up_goes_on_where_it_was_broken_off(
    worker: Worker, clock: Clock, monkeypatch: pytest.MonkeyPatch
):
    """Each record is looked at once, however often the press is stopped in between."""
    newer = an_older_home(worker, clock)
    monkeypatch.setattr(catching_up, "RECORDS_AT_ONCE", 2)

    looked_at = []
    while count := catching_up.catch_up(newer.tables):
        looked_at.append(count)

    assert Current.objects.count() == sum(looked_at)
    newer.run_until_quiet()
    assert found(newer).agrees


def test_it_is_done_once(worker: Worker, clock: Clock):
    """A home that is up to date is not looked at again."""
    publish_story(clock)
    worker.run_until_quiet()

    assert 0 == catching_up.catch_up(worker.tables)
    assert 0 == Worker(wired=worker.wired, clock=clock).run_until_quiet().entries


def test_a_release_that_does_not_catch_up_is_found(
    worker: Worker, clock: Clock, monkeypatch: pytest.MonkeyPatch
):
    """The broken twin: without it, the older home stays without what is new."""
    newer = an_older_home(worker, clock)
    monkeypatch.setattr(catching_up, "catch_up", lambda _tables: 0)

    newer.run_until_quiet()

    assert found(newer).missing
