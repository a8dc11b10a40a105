"""Gives every test process a newspaper home of its own, before Django reads its settings."""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

import pytest
from _pytest.nodeid import NodeId

_home = Path(tempfile.mkdtemp(prefix="broadsheet-tests-"))
_owner = os.getpid()


@atexit.register
def _remove_home() -> None:
    if os.getpid() == _owner:  # and not one who was forked from here, and ends earlier
        shutil.rmtree(_home, ignore_errors=True)


os.environ["BROADSHEET_HOME"] = str(_home / "home")
# Never a database somebody's newspaper lives in: only the one named for tests, if any.
os.environ.pop("BROADSHEET_DATABASE", None)
if "BROADSHEET_TEST_DATABASE" in os.environ:
    os.environ["BROADSHEET_DATABASE"] = os.environ["BROADSHEET_TEST_DATABASE"]
# Absolute, for processes that work elsewhere.
_inputs = os.environ.get("BROADSHEET_INPUTS", "../shared/inputs")
os.environ["BROADSHEET_INPUTS"] = str((Path(__file__).parents[1] / _inputs).resolve())

from broadsheet.config.home import current  # noqa: E402  # after the environment is set

current().make()

pytest_plugins = ["tests.counts", "tests.photographs", "tests.servers.fixtures"]


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """
    Keep the tests of one xdist_group on one worker.

    pytest-xdist 3.8 writes the group into an attribute that pytest 9.2 no longer reads, and
    so spreads the tests of a group over all workers without a word.
    """
    if not getattr(config.option, "loadgroup", False):
        return
    for item in items:
        group = item.get_closest_marker("xdist_group")
        if group is not None and not item.nodeid.endswith(f"@{group.args[0]}"):
            item._id = NodeId.parse(f"{item.nodeid}@{group.args[0]}")
