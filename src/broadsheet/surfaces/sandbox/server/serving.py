"""
Runs the sandbox network in this process until it is told to stop.

One process, one thread of Python, one SQLite file: requests are carried out one at a time,
so what a test sees is what happened. The folder also holds the administrator's token.
"""

import asyncio
import os
import secrets
import signal
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

from granian.constants import HTTPModes, Interfaces
from granian.server.embed import Server

from broadsheet.surfaces.sandbox.server.app import sandbox_network
from broadsheet.surfaces.sandbox.server.storage import Storage

DATABASE = "sandbox.sqlite3"
ADMIN_TOKEN = "admin-token"  # noqa: S105  # the name of the file, not what is in it


def serve(home: Path, *, port: int, host: str = "127.0.0.1") -> None:
    """Serve the network that lives in this folder, until SIGTERM or SIGINT."""
    home.mkdir(parents=True, exist_ok=True)
    asyncio.run(_serve(home, host=host, port=port))


def admin_token(home: Path) -> str:
    """Return the token that sets accounts and faults; made when first asked for."""
    file = home / ADMIN_TOKEN
    if not file.exists():
        home.mkdir(parents=True, exist_ok=True)
        _make_token(file)
    return file.read_text(encoding="ascii")


def _make_token(file: Path) -> None:
    # Written aside and linked whole: two processes may be first at once, and neither may
    # read an empty token, nor one that the other replaces.
    aside = file.with_name(f".{file.name}-{secrets.token_hex(8)}")
    descriptor = os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="ascii") as new:
        new.write(secrets.token_urlsafe(32))
    with suppress(FileExistsError):
        file.hardlink_to(aside)
    aside.unlink()


async def _serve(home: Path, *, host: str, port: int) -> None:
    storage = Storage.opened(home / DATABASE)
    server = Server(
        sandbox_network(storage, admin_token=admin_token(home), clock=_now),
        address=host,
        port=port,
        interface=Interfaces.ASGINL,
        http=HTTPModes.http1,
        websockets=False,
        log_enabled=False,
    )
    loop = asyncio.get_running_loop()
    for told in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(told, server.stop)
    try:
        await server.serve()
    finally:
        storage.close()


def _now() -> datetime:
    return datetime.now(tz=UTC)
