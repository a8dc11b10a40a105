"""A site server with a fault: it asks the newsroom's database before it answers."""

import os
import sqlite3
from pathlib import Path
from typing import Any

from broadsheet.web import server

DATABASE = "newsroom.sqlite3"  # beside the public tree


class Needing:
    """A site like another, as long as the database is there."""

    def __init__(self, site: Any, database: Path) -> None:
        """Serve this site; ask this database."""
        self._site, self._database = site, database

    async def __rsgi__(self, scope: Any, protocol: Any) -> None:
        """Ask first, then answer."""
        sqlite3.connect(f"file:{self._database}?mode=ro", uri=True).close()
        await self._site.__rsgi__(scope, protocol)


def application() -> Needing:
    """Return the site of the newspaper the environment names, and its need."""
    folder = Path(os.environ[server.SITE_FOLDER]).parent
    return Needing(server.application(), folder / DATABASE)
