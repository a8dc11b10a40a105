"""Gives every test process a newspaper home of its own, before Django reads its settings."""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

_home = Path(tempfile.mkdtemp(prefix="broadsheet-tests-"))
atexit.register(shutil.rmtree, _home, ignore_errors=True)
os.environ["BROADSHEET_HOME"] = str(_home / "home")
os.environ.pop("BROADSHEET_DATABASE", None)
os.environ.setdefault("BROADSHEET_INPUTS", str(Path(__file__).parents[2] / "shared" / "inputs"))

from broadsheet.config.home import current  # noqa: E402  # after the environment is set

current().make()
