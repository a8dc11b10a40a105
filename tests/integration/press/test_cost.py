"""What an act costs follows the change, not the archive."""

from itertools import count

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from broadsheet.press import log
from broadsheet.press.dirtying import mark_all_dirty
from tests.factories.press import publish_story

pytestmark = pytest.mark.both_databases

SMALL, LARGE = 60, 180  # stories in the archive; both fill every page of a list
_numbers = count(1000)


def _grow(worker, clock, *, by):
    for _ in range(by):
        publish_story(clock, next(_numbers))
        clock.move(hours=1)
    worker.run_until_quiet()


def _cost(worker, clock, *, also=lambda: None):
    """Return how many objects and how many queries one publication costs."""
    clock.move(hours=1)
    with CaptureQueriesContext(connection) as queries:
        publish_story(clock, next(_numbers))
        also()
        done = worker.run_until_quiet()
    return done.rendered, len(queries)


def _follows_the_archive(small, large):
    """Return whether what was counted grew more than the odd calendar page explains."""
    return any(after > before * 1.1 + 2 for before, after in zip(small, large, strict=True))


def test_publishing_costs_the_same_in_a_larger_archive(worker, clock):
    """In an archive three times as large a publication renders as much and asks as much."""
    _grow(worker, clock, by=SMALL)
    small = _cost(worker, clock)
    _grow(worker, clock, by=LARGE - SMALL)

    large = _cost(worker, clock)

    assert not _follows_the_archive(small, large), (small, large)


def test_a_press_that_renders_everything_is_found(worker, clock):
    """A press that marks every object at each act is seen to cost more in a larger archive."""

    def too_much():
        mark_all_dirty(log.length())

    _grow(worker, clock, by=SMALL)
    small = _cost(worker, clock, also=too_much)
    _grow(worker, clock, by=LARGE - SMALL)

    large = _cost(worker, clock, also=too_much)

    assert _follows_the_archive(small, large), (small, large)
