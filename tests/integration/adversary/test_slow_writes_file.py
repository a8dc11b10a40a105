"""What is written for developers is kept in a file of the home, and troubles no terminal."""

import os
import subprocess
import sys
from pathlib import Path

from broadsheet.config.home import Home

WARNS = """
import logging
import django
django.setup()
logging.getLogger("broadsheet.press.slow_writes").warning("a write transaction took 60 ms")
logging.getLogger("broadsheet.press.worker").warning("the disk is full")
"""


def test_slow_write_is_kept_in_a_file_and_off_the_terminal(tmp_path: Path):
    """Who runs a command sees what concerns them; the slow write is in the home, with its time."""
    here = Home(tmp_path / "home")
    here.make()

    done = subprocess.run(
        [sys.executable, "-c", WARNS],
        env={
            **os.environ,
            "BROADSHEET_HOME": str(here.root),
            "DJANGO_SETTINGS_MODULE": "broadsheet.config.settings",
        },
        capture_output=True,
        text=True,
        check=True,
    )

    kept = here.slow_writes.read_text(encoding="utf-8")
    assert "WARNING broadsheet.press.worker: the disk is full\n" == done.stderr
    assert kept.endswith("a write transaction took 60 ms\n")
    assert kept.startswith("20")
