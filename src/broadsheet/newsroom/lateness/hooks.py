"""Shows what is late: above the desk's first page, and as a banner on every page of it."""

from typing import Any

from django.http import HttpRequest, JsonResponse
from django.templatetags.static import static
from django.urls import path, reverse
from django.utils.html import format_html
from wagtail import hooks
from wagtail.admin.ui.components import Component

from broadsheet.newsroom.lateness.showing import late_for


class LatePanel(Component):
    """The late stories, with reason and what to do. Nothing when all is on time."""

    name = "late"
    order = 10
    template_name = "newsroom/lateness/panel.html"

    def get_context_data(self, parent_context: Any = None) -> Any:
        """Return what the template shows."""
        return {"late": late_for(parent_context["request"].user)}


@hooks.register("construct_homepage_panels")
def late_panel(request: HttpRequest, panels: list[Any]) -> None:
    """Put it above everything else."""
    del request
    panels.insert(0, LatePanel())


def late_stories(request: HttpRequest) -> JsonResponse:
    """Answer the banner's script with what is late for its user."""
    stories = [
        {
            "headline": each.story.draft_title,
            "sentence": each.sentence,
            "url": reverse("wagtailadmin_pages:edit", args=[each.story.pk]),
        }
        for each in late_for(request.user)
    ]
    return JsonResponse({"late": stories}, headers={"Cache-Control": "no-store"})


@hooks.register("register_admin_urls")
def addresses() -> Any:
    """Answer the banner's script."""
    return [path("late/", late_stories, name="late_stories")]


@hooks.register("insert_global_admin_js")
def banner() -> str:
    """Look each minute, on any page of the desk, whether something is late."""
    return format_html(
        '<script src="{}" data-late-url="{}" defer></script>',
        static("newsroom/late.js"),
        reverse("late_stories"),
    )
