"""Says who keeps others from changing a story, and since when."""

from typing import Any

from wagtail.admin.utils import get_user_display_name

from broadsheet.newsroom.paper_time import in_paper_time


def locked_by_another(story: Any, user: Any) -> str:
    """Return, in a sentence, who locked the story by hand; "" if nobody but the user did."""
    if not story.locked or story.locked_by_id == user.pk:
        return ""
    who = get_user_display_name(story.locked_by) if story.locked_by else "Somebody"
    since = f" since {in_paper_time(story.locked_at)}" if story.locked_at else ""
    return (
        f"“{story.title}” is locked by {who}{since}, so nothing was done; "
        "ask them, or end the lock from its form."
    )
