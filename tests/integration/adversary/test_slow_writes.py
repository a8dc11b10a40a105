"""A write transaction over 50 ms is logged, so that nobody has to guess who holds the lock."""

import logging
import time

import pytest
from django.db import transaction

from broadsheet.press.models import Counter

pytestmark = [pytest.mark.both_databases, pytest.mark.django_db(transaction=True)]


def write(*, takes_s: float) -> None:
    """Write inside a transaction of this length."""
    with transaction.atomic():
        Counter.objects.update_or_create(name="a", defaults={"value": 1})
        time.sleep(takes_s)


def slow_ones(caplog: pytest.LogCaptureFixture) -> list[str]:
    """Return what was logged of slow transactions."""
    return [r.getMessage() for r in caplog.records if "write transaction" in r.getMessage()]


def test_long_write_is_logged(caplog: pytest.LogCaptureFixture) -> None:
    """The log says how long it took and what it wrote first."""
    with caplog.at_level(logging.WARNING):
        write(takes_s=0.06)

    assert [True] == ["press_counter" in line for line in slow_ones(caplog)]


def test_transaction_after_one_rolled_back_is_timed_by_itself(
    caplog: pytest.LogCaptureFixture,
) -> None:
    """The time of a transaction that was given up is not charged to the next."""
    with caplog.at_level(logging.WARNING):
        with pytest.raises(RuntimeError), transaction.atomic():
            Counter.objects.create(name="given up", value=1)
            time.sleep(0.2)
            raise RuntimeError
        write(takes_s=0)

    assert not any("200 ms" in line for line in slow_ones(caplog))


def test_long_reading_is_no_long_write(caplog: pytest.LogCaptureFixture) -> None:
    """A transaction that writes nothing is not logged, however long."""
    with caplog.at_level(logging.WARNING), transaction.atomic():
        list(Counter.objects.all())
        time.sleep(0.06)

    assert [] == slow_ones(caplog)
