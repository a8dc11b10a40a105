"""
The site server under a profile: the application Granian loads for bench.site_server.

Each answer is profiled; what Granian does around it, outside Python, is not seen. The
profile is written when the server ends, beside the desk's own files (BROADSHEET_STATIC).
"""

import asyncio
import cProfile
import os
from pathlib import Path

from granian.rsgi import HTTPProtocol, Scope  # type: ignore[attr-defined]  # re-exported

from broadsheet.web import server
from broadsheet.web.site import Site

PROFILE = "site.profile"


class Profiled:
    """A site whose answers are profiled."""

    def __init__(self, site: Site, written_to: Path) -> None:
        """Profile this site."""
        self._site, self._written_to = site, written_to
        self._profile = cProfile.Profile()

    def __rsgi_init__(self, loop: asyncio.AbstractEventLoop) -> None:
        """Begin."""
        self._site.__rsgi_init__(loop)

    def __rsgi_del__(self, _loop: asyncio.AbstractEventLoop) -> None:
        """End, and write the profile."""
        self._profile.dump_stats(self._written_to)

    async def __rsgi__(self, scope: Scope, proto: HTTPProtocol) -> None:
        """Answer one request; an answer from a file never waits, so no other comes between."""
        self._profile.enable()
        try:
            await self._site.__rsgi__(scope, proto)
        finally:
            self._profile.disable()


def application() -> Profiled:
    """Return the site of the newspaper the environment names, under a profile."""
    return Profiled(server.application(), Path(os.environ[server.STATIC_FOLDER]) / PROFILE)
