"""The list of sections."""

from typing import Any

from django.urls import reverse
from wagtail.admin.views.pages.listing import IndexView

from broadsheet.newsroom.models.paper import PaperPage
from broadsheet.newsroom.roles.names import Right
from broadsheet.newsroom.roles.rights import may


class SectionIndex(IndexView):
    """All sections; a new one is offered only to those who may make one."""

    def get_add_url(self) -> Any:
        """Return where a section is made, for who may: Wagtail asks who may write stories."""
        paper = PaperPage.objects.first()
        if paper is None or not may(self.request.user, Right.MANAGE_SECTIONS):
            return None
        return reverse("wagtailadmin_pages:add", args=["newsroom", "sectionpage", paper.pk])
