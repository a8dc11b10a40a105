"""A story's preview on a page of its own, as everything it will be, at three widths."""

from typing import Any
from urllib.parse import urlencode

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.generic import TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from broadsheet.newsroom.models.story import Story
from broadsheet.newsroom.previewing import modes


class PreviewPage(WagtailAdminTemplateMixin, TemplateView):
    """What was saved last of a story, as readers, feeds and networks would get it."""

    template_name = "newsroom/previewing/desk_page.html"
    page_title = "Preview"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """
        Answer those who may edit or publish the story.

        Raises:
            PermissionDenied: the user may do neither.

        """
        self.story: Story = get_object_or_404(Story, pk=kwargs["page_id"])
        may = self.story.permissions_for_user(request.user)
        if not (may.can_edit() or may.can_publish()):
            raise PermissionDenied
        response: HttpResponse = super().dispatch(request, *args, **kwargs)  # type: ignore[assignment]  # it is one
        return response

    def get_page_subtitle(self) -> str:
        """Return the headline that was saved last."""
        return str(self.story.get_admin_display_title())

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Return what the template shows."""
        offered = modes.modes()
        asked = self.request.GET.get("mode", modes.PAGE)
        mode = asked if asked in dict(offered) else modes.PAGE
        frame = reverse("wagtailadmin_pages:view_draft", args=[self.story.pk])
        return super().get_context_data(**kwargs) | {
            "story": self.story,
            "modes": [(name, label, f"?{urlencode({'mode': name})}") for name, label in offered],
            "mode": mode,
            "mode_label": dict(offered)[mode],
            "frame_url": f"{frame}?{urlencode({'mode': mode})}",
            "sizes": modes.SIZES,
        }
