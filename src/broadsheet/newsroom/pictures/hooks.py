"""What the desk adds to Wagtail's pictures. Imported by newsroom.wagtail_hooks."""

from typing import Any

from wagtail import hooks
from wagtail.log_actions import LogFormatter

from broadsheet.newsroom.pictures import rights


class NoCredit(LogFormatter):
    """Tells of a picture that may go without a credit."""

    label = "Say why there is no credit"

    def format_message(self, log_entry: Any) -> str:
        """Return who said what."""
        reason = log_entry.data.get("reason", "")
        return f"No credit, because: {reason}" if reason else "The reason for no credit was removed"


@hooks.register("register_log_actions")
def log_actions(actions: Any) -> None:
    """Name our own acts on pictures in the audit log."""
    actions.register_action(rights.OVERRIDE)(NoCredit)
    actions.register_action(
        rights.RIGHTS_ENDED, "End rights", "Its rights ended: stories are shown without it"
    )
