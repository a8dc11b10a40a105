"""The how-to's lines move a newspaper from its SQLite file to PostgreSQL."""

import os
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
HOWTO = ROOT / "docs" / "howto" / "move-to-postgresql.md"
PROGRAMS = f"{Path(sys.executable).parent}/"


def test_a_newspaper_moves_to_postgresql(a_home, postgres_url, tmp_path):
    """All stories arrive, and the site in its new place is that of a rebuild from the log."""
    away, there = re.findall(r"```sh\n(.*?)```", HOWTO.read_text("utf-8"), re.DOTALL)
    sqlite = os.environ | {"BROADSHEET_HOME": str(a_home), "BROADSHEET_DATABASE": ""}
    _follow(".venv/bin/broadsheet demo", tmp_path, sqlite)
    before = _follow(".venv/bin/broadsheet story list", tmp_path, sqlite)
    _follow(away, tmp_path, sqlite)

    moved = sqlite | {"BROADSHEET_DATABASE": postgres_url}
    checked = _follow(there, tmp_path, moved)

    assert "0 differing, 0 missing, 0 orphaned" in checked
    assert before == _follow(".venv/bin/broadsheet story list", tmp_path, moved)


def _follow(lines, folder, environment):
    """Run lines of the how-to in a shell; return what they said."""
    done = subprocess.run(
        ["bash", "-ec", lines.replace(".venv/bin/", PROGRAMS)],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout
