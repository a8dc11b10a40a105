"""
Says whether the press is at work: it notes the time each minute, and how it stopped.

Without it everything is committed as ever, and nothing comes out; so the desk says so.
"""

import json
from datetime import datetime, timedelta
from pathlib import Path

from broadsheet.press.sweeps import CHECKPOINT

SILENT_AFTER = timedelta(seconds=150)  # two notes missed, and then some


def silent_since(run_folder: Path, *, now: datetime) -> datetime | str:
    """Return since when the press is not at work, "" if it is, "ever" if it never was."""
    try:
        noted = json.loads((run_folder / CHECKPOINT).read_text(encoding="utf-8"))
        at, is_stopped = datetime.fromisoformat(noted["at"]), bool(noted["clean"])
    except (OSError, ValueError, KeyError, TypeError):
        return "ever"
    return at if is_stopped or now - at > SILENT_AFTER else ""
