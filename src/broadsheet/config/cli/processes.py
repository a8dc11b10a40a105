"""Names the processes of a newspaper: what each is started with, and where it is reached."""

import os
import sys
from collections.abc import Mapping
from typing import NamedTuple

from broadsheet.config.cli.children import Child
from broadsheet.config.home import Home
from broadsheet.web import server

BROADSHEET = (sys.executable, "-m", "broadsheet.config.main")
PREPARE = (sys.executable, "-m", "broadsheet.config.cli.prepare")

# Relative: processes run in the home's folder for sockets, and a socket's path has at most
# 107 bytes (unix(7)), which a home deep in the file system would exceed.
_DESK_SOCKET = "desk.socket"
_DESK_THREADS = 4  # requests at a time; one editor's page asks for a handful


class Place(NamedTuple):
    """Where a newspaper is reached."""

    host: str
    port: int
    sandbox_port: int

    @property
    def newspaper(self) -> str:
        """Return the newspaper's address, without a slash at the end."""
        return f"http://{_reached_at(self.host)}:{self.port}"

    @property
    def sandbox(self) -> str:
        """Return the sandbox network's address, without a slash at the end."""
        return f"http://{_reached_at(self.host)}:{self.sandbox_port}"


def environment(here: Home, place: Place) -> Mapping[str, str]:
    """Return the environment every process runs in; what is set already stands."""
    told = {
        "BROADSHEET_URL": place.newspaper,
        **os.environ,
        "BROADSHEET_HOME": str(here.root),
        "PYTHONUNBUFFERED": "1",
    }
    folders = server.environment(
        site=str(here.site), static=str(here.static), desk=f"unix:{_DESK_SOCKET}"
    )
    return told | folders


def environment_of_demo(here: Home, place: Place) -> Mapping[str, str]:
    """Return the environment of a newspaper that posts to its own sandbox network."""
    return {**environment(here, place), "BROADSHEET_SANDBOX": place.sandbox}


def site(place: Place, told: Mapping[str, str]) -> Child:
    """Return the site server."""
    return Child("site", server.command(host=place.host, port=place.port), told)


def desk(here: Home, told: Mapping[str, str]) -> Child:
    """Return the desk, on a socket only its user can open."""
    command = [
        *(sys.executable, "-m", "granian", "broadsheet.config.wsgi:application"),
        *("--interface", "wsgi", "--http", "1", "--no-ws", "--log-level", "warning"),
        *("--workers", "1", "--blocking-threads", str(_DESK_THREADS)),
        *("--uds", _DESK_SOCKET, "--uds-permissions", "600"),
    ]
    return Child("desk", command, told, socket=here.run / _DESK_SOCKET)


def press(told: Mapping[str, str]) -> Child:
    """Return the press worker."""
    return Child("press", [*BROADSHEET, "work"], told)


def maps(told: Mapping[str, str]) -> Child:
    """Return who tells the server in our place, or before us, of moved addresses."""
    return Child("maps", [*BROADSHEET, "deploy", "maps", "--follow"], told)


def sandbox(here: Home, place: Place, told: Mapping[str, str]) -> Child:
    """Return the sandbox network."""
    command = [
        *(sys.executable, "-m", "broadsheet.surfaces.sandbox.server"),
        *("--home", str(here.sandbox), "--host", place.host, "--port", str(place.sandbox_port)),
    ]
    return Child("sandbox", command, told)


def _reached_at(host: str) -> str:
    """Return a host as a browser on this machine names it."""
    if host in {"0.0.0.0", "::"}:  # noqa: S104  # recognized, not bound to
        return "127.0.0.1"
    return f"[{host}]" if ":" in host else host
