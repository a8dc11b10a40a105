"""The database the newspaper works on, whichever it is."""

import os

import pytest
from django.db import IntegrityError, connection, transaction

from broadsheet.press.models.log import Counter

pytestmark = [pytest.mark.both_databases, pytest.mark.django_db(transaction=True)]


def test_tests_run_on_the_database_they_were_given():
    """Tests run on SQLite, and on PostgreSQL when scripts/with-postgres runs them."""
    expected = "postgresql" if os.environ.get("BROADSHEET_DATABASE") else "sqlite"

    assert expected == connection.vendor


def test_a_transaction_that_fails_leaves_nothing():
    """What a failed transaction wrote is gone."""
    with pytest.raises(IntegrityError):
        _count_twice("test")

    assert not Counter.objects.filter(name="test").exists()


@transaction.atomic
def _count_twice(name):
    """Write a row that stands, then one that cannot."""
    Counter.objects.create(name=name, value=1)
    Counter.objects.create(name=name, value=2)
