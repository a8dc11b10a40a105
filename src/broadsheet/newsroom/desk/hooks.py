"""What Wagtail is told of the desk's own pages; newsroom.wagtail_hooks imports this."""

from collections.abc import Iterator
from typing import Any

from django.templatetags.static import static
from django.urls import path, reverse
from django.utils.html import format_html
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.widgets.button import Button
from wagtail.models import Page

from broadsheet.newsroom.desk.calendar_views import CalendarView
from broadsheet.newsroom.desk.dashboard_views import ConfirmPlan
from broadsheet.newsroom.desk.live_as_views import DecideOnPost, LiveAsView
from broadsheet.newsroom.desk.seeing import works_at_all
from broadsheet.newsroom.desk.version_views import VersionsView
from broadsheet.newsroom.models.story import Story


@hooks.register("register_admin_urls")
def desk_urls() -> Any:
    """Answer the desk's own pages; Wagtail lets only signed-in people reach them."""
    return [
        path("calendar/", CalendarView.as_view(), name="desk_calendar"),
        path("plans/<int:plan>/confirm/", ConfirmPlan.as_view(), name="confirm_plan"),
        path("stories/<int:page_id>/live-as/", LiveAsView.as_view(), name="story_live_as"),
        path("stories/<int:page_id>/versions/", VersionsView.as_view(), name="story_versions"),
        path(
            "stories/<int:page_id>/posts/<int:row>/",
            DecideOnPost.as_view(),
            name="decide_on_post",
        ),
    ]


@hooks.register("insert_global_admin_js")
def keys() -> str:
    """Give the desk its keys; the list of them knows where they lead."""
    return format_html('<script src="{}"></script>', static("newsroom/desk_keys.js"))


class ForWhoWritesItem(MenuItem):
    """An item for those who work on stories."""

    def is_shown(self, request: Any) -> bool:
        """Say whether the person does."""
        return works_at_all(request.user)


@hooks.register("register_admin_menu_item")
def calendar_item() -> MenuItem:
    """Lead to the calendar."""
    return ForWhoWritesItem(
        "Calendar", reverse("desk_calendar"), name="calendar", icon_name="calendar-alt", order=120
    )


@hooks.register("register_admin_menu_item")
def desk_item() -> MenuItem:
    """Lead to the first page."""
    return MenuItem("Desk", reverse("wagtailadmin_home"), name="desk", icon_name="home", order=10)


@hooks.register("register_admin_menu_item")
def keys_item() -> MenuItem:
    """Open the list of keys, as "?" does; Wagtail has it in its help, which we are without."""
    return MenuItem(
        "Keys",
        "#",
        name="keys",
        icon_name="keyboard",
        order=20_000,
        attrs={
            "role": "button",
            "data-a11y-dialog-show": "keyboard-shortcuts-dialog",
            "data-action": "w-action#noop:prevent:stop",
            "data-controller": "w-kbd w-action",
            "data-w-kbd-key-value": "?",
        },
    )


@hooks.register("register_page_header_buttons")
def story_buttons(
    page: Page, user: Any, view_name: str, next_url: str | None = None
) -> Iterator[Button]:
    """Lead from a story's form to what it is live as, and to its versions."""
    del user, view_name, next_url
    if isinstance(page, Story):
        yield Button(
            "Live as", url=reverse("story_live_as", args=[page.pk]), icon_name="site", priority=5
        )
        yield Button(
            "Versions",
            url=reverse("story_versions", args=[page.pk]),
            icon_name="history",
            priority=6,
        )


@hooks.register("register_log_actions")
def acts(actions: Any) -> None:
    """Name the acts of the desk's own pages for the audit log."""
    actions.register_action(
        "newsroom.confirm_plan", "Confirm a plan", "Let a plan that changes much go ahead"
    )
    actions.register_action(
        "newsroom.decide_on_post", "Decide on a post", "Decided what is to be done with a post"
    )
