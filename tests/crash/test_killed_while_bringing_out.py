"""A press killed at any step of its work is taken up by the next: readers get the same bytes."""

import pytest

ACTS = ("command-corrects", "command-changes-address", "section-rename", "picture-swap")


@pytest.mark.xdist_group("crash-sqlite")
@pytest.mark.parametrize("path", ["command-publishes", "command-retracts"])
def test_killed_at_any_step_the_press_converges_on_sqlite(on_sqlite, path):
    """After each death, in the public tree too, the next worker leaves what none would have."""
    found = on_sqlite("kill_bringing_out", path=path, in_the_tree=True)

    print(f"{path}: looked at {len(found['steps'])} steps, {found['deaths']} deaths")
    assert [] == found["broken"]
    assert len(found["steps"]) > 60


@pytest.mark.xdist_group("crash-postgres")
@pytest.mark.parametrize("path", ["command-publishes", "command-retracts"])
def test_killed_at_any_step_the_press_converges_on_postgres(on_postgres, path):
    """The same on PostgreSQL, but for the tree: how files are written asks no database."""
    found = on_postgres("kill_bringing_out", path=path, in_the_tree=False)

    print(f"{path}: looked at {len(found['steps'])} steps, {found['deaths']} deaths")
    assert [] == found["broken"]
    assert len(found["steps"]) > 20


@pytest.mark.parametrize("path", ACTS)
def test_killed_at_any_step_the_press_converges(ask, path):
    """After each death outside the tree the next worker leaves what an undisturbed one does."""
    found = ask("kill_bringing_out", path=path, in_the_tree=False)

    print(f"{path}: looked at {len(found['steps'])} steps, {found['deaths']} deaths")
    assert [] == found["broken"]
    assert len(found["steps"]) > 20


def test_killed_at_any_step_a_running_press_is_taken_up(ask):
    """The same of a press that runs and waits: in its sweeps, notes and housekeeping too."""
    found = ask("kill_running", path="command-retracts")

    assert [] == found["broken"]
    assert any("checkpoint" in step for step in found["steps"])
    assert any("newsroom_chore" in step for step in found["steps"])


def test_killed_at_any_step_of_its_first_work_the_press_converges(ask):
    """A press killed when everything is new to it puts nothing on hold, and brings all out."""
    found = ask("kill_first_run")

    print(f"first work: looked at {len(found['steps'])} steps")
    assert [] == found["broken"]


def test_a_cursor_moved_before_its_marks_is_found_out(ask):
    """The broken twin: with the cursor in a transaction of its own, a death loses pages."""
    found = ask(
        "kill_bringing_out",
        path="command-publishes",
        in_the_tree=False,
        twin="cursor-before-its-marks",
    )

    assert any("missing=('/2026/11/22/draft/'" in broken for broken in found["broken"])


def test_an_object_struck_off_before_it_is_written_is_found_out(ask):
    """The broken twin: with objects clean before their files are there, a death loses pages."""
    found = ask(
        "kill_bringing_out",
        path="command-publishes",
        in_the_tree=True,
        twin="clean-before-written",
    )

    assert any("other than a rebuild" in broken for broken in found["broken"])
