"""The sign-in log forgets: what is older than it need know is removed when the press is idle."""

from datetime import timedelta

import pytest
from django.utils import timezone

from broadsheet.accounts import forgetting
from broadsheet.accounts.models import AccessEntry, Kind
from broadsheet.newsroom.adapter import WagtailNewsroom

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]


def entries(*ages: timedelta) -> None:
    """Write entries that are so old."""
    now = timezone.now()
    AccessEntry.objects.bulk_create(
        AccessEntry(at=now - age, kind=Kind.SIGNED_IN, name="ada") for age in ages
    )


def chores(newsroom: WagtailNewsroom) -> int:
    """Let the newsroom do its housekeeping until it says that there is none."""
    done = 0
    while now := newsroom.do_chores(is_stopping=lambda: False):
        done += now
    return done


def test_what_is_old_is_forgotten_and_nothing_else():
    """After 400 days an entry is gone; one of yesterday, and one a day younger, stay."""
    entries(*(timedelta(days=days) for days in (1, 399, 401, 900)))

    chores(WagtailNewsroom())

    ages = [(timezone.now() - entry.at).days for entry in AccessEntry.objects.all()]
    assert [1, 399] == ages


def test_much_is_forgotten_little_by_little():
    """However much is old, no one write is long; in the end all of it is gone."""
    entries(*(timedelta(days=401),) * (forgetting.AT_ONCE + 3))

    first = forgetting.forget_old(now=timezone.now())
    chores(WagtailNewsroom())

    assert forgetting.AT_ONCE == first
    assert not AccessEntry.objects.exists()


def test_an_idle_press_asks_once_an_hour(django_assert_num_queries):
    """When nothing was old, the next looks ask the database nothing about it."""
    newsroom = WagtailNewsroom()
    chores(newsroom)

    with django_assert_num_queries(1):  # the chores themselves
        chores(newsroom)
