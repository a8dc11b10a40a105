"""What every page about a front begins with: which front, and who may see it."""

from typing import Any
from zoneinfo import ZoneInfo

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.views.generic import TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from broadsheet.newsroom.fronts import fronts
from broadsheet.newsroom.fronts.permissions import may_arrange, may_publish
from broadsheet.newsroom.models.front import Front
from broadsheet.press import log
from broadsheet.story.records import PAPER, Settings


def paper_zone() -> ZoneInfo:
    """Return the zone in which the desk tells and takes times."""
    settings = log.newest("settings", PAPER)
    return ZoneInfo(settings.time_zone if isinstance(settings, Settings) else "UTC")


class FrontView(WagtailAdminTemplateMixin, TemplateView):
    """A page about one front, for those who may arrange it."""

    header_icon = "grid"
    needs_publishing = False  # may be seen by those only who may publish the front

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """
        Find the front.

        Raises:
            Http404: there is none of this section, or no such section.

        """
        super().setup(request, *args, **kwargs)
        front = fronts.front_at(kwargs["key"])
        if front is None:
            message = "there is no such front"
            raise Http404(message)
        self.front: Front = front

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """
        Answer those who may.

        Raises:
            PermissionDenied: this user may not, whatever the method.

        """
        may = may_publish if self.needs_publishing else may_arrange
        if not may(request.user, self.front):
            raise PermissionDenied
        response: HttpResponse = super().dispatch(request, *args, **kwargs)  # type: ignore[assignment]  # it is one
        return response

    def url(self, name: str, *more: Any) -> str:
        """Return the address of a page about this front."""
        return reverse(name, args=[self.front.key, *more])

    def get_page_subtitle(self) -> str:
        """Return which front."""
        return str(self.front)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Return what every such page shows."""
        return super().get_context_data(**kwargs) | {
            "front": self.front,
            "zone": str(paper_zone()),
            "may_publish": may_publish(self.request.user, self.front),
            "board_url": self.url("front"),
        }
