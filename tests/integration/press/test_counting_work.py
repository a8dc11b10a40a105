"""The bench that counts needless work finds it, and finds none where there is none."""

import pytest

from bench.counting import Act, counted
from broadsheet.press import log
from broadsheet.press.dirtying import mark_all_dirty
from broadsheet.press.models import LedgerRow
from tests.factories.press import newest_story, publish_story
from tests.factories.story import an_id

pytestmark = pytest.mark.both_databases

STORY = an_id(2)


def _count(worker, clock, *, also=lambda: None, **changes):
    clock.move(hours=1)

    def carry_out():
        publish_story(clock, 2, **changes)
        also()

    return counted(Act("publish", STORY, carry_out), worker)


def test_a_first_publication_has_a_reason_for_everything(worker, clock):
    """All that is rendered for a new story is new itself, or read what the story changed."""
    publish_story(clock, 1)
    worker.run_until_quiet()

    done = _count(worker, clock)

    assert done.rendered >= done.written > 3
    assert ([], []) == (done.unfounded, done.same)


def test_a_press_that_renders_everything_is_found(worker, clock):
    """An object that is rendered without a changed fact is named."""
    publish_story(clock, 1)
    worker.run_until_quiet()

    done = _count(worker, clock, also=lambda: mark_all_dirty(log.length()))

    assert newest_story(1).address in done.unfounded
    assert newest_story(2).address not in done.unfounded


def test_a_press_that_forgets_what_is_live_is_found(worker, clock):
    """An object that is written with the bytes its readers have is named."""
    first = publish_story(clock, 1)
    worker.run_until_quiet()

    def forget():
        LedgerRow.objects.filter(key=first.address).update(live="", dirty_seq=log.length())

    done = _count(worker, clock, also=forget)

    assert [first.address] == done.same


def test_a_list_is_no_reason_when_the_story_stands_in_it_as_before(worker, clock):
    """A list page rendered again for a body it does not show is named."""
    first = _count(worker, clock)

    def touch_the_front():
        LedgerRow.objects.filter(key="/").update(dirty_seq=log.length())

    done = _count(worker, clock, also=touch_the_front)

    assert not first.unfounded
    assert ["/"] == done.unfounded
