"""
Tells times at the desk in the paper's zone, takes them in it, and names it.

A newsroom agrees on minutes across people and places, so whoever travels reads and types the
paper's time as well. In the rows and the log every time is UTC.
"""

from collections.abc import Callable
from datetime import datetime
from zoneinfo import ZoneInfo

from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from wagtail.users.models import UserProfile

from broadsheet.press import log
from broadsheet.story.records import PAPER, Settings


class PaperTime:
    """Django middleware: all pages of the desk tell times in the paper's zone, and take them so."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        """Keep the next layer."""
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer as the next layer does, by the paper's clock."""
        zone = paper_zone()
        if isinstance(request.user, User):
            _set_clock(request.user, zone)
        with timezone.override(zone):
            return self._get_response(request)


def paper_zone() -> ZoneInfo:
    """Return the paper's zone, UTC before it has settings."""
    settings = log.newest("settings", PAPER)
    return ZoneInfo(settings.time_zone if isinstance(settings, Settings) else "UTC")


def in_paper_time(at: datetime) -> str:
    """Return a time as the desk tells it: 27 November 2026 at 09:40 (WAT)."""
    local = at.astimezone(paper_zone())
    return f"{local:%d %B %Y at %H:%M} ({local.tzname()})"


def by_the_papers_clock() -> str:
    """Return the sentence that stands beside a field for a time."""
    return f"By the paper’s clock ({paper_zone().key})."


def _set_clock(person: User, zone: ZoneInfo) -> None:
    # Wagtail's pages take the zone of a person's profile instead. This one is for the request
    # only: whatever changes a profile reads it anew, and saves that.
    profile = getattr(person, "wagtail_userprofile", None) or UserProfile(user=person)
    profile.current_time_zone = zone.key
    setattr(person, "wagtail_userprofile", profile)  # noqa: B010  # types know no other side
