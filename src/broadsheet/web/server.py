"""Starts the site server: the command line that runs it, and the application it loads."""

import os
import sys

from broadsheet.web.desk import Desk
from broadsheet.web.headers import STATIC
from broadsheet.web.pages import Pages
from broadsheet.web.site import Site

SITE_FOLDER = "BROADSHEET_SITE"
STATIC_FOLDER = "BROADSHEET_STATIC"
DESK_ADDRESS = "BROADSHEET_DESK"
PROXIES = "BROADSHEET_PROXIES"
BUDGET_MB = "BROADSHEET_SITE_MEMORY_MB"

_DEFAULT_BUDGET_MB = 128
_STATIC_BUDGET_BYTES = 32 * 1024 * 1024


def command(*, host: str, port: int) -> list[str]:
    """Return the command that serves a newspaper; its environment names the folders."""
    return [
        *(sys.executable, "-m", "granian", "broadsheet.web.server:application", "--factory"),
        *("--interface", "rsgi", "--http", "1", "--no-ws"),
        *("--workers", "1", "--runtime-mode", "st", "--loop", "asyncio"),
        *("--host", host, "--port", str(port), "--log-level", "warning"),
    ]


def environment(*, site: str, static: str, desk: str) -> dict[str, str]:
    """Return the environment variables that name a newspaper's folders and desk."""
    return {SITE_FOLDER: site, STATIC_FOLDER: static, DESK_ADDRESS: desk}


def application() -> Site:
    """
    Return the site of the newspaper the environment names.

    Raises:
        KeyError: BROADSHEET_SITE, BROADSHEET_STATIC or BROADSHEET_DESK is not set.

    """
    budget_bytes = int(os.environ.get(BUDGET_MB, _DEFAULT_BUDGET_MB)) * 1024 * 1024
    return Site(
        Pages(os.environ[SITE_FOLDER], prefix="/", budget_bytes=budget_bytes),
        static=Pages(os.environ[STATIC_FOLDER], prefix=STATIC, budget_bytes=_STATIC_BUDGET_BYTES),
        desk=Desk(os.environ[DESK_ADDRESS], proxies=os.environ.get(PROXIES, "").split()),
    )
