"""
Keeps what other servers read about moved addresses true, and tells them when it changed.

Level-triggered: what was last told is kept beside the maps, as a fingerprint, and written after
the hook succeeded. Killed at any step, or refused by the hook, the next look finds that what
is written is not what was told, and tells it. A tree is walked only when a move was noted in it
(surfaces.website.tree), when something is owed, and once an hour in case a note was lost.
"""

import hashlib
import os
import shlex
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from broadsheet.surfaces.website.tree import MOVES_NOTED
from broadsheet.web import maps

TOLD = "told"  # what was last told, beside the maps
_HOOK_ENDS_WITHIN_S = 60.0  # a reload takes less than one
_SHOWN_CHARS = 500  # of what a failing hook said


class HookFailed(RuntimeError):  # names what happened, as all our errors do
    """The server was not told of new maps; it is owed, and told at the next look."""


class Looked(NamedTuple):
    """What a look at the tree found and did."""

    moves: int
    was_told: bool
    damaged: tuple[str, ...]
    left_out: tuple[str, ...]


def look(site: Path, folder: Path, *, hook: str) -> Looked:
    """
    Write a tree's maps into a folder where they changed, and have the hook tell of it.

    Without a hook ("") whoever calls tells the server.

    Raises:
        HookFailed: the maps are written, and nobody was told.
        OSError: the tree cannot be read, or the folder not written; the maps are as they were.

    """
    found = maps.moves_of(site)
    said = {"nginx": maps.for_nginx(found.moves), "caddy": maps.for_caddy(found.moves)}
    folder.mkdir(parents=True, exist_ok=True)
    for server, each in said.items():
        _replace(folder / f"moved.{server}", each.text)
    fingerprint = hashlib.sha256("\0".join(each.text for each in said.values()).encode())
    is_owed = bool(hook) and _read(folder / TOLD) != fingerprint.hexdigest()
    if is_owed:
        _tell(hook)
        _replace(folder / TOLD, fingerprint.hexdigest())
    left_out = {address for each in said.values() for address in each.left_out}
    return Looked(len(found.moves), is_owed, found.damaged, tuple(sorted(left_out)))


class Follower:
    """Looks again whenever there may be something to tell."""

    # Seconds. A hook that fails is tried again after the first; a lost note costs the second.
    AGAIN_S = 60.0
    ANYWAY_S = 3600.0

    def __init__(self, site: Path, *, look: Callable[[], None]) -> None:
        """Call `look` for this tree."""
        self._site = site
        self._look = look
        self._seen = -1
        self._due_at_s = 0.0

    def follow(self, now_s: float) -> None:
        """
        Look, if a move was noted since the last look, or it is time to.

        Called every few seconds, so however many moves come at once, the server is told once.

        Raises:
            HookFailed, OSError: as `look` does; then it is looked again in a minute.

        """
        noted = _noted_at_ns(self._site)  # before the walk: what is noted during it counts anew
        if noted == self._seen and now_s < self._due_at_s:
            return
        self._seen = noted
        self._due_at_s = now_s + self.AGAIN_S
        self._look()
        self._due_at_s = now_s + self.ANYWAY_S


def _tell(hook: str) -> None:
    """
    Run the hook.

    Raises:
        HookFailed: it could not be started, ended with another status than 0, or not in time.

    """
    try:
        done = subprocess.run(  # the operator's own command
            shlex.split(hook),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            errors="replace",
            timeout=_HOOK_ENDS_WITHIN_S,
            check=False,
        )
    except (OSError, ValueError, subprocess.TimeoutExpired) as error:
        message = f"{hook!r} could not tell the server of new maps: {error}; it is tried again"
        raise HookFailed(message) from error
    if done.returncode != 0:
        said = (done.stdout + done.stderr).strip()[-_SHOWN_CHARS:]
        message = (
            f"{hook!r} could not tell the server of new maps: it ended with {done.returncode}"
            f"{': ' + said if said else ''}; it is tried again"
        )
        raise HookFailed(message)


def _replace(file: Path, text: str) -> None:
    """Write a file in one step, if it says something else; a server may read it at any time."""
    if _read(file) == text:
        return
    temporary = file.with_name(f".{file.name}.{os.getpid()}")
    temporary.write_text(text, encoding="utf-8")
    temporary.replace(file)


def _read(file: Path) -> str | None:
    try:
        return file.read_text(encoding="utf-8")
    except FileNotFoundError:
        return None


def _noted_at_ns(site: Path) -> int:
    try:
        return (site / MOVES_NOTED).stat().st_mtime_ns
    except OSError:  # nothing moved yet
        return 0
