"""What roles and the flow add to the desk's own menus, and to Wagtail's bulk actions."""

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.templatetags.static import static
from django.utils.html import format_html
from wagtail import hooks
from wagtail.admin import messages, signal_handlers
from wagtail.admin.action_menu import CancelWorkflowMenuItem, RestartWorkflowMenuItem
from wagtail.models import Page
from wagtail.signals import task_submitted, workflow_approved, workflow_rejected, workflow_submitted

from broadsheet.newsroom.models.story import Story
from broadsheet.newsroom.roles.story_locks import locked_by_another

# What changes a page on which somebody may have put a lock.
_CHANGING = frozenset({"delete", "move", "publish", "unpublish"})

# Wagtail mails from within the transaction of the act, while every other writer waits.
task_submitted.disconnect(signal_handlers.task_submission_email_notifier)
for _signal, _notifier in (
    (task_submitted, "group_approval_task_submitted_email_notification"),
    (workflow_submitted, "workflow_state_submitted_email_notification"),
    (workflow_rejected, "workflow_state_rejected_email_notification"),
    (workflow_approved, "workflow_state_approved_email_notification"),
):
    _signal.disconnect(dispatch_uid=_notifier)


@hooks.register("insert_global_admin_css")
def style() -> str:
    """Add the style of standings, alarms and the audit log."""
    return format_html('<link rel="stylesheet" href="{}">', static("newsroom/roles.css"))


class TakeBack(CancelWorkflowMenuItem):
    """Wagtail's canceling of a workflow, under the name of what it is for."""

    label = "Take back from review"


@hooks.register("construct_page_action_menu")
def name_flow(items: list[Any], request: HttpRequest, context: Any) -> None:
    """Call the flow's acts what they are, and leave out what the others cover."""
    page = context.get("page")
    if not isinstance(page, Story):
        return
    kept = [item for item in items if type(item) is not RestartWorkflowMenuItem]
    state = page.current_workflow_state
    if state is not None and request.user.pk not in {state.requested_by_id, page.owner_id}:
        # Who reviews a story returns it, and says why.
        kept = [item for item in kept if type(item) is not CancelWorkflowMenuItem]
    items[:] = [TakeBack(40) if type(i) is CancelWorkflowMenuItem else i for i in kept]


@hooks.register("before_bulk_action")
def respect_locks(
    request: HttpRequest, action_type: str, objects: Sequence[Any], action: Any
) -> HttpResponse | None:
    """Do nothing to several pages while somebody else keeps one of them."""
    if action_type not in _CHANGING:
        return None
    pages = [each for each in objects if isinstance(each, Page)]
    problems = [words for page in pages if (words := locked_by_another(page, request.user))]
    if not problems:
        return None
    for problem in problems:
        messages.error(request, problem)
    return redirect(action.next_url)
