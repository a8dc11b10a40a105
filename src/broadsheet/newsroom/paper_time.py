"""Tells times at the desk in the paper's zone, and names it."""

from datetime import datetime
from zoneinfo import ZoneInfo

from broadsheet.press import log
from broadsheet.story.records import PAPER, Settings


def paper_zone() -> ZoneInfo:
    """Return the paper's zone, UTC before it has settings."""
    settings = log.newest("settings", PAPER)
    return ZoneInfo(settings.time_zone if isinstance(settings, Settings) else "UTC")


def in_paper_time(at: datetime) -> str:
    """Return a time as the desk tells it: 27 November 2026 at 09:40 (WAT)."""
    local = at.astimezone(paper_zone())
    return f"{local:%d %B %Y at %H:%M} ({local.tzname()})"
