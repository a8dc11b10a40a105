"""A process killed at any step of any publish path leaves the whole act, or nothing of it."""

import pytest

from tests.crash.acts import PATHS

FEWEST_STEPS = 6  # a row, an entry, the counter, and around the COMMIT


@pytest.mark.parametrize("path", PATHS)
def test_killed_at_any_step_an_act_is_whole_or_undone(ask, path):
    """After each death row, log and schedule agree; the press, or acting again, mends the rest."""
    found = ask("kill_publishing", path=path)

    assert [] == found["broken"]
    assert FEWEST_STEPS <= len(found["steps"])
    assert {"before COMMIT", "after COMMIT"} <= set(found["steps"])


def test_a_version_committed_after_its_row_is_found_out(ask):
    """The broken twin: with the version in its own transaction, a death leaves the row alone."""
    found = ask("kill_publishing", path="command-unpublishes", twin="version-after-its-row")

    assert any("live in the log, live is False in the row" in broken for broken in found["broken"])


def test_an_act_struck_off_before_it_is_done_is_found_out(ask):
    """The broken twin: with the schedule struck off first, a death loses the act."""
    found = ask("kill_publishing", path="scheduler-goes-live", twin="struck-off-before-done")

    assert any("go-live is scheduled for another time, or not" in what for what in found["broken"])
