"""Gives every test process a newspaper home of its own, before Django reads its settings."""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

_home = Path(tempfile.mkdtemp(prefix="broadsheet-tests-"))
atexit.register(shutil.rmtree, _home, ignore_errors=True)
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

pytest_plugins = ["tests.servers.fixtures"]
