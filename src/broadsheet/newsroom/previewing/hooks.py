"""What previewing adds to the desk: its addresses, its style, and the way there from a story."""

from collections.abc import Iterator
from typing import Any

from django.templatetags.static import static
from django.urls import path, reverse
from django.utils.html import format_html
from wagtail import hooks
from wagtail.admin.widgets.button import Button
from wagtail.models import Page

from broadsheet.newsroom.models.story import Story
from broadsheet.newsroom.previewing import links
from broadsheet.newsroom.previewing.desk_page import PreviewPage
from broadsheet.newsroom.previewing.link_views import LinksPage, RevokeLink
from broadsheet.newsroom.previewing.pictures import preview_picture


@hooks.register("register_admin_urls")
def addresses_of_previews() -> Any:
    """Answer the addresses of previews; Wagtail lets only signed-in editors reach them."""
    return [
        path("previews/media/<uuid:picture>/<str:name>", preview_picture, name="preview_picture"),
        path("stories/<int:page_id>/preview/", PreviewPage.as_view(), name="preview_story"),
        path("stories/<int:page_id>/preview/links/", LinksPage.as_view(), name="preview_links"),
        path(
            "stories/<int:page_id>/preview/links/<int:link_id>/revoke/",
            RevokeLink.as_view(),
            name="revoke_preview_link",
        ),
    ]


@hooks.register("insert_global_admin_css")
def style_of_previews() -> str:
    """Add the style of the preview's own page."""
    return format_html(
        '<link rel="stylesheet" href="{}">', static("newsroom/previewing-at-desk.css")
    )


@hooks.register("register_page_header_buttons")
def ways_to_previews(
    page: Page, user: Any, view_name: str, next_url: str | None = None
) -> Iterator[Button]:
    """Lead from a story to its preview."""
    del view_name, next_url
    if not isinstance(page.specific_deferred, Story):
        return
    may = page.permissions_for_user(user)
    if may.can_edit() or may.can_publish():
        yield Button(
            "Preview everywhere",
            reverse("preview_story", args=[page.pk]),
            icon_name="view",
            priority=12,
        )
    if may.can_edit():
        yield Button(
            "Preview links",
            reverse("preview_links", args=[page.pk]),
            icon_name="link",
            priority=13,
        )


@hooks.register("register_log_actions")
def what_is_logged_of_links(actions: Any) -> None:
    """Name what happens to preview links in the story's history."""
    actions.register_action(links.MADE, "Make a preview link", "Preview link made")
    actions.register_action(links.REVOKED, "Revoke a preview link", "Preview link revoked")
    actions.register_action(links.OPENED, "Open a preview link", "Preview link opened")
