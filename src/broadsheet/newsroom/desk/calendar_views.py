"""The calendar of what is scheduled: a month or a week, by section; on a phone a list."""

from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.views.generic import TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from broadsheet.newsroom.desk import calendar, due
from broadsheet.newsroom.desk.seeing import Viewer, paper_zone, viewer, works_at_all

MOST = 500  # of what falls due on one page
WEEK, MONTH = "week", "month"


class CalendarView(WagtailAdminTemplateMixin, TemplateView):
    """What goes live, is updated, expires, or ends its embargo, day by day."""

    template_name = "newsroom/desk/calendar.html"
    page_title = "Calendar"
    header_icon = "calendar-alt"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """
        Answer who works on stories.

        Raises:
            PermissionDenied: the account is for something else.

        """
        if not works_at_all(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Return what the template shows."""
        zone, seen = paper_zone(), viewer(self.request.user)
        today = timezone.now().astimezone(zone).date()
        day = _asked_day(self.request.GET.get("day", "")) or today
        is_week = self.request.GET.get("by") == WEEK
        section = _asked_section(self.request.GET.get("section", ""), seen)
        shown = calendar.span(day, is_week=is_week)
        start, end = calendar.midnight(shown.first, zone), calendar.midnight(shown.until, zone)
        items = due.between(start, end, seen, limit=MOST, section=section)
        weeks = calendar.weeks(shown, items, today=today, zone=zone)
        return super().get_context_data(**kwargs) | {
            "zone": zone.key,
            "day": day,
            "is_week": is_week,
            "weeks": weeks,
            "busy": [d for week in weeks for d in week if d.items],
            "section": section,
            "sections": list(seen.sections.values()),
            "before_url": _address(calendar.turned(day, is_week=is_week, by=-1), is_week, section),
            "after_url": _address(calendar.turned(day, is_week=is_week, by=1), is_week, section),
            "today_url": _address(today, is_week, section),
            "other_url": _address(day, not is_week, section),
            "is_cut": len(items) >= MOST,
        }


def _address(day: date, is_week: bool, section: int | None) -> str:  # noqa: FBT001  # as asked for
    said = {"day": day.isoformat(), "by": WEEK if is_week else MONTH}
    if section is not None:
        said["section"] = str(section)
    return f"{reverse('desk_calendar')}?{urlencode(said)}"


def _asked_day(text: str) -> date | None:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return min(max(day, calendar.FIRST), calendar.LAST)


def _asked_section(text: str, seen: Viewer) -> int | None:
    known = {str(section.pk): section.pk for section in seen.sections.values()}
    return known.get(text)
