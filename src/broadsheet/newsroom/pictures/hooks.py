"""What the desk adds to Wagtail's pictures. Imported by newsroom.wagtail_hooks."""

from typing import Any

from django.urls import path
from wagtail import hooks
from wagtail.log_actions import LogFormatter

from broadsheet.newsroom.pictures import rights
from broadsheet.newsroom.pictures.lists import PictureList
from broadsheet.newsroom.pictures.picture_views import MakeAgainView, PictureView
from broadsheet.newsroom.pictures.upload_views import DescribeView, UploadView


class NoCredit(LogFormatter):
    """Tells of a picture that may go without a credit."""

    label = "Say why there is no credit"

    def format_message(self, log_entry: Any) -> str:
        """Return who said what."""
        reason = log_entry.data.get("reason", "")
        return f"No credit, because: {reason}" if reason else "The reason for no credit was removed"


@hooks.register("register_admin_urls")
def picture_urls() -> Any:
    """Answer some of Wagtail's addresses in its place, and our own beside them."""
    return [
        path("images/", PictureList.as_view()),
        path("images/results/", PictureList.as_view(results_only=True)),
        path("images/multiple/add/", UploadView.as_view()),
        path("images/<int:image_id>/", PictureView.as_view()),
        path("images/<int:image_id>/texts/", DescribeView.as_view(), name="describe_picture"),
        path("images/<int:image_id>/again/", MakeAgainView.as_view(), name="make_picture_again"),
    ]


@hooks.register("register_log_actions")
def log_actions(actions: Any) -> None:
    """Name our own acts on pictures in the audit log."""
    actions.register_action(rights.OVERRIDE)(NoCredit)
    actions.register_action(
        rights.RIGHTS_ENDED, "End rights", "Its rights ended: stories are shown without it"
    )
