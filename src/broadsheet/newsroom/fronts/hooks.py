"""What arranging fronts adds to the desk."""

from typing import Any

from wagtail import hooks

from broadsheet.newsroom.fronts import publishing, scheduling


@hooks.register("register_log_actions")
def audited_acts(actions: Any) -> None:
    """Name the acts on fronts that the audit log keeps."""
    actions.register_action(publishing.PUBLISHED, "Publish front", "Published")
    actions.register_action(scheduling.SCHEDULED, "Schedule front", "Scheduled a change")
    actions.register_action(scheduling.CANCELLED, "Cancel change of front", "Cancelled a change")
