"""What the desk says about a story that waits for others: who submitted it, and since when."""

from typing import Any

from django.utils.html import format_html
from wagtail.admin.utils import get_user_display_name
from wagtail.locks import WorkflowLock

from broadsheet.newsroom.paper_time import in_paper_time


class FlowLock(WorkflowLock):
    """Keeps a submitted story from being changed by who is not asked."""

    def get_message(self, user: Any) -> Any:
        """Return who has it now, and what one can do about it; nothing for who is asked."""
        state = self.object.current_workflow_state
        if state is None or not self.for_user(user):
            return None
        waiting = state.current_task_state
        if state.requested_by_id == user.pk:
            return format_html(
                "You submitted this story; it waits for <b>{}</b> since {}. "
                "To go on writing, take it back.",
                self.task.name,
                in_paper_time(waiting.started_at),
            )
        who = get_user_display_name(state.requested_by) if state.requested_by else "Somebody"
        return format_html(
            "{} submitted this story; it waits for <b>{}</b> since {}. "
            "Only who is asked for that can change it.",
            who,
            self.task.name,
            in_paper_time(waiting.started_at),
        )

    def get_locked_by(self, user: Any, can_lock: bool = False) -> str:  # noqa: FBT001, FBT002  # Wagtail's
        """Return, in two words, what holds it."""
        del user, can_lock
        return f"Waits for {self.task.name}"

    def get_description(self, user: Any, can_lock: bool = False) -> str:  # noqa: FBT001, FBT002  # Wagtail's
        """Return who can change it."""
        del user, can_lock
        return "Only who is asked can change it, until they approve or return it."
