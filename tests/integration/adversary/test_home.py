"""A home's files are closed to other users of the machine, and its site is open to a web server."""

import os
import stat
from pathlib import Path

from broadsheet.config.home import Home


def mode(path: Path) -> str:
    """Return who may do what with a file, as ls shows it."""
    return stat.filemode(path.stat().st_mode)


def test_drafts_are_closed_and_the_site_is_open(tmp_path: Path) -> None:
    """Whatever the umask lets through, only the owner reads drafts, originals and the key."""
    before = os.umask(0o022)
    try:
        home = Home(tmp_path / "home")
        home.make()
    finally:
        os.umask(before)

    closed = [mode(p) for p in (home.database, home.secret_key, home.originals.parent)]
    assert ["-rw-------", "-rw-------", "drwx------"] == closed
    assert "drwxr-xr-x" == mode(home.site)
