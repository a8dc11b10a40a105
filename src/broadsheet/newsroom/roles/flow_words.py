"""Reads what a browser sends with an approval, and says what became of the story."""

import json

from django.contrib.messages import get_messages
from django.core.exceptions import SuspiciousOperation
from django.http import HttpRequest, QueryDict
from wagtail.admin import messages

from broadsheet.newsroom.desk_messages import what_happened
from broadsheet.newsroom.models.story import Story
from broadsheet.newsroom.roles.standing import Step, standing_of
from broadsheet.press import log
from broadsheet.press.models import Schedule

_SENT = "workflow-action-extra-data"


def with_comment_only(sent: QueryDict) -> QueryDict:
    """
    Return what a browser sent, with nothing but the comment beside the step it takes.

    Wagtail hands everything in there to the step, by name.

    Raises:
        SuspiciousOperation: it is none of what our own page sends; answered with "bad request".

    """
    try:
        said = json.loads(sent.get(_SENT, "{}") or "{}")
    except ValueError as broken:
        message = f"{_SENT} is not what the desk's own page sends"
        raise SuspiciousOperation(message) from broken
    if not isinstance(said, dict) or not isinstance(said.get("comment", ""), str):
        message = f"{_SENT} holds something else than a comment"
        raise SuspiciousOperation(message)
    kept = sent.copy()
    kept[_SENT] = json.dumps({"comment": said.get("comment", "")})
    return kept


def say_submitted(request: HttpRequest, story: Story) -> None:
    """Say who is asked now, in the place of Wagtail's words for it."""
    for _ in get_messages(request):
        pass  # Reading them is how they are taken back.
    section = story.section_row().title
    messages.success(
        request,
        f"“{story.draft_title}” is submitted: the editors of {section} are asked to review it. "
        "You can take it back from its form.",
    )


def what_became_of(story: Story, *, length_before: int) -> str:
    """Return, in a sentence, where the step just taken has brought a story."""
    is_due = Schedule.objects.filter(story=str(story.uuid), act="go-live").exists()
    if is_due or log.length() > length_before:
        return what_happened(story, length_before=length_before)
    match standing_of(story).step:
        case Step.RETURNED:
            return f"“{story.draft_title}” is returned with your comment to whoever wrote it."
        case Step.APPROVED:
            return f"“{story.draft_title}” is approved; its section’s publishers are asked now."
        case _:
            return f"“{story.draft_title}” is saved."
