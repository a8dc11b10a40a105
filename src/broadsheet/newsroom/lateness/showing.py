"""Says at the desk what is late, to those who can do something about it."""

from typing import Any, NamedTuple

from django.utils import timezone

from broadsheet.newsroom.models.story import Story
from broadsheet.newsroom.paper_time import in_paper_time
from broadsheet.newsroom.roles.names import Right
from broadsheet.newsroom.roles.rights import may, may_on
from broadsheet.press.lateness import late

_WORDS = {
    "go-live": "should have gone live",
    "expire": "should have expired",
    "page": "is committed, but readers do not have it",
    "old-page": "could not be made anew: readers get what was at its address before",
}

_SINCE = {"page": "since", "old-page": "since what changed on"}


class LateStory(NamedTuple):
    """A late story, for a page."""

    story: Story
    sentence: str  # what is late, and since when
    reason: str
    to_do: str


def late_for(user: Any) -> list[LateStory]:
    """Return the late stories somebody may publish, longest first."""
    if not may(user, Right.PUBLISH):
        return []
    found = {each.story: each for each in late(now=timezone.now())}
    rows = {str(row.uuid): row for row in Story.objects.filter(uuid__in=found)}
    return [
        LateStory(
            rows[key],
            f"{_WORDS[each.what]} {_SINCE.get(each.what, 'on')} {in_paper_time(each.due_at)}",
            each.reason,
            each.to_do,
        )
        for key, each in found.items()
        if key in rows and may_on(user, Right.PUBLISH, rows[key])
    ]
