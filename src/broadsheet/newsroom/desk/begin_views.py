"""Where a new story begins: in one of the sections somebody writes for."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.generic import TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from broadsheet.newsroom.models.section import SectionPage
from broadsheet.newsroom.roles.names import Right
from broadsheet.newsroom.roles.rights import may, sections_where


class ChooseSection(WagtailAdminTemplateMixin, TemplateView):
    """Asks for the section in one press, where Wagtail asks for a parent page in four."""

    template_name = "newsroom/desk/choose_section.html"
    page_title = "New story"
    page_subtitle = "in which section?"
    header_icon = "doc-full"
    model: Any = None  # what a viewset tells each of its views
    index_url_name: Any = None
    permission_policy: Any = None

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """
        Ask, or go on if there is only one answer.

        Raises:
            PermissionDenied: the person writes in no section.

        """
        if not may(request.user, Right.WRITE):
            raise PermissionDenied
        offered = self._offered()
        if len(offered) == 1:
            return redirect(offered[0]["url"])
        return self.render_to_response(self.get_context_data(offered=offered, **kwargs))

    def _offered(self) -> list[dict[str, str]]:
        sections = SectionPage.objects.order_by("position", "title", "pk")
        where = sections_where(self.request.user, Right.WRITE)
        if where is not None:
            sections = sections.filter(pk__in=where)
        return [
            {
                "name": section.title,
                "about": section.description,
                "url": reverse("wagtailadmin_pages:add", args=["newsroom", "story", section.pk]),
            }
            for section in sections
        ]
