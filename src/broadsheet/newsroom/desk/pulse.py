"""
Says whether the press is at work: it notes the time each minute, and how it stopped.

Without it everything is committed as ever, and nothing comes out; so the desk says so.
"""

import json
from datetime import datetime, timedelta
from pathlib import Path
from typing import NamedTuple

from broadsheet.press.sweeps import CHECKPOINT, PULSE

SILENT_AFTER = timedelta(seconds=150)  # two notes missed, and then some


def silent_since(run_folder: Path, *, now: datetime) -> datetime | str:
    """Return since when the press is not at work, "" if it is, "ever" if it never was."""
    beat, noted = _beat(run_folder), _noted(run_folder)
    if beat is not None and (noted is None or beat > noted.at):
        return beat if now - beat > SILENT_AFTER else ""
    if noted is None:
        return "ever"
    return noted.at if noted.is_stopped or now - noted.at > SILENT_AFTER else ""


class _Noted(NamedTuple):
    at: datetime
    is_stopped: bool


def _noted(run_folder: Path) -> _Noted | None:
    """Return until when all was written, and whether the press stopped then."""
    try:
        noted = json.loads((run_folder / CHECKPOINT).read_text(encoding="utf-8"))
        return _Noted(datetime.fromisoformat(noted["at"]), bool(noted["clean"]))
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _beat(run_folder: Path) -> datetime | None:
    """Return when the press was last seen at work: before it trusts the files again, too."""
    try:
        return datetime.fromisoformat((run_folder / PULSE).read_text(encoding="ascii"))
    except (OSError, ValueError):
        return None
