"""What arranging fronts adds to the desk: its pages, its entry in the menu, its audited acts."""

from typing import Any

from django.http import HttpRequest
from django.urls import path, reverse
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from broadsheet.newsroom.fronts import (
    board_views,
    history_views,
    preview_views,
    publish_views,
    publishing,
    scheduling,
)
from broadsheet.newsroom.fronts.permissions import may_see_fronts


@hooks.register("register_admin_urls")
def front_urls() -> Any:
    """Answer the addresses of fronts; each view asks who may."""
    page, preview = preview_views.PageView.as_view(), preview_views.PreviewView.as_view()
    take_over = publish_views.TakeOverView.as_view()
    of_one = [
        ("", board_views.BoardView.as_view(), "front"),
        ("publish/", publish_views.PublishView.as_view(), "front_publish"),
        ("schedule/", publish_views.ScheduleView.as_view(), "front_schedule"),
        ("discard/", publish_views.DiscardView.as_view(), "front_discard"),
        ("drafts/<int:draft>/take-over/", take_over, "front_take_over"),
        ("changes/<uuid:change>/take-over/", take_over, "front_change_take_over"),
        ("changes/<uuid:change>/cancel/", publish_views.CancelView.as_view(), "front_cancel"),
        ("changes/<uuid:change>/", preview, "front_change"),
        ("changes/<uuid:change>/page/", page, "front_change_page"),
        ("preview/", preview, "front_preview"),
        ("preview/page/", page, "front_page"),
        ("history/", history_views.HistoryView.as_view(), "front_history"),
        ("history/<int:seq>/", preview, "front_edition"),
        ("history/<int:seq>/page/", page, "front_edition_page"),
        ("history/<int:seq>/restore/", history_views.RestoreView.as_view(), "front_restore"),
    ]
    return [
        path("fronts/", board_views.FrontList.as_view(), name="fronts"),
        *(path(f"fronts/<str:key>/{place}", view, name=name) for place, view, name in of_one),
    ]


class FrontsItem(MenuItem):
    """The entry for whoever may arrange some front."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Say whether there may be one; the page itself looks at each."""
        return may_see_fronts(request.user)


@hooks.register("register_admin_menu_item")
def fronts_item() -> MenuItem:
    """Lead to the fronts."""
    return FrontsItem("Fronts", reverse("fronts"), name="fronts", icon_name="grid", order=150)


@hooks.register("register_log_actions")
def audited_acts(actions: Any) -> None:
    """Name the acts on fronts that the audit log keeps."""
    actions.register_action(publishing.PUBLISHED, "Publish front", "Published")
    actions.register_action(scheduling.SCHEDULED, "Schedule front", "Scheduled a change")
    actions.register_action(scheduling.CANCELLED, "Cancel change of front", "Cancelled a change")
