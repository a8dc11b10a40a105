"""
Names every step a process takes at the edge of the program, just before it is taken.

Nothing in the program helps: SQL is seen by Django's own wrapper, COMMIT where the
database's driver is asked for it, files and sockets by Python's audit events, bytes to a
network where the surface is handed its connections (wired.py). What changes nothing is
no step: a reading, a folder that is there already, a file's date. A COMMIT and an answer
have a step after them too, since there something has left the process.
"""

import os
import re
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connections

Step = Callable[[str], None]

_WRITES = re.compile(r'\s*(INSERT INTO|UPDATE|DELETE FROM|NOTIFY)\s+"?(\w+)', re.IGNORECASE)
_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
_CHANCE = re.compile(r"[0-9a-f]{16,}|(?<=\.new-)\w+")
_takers: list[Step] = []
_hooked: list[bool] = []


@contextmanager
def stepping(take: Step) -> Iterator[None]:
    """Call `take` with the name of each step of the block before it is taken."""
    if not _hooked:
        sys.addaudithook(_hear)  # cannot be taken back: it does nothing between blocks
        _hooked.append(True)
    connection = connections["default"]
    connection.ensure_connection()
    commit = connection._commit  # type: ignore[attr-defined]

    def commit_in_steps() -> None:
        stepped("before COMMIT")
        commit()
        stepped("after COMMIT")

    connection._commit = commit_in_steps  # type: ignore[attr-defined]
    _takers.append(take)
    try:
        with connection.execute_wrapper(_execute):
            yield
    finally:
        _takers.clear()
        connection._commit = commit  # type: ignore[attr-defined]


def stepped(name: str) -> None:
    """Say that a step is about to be taken; what is done about it is no step."""
    if not _takers:
        return
    take = _takers.pop()
    try:
        take(name)
    finally:
        _takers.append(take)


def _execute(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:  # noqa: FBT001
    found = _WRITES.match(sql)
    if found:
        stepped(f"before {found[1].upper()} {found[2]}")
    return execute(sql, params, many, context)


def _hear(event: str, args: tuple[Any, ...]) -> None:
    if not _takers or event not in _EVENTS or not _EVENTS[event](args):
        return
    stepped(f"before {event} {_place(args[-1] if event == 'socket.sendto' else args[0])}")


def _place(path: Any) -> str:
    """Return a file's folder, which tells the public tree from the rest, and its name."""
    parts = str(path).split("/")
    folder = "site" if "site" in parts else parts[-2]
    return f"{folder}/{_CHANCE.sub('*', parts[-1])}"


def _is_writing(args: tuple[Any, ...]) -> bool:
    path, mode, flags = args
    if isinstance(path, int):  # a descriptor: it was opened before
        return False
    if isinstance(mode, str):
        return any(letter in mode for letter in "wax+")
    return bool(isinstance(flags, int) and flags & _WRITING)


_EVENTS: dict[str, Callable[[tuple[Any, ...]], bool]] = {
    "open": _is_writing,
    "os.link": lambda _: True,
    "os.mkdir": lambda args: not os.path.isdir(args[0]),  # noqa: PTH112
    "os.remove": lambda args: os.path.lexists(args[0]),
    "os.rename": lambda _: True,
    "os.rmdir": lambda args: os.path.isdir(args[0]),  # noqa: PTH112
    "socket.sendto": lambda _: True,
}
