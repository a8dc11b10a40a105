"""
Says where one newspaper keeps everything it writes: a single folder, its home.

One home is one newspaper. The folder is BROADSHEET_HOME, ./var unless told.
"""

import os
import secrets
from pathlib import Path

MARK = "broadsheet-home"  # file that says a folder is a home; holds the home's format


class NotAHome(RuntimeError):  # names what is wrong, as all our errors do
    """The folder is not a newspaper's home, and is not empty."""


class Unusable(RuntimeError):  # names what is wrong, as all our errors do
    """A file of the home cannot be used; the message says which and why."""


class Home:
    """The layout of one newspaper's folder."""

    def __init__(self, root: Path) -> None:
        """Name the paths; touch nothing."""
        self.root = root
        self.mark = root / MARK
        self.database = root / "broadsheet.sqlite3"
        self.site = root / "site"  # the public tree: what any web server may serve
        self.originals = root / "private" / "originals"
        self.renditions = root / "private" / "renditions"  # by hash
        self.theme = root / "theme"  # the paper's own, over the one that ships
        self.sandbox = root / "sandbox"
        self.run = root / "run"  # sockets, process ids and slow-writes.log
        self.hub_told = self.run / "hub-told.json"  # what the feeds' hub knows; may be removed
        self.slow_writes = self.run / "slow-writes.log"  # for developers; may be removed
        self.instance = root / "instance.json"  # outside the database, so that a restore shows
        self.secret_key = root / "secret.key"
        self.desk_password = root / "desk-password"
        self.demo_people = root / "demo-people"  # a line each: username, password, role
        self.static = root / "static"  # the desk's own files, collected

    def exists(self) -> bool:
        """Return whether the folder is a home."""
        return self.mark.is_file()

    def must_exist(self) -> None:
        """
        Make sure that there is a home to work in.

        Raises:
            NotAHome: there is none.

        """
        if not self.exists():
            message = (
                f"there is no newspaper in {self.root}: make one with `broadsheet init`, "
                "or set BROADSHEET_HOME to the folder of yours"
            )
            raise NotAHome(message)

    def make(self) -> None:
        """
        Make the folder a home; a home is left as it is.

        Raises:
            NotAHome: there is something else in the folder.

        """
        if self.exists():
            return
        if self.root.exists() and any(self.root.iterdir()):
            message = (
                f"{self.root} is not a Broadsheet home and is not empty; "
                "set BROADSHEET_HOME to a home, or to an empty or new folder"
            )
            raise NotAHome(message)
        for folder in (self.site, self.originals, self.renditions, self.sandbox, self.run):
            folder.mkdir(parents=True, exist_ok=True)
        self.originals.parent.chmod(0o700)
        self._write_secret()
        self._close_database()
        self.mark.write_text("1\n", encoding="ascii")

    def secret(self) -> str:
        """Return the home's secret key, from which sessions and stored tokens are protected."""
        return self.secret_key.read_text(encoding="ascii").strip()

    def _close_database(self) -> None:
        """Make the database's file where only its owner can read: it holds drafts and embargoes."""
        os.close(os.open(self.database, os.O_WRONLY | os.O_CREAT, 0o600))

    def _write_secret(self) -> None:
        descriptor = os.open(self.secret_key, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "w", encoding="ascii") as file:
            file.write(secrets.token_urlsafe(48))


def current() -> Home:
    """Return the home this process works in."""
    return Home(Path(os.environ.get("BROADSHEET_HOME", "var")).resolve())
