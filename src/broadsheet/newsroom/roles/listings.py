"""
Asks whether who publishes a story may list it in the other sections it names.

A listing is on another section's front and in its feed, so its publishers decide. What they
once let in stays: the story's own publishers may change it, and take it out again.
"""

from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from wagtail.log_actions import get_active_log_context

from broadsheet.newsroom.roles.names import Right
from broadsheet.newsroom.roles.rights import may_on
from broadsheet.press import log
from broadsheet.story.records import Story as StoryRecord

if TYPE_CHECKING:
    from broadsheet.newsroom.models.story import Story


def refuse_listings_elsewhere(draft: "Story") -> None:
    """
    Do nothing if the desk's user may publish in every section a draft is newly listed in.

    Raises:
        ValidationError: beside "Also listed in", they may not; the message says where.

    """
    user = get_active_log_context().user
    if user is None:
        return
    new = [row for row in draft.aliases.all() if str(row.uuid) not in _listed(draft)]
    refused = [row.title for row in new if not may_on(user, Right.PUBLISH, row)]
    if refused:
        named = ", ".join(f"“{title}”" for title in refused)
        message = (
            f"you may not publish in {named}: leave it out here, "
            "or ask somebody who publishes there to publish this story"
        )
        raise ValidationError({"aliases": message})


def _listed(draft: "Story") -> frozenset[str]:
    """Return the sections in which readers were last given the story, its own among them."""
    newest = log.newest("story", str(draft.uuid))
    if not isinstance(newest, StoryRecord):
        return frozenset()
    return frozenset(map(str, (newest.content.section, *newest.content.aliases)))
