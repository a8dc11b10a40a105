"""Processes that publish at the same time lose nothing, however slow they are."""

import pytest


def test_four_writers_at_once_lose_nothing(ask):
    """Four processes publish four stories each while a worker brings out: all are there."""
    assert [] == ask("write_at_once", writers=4, stories=4, slowest_s=0.01)


@pytest.mark.xdist_group("crash-postgres")
def test_two_slow_writers_lose_nothing(on_postgres):
    """Two slow processes' transactions interleave on PostgreSQL; every story gets out."""
    assert [] == on_postgres("write_at_once", writers=2, stories=6, slowest_s=0.1)


@pytest.mark.xdist_group("crash-postgres")
def test_a_writer_that_begins_later_never_commits_earlier(on_postgres):
    """While one process has its turn, another's entry waits: no reader passes over the first."""
    assert [] == on_postgres("interleave_two")


@pytest.mark.xdist_group("crash-postgres")
def test_numbers_from_a_plain_sequence_are_found_out(on_postgres):
    """The broken twin: numbered from a sequence, the later entry is out first, the first lost."""
    broken = on_postgres("interleave_two", twin="a-plain-sequence")

    assert any("missing=('/2026/11/22/first/'" in what for what in broken), broken
