"""
Says who may arrange and publish which front. The only place that does; every path asks it.

Publishers publish every front, and those of a section that section's. Editors arrange the
fronts of what they edit, and leave them for a publisher.
"""

from typing import Any

from broadsheet.newsroom.models.front import Front
from broadsheet.newsroom.roles.names import Right
from broadsheet.newsroom.roles.rights import may, may_on, sections_where


def may_see_fronts(user: Any) -> bool:
    """Return whether there may be a front that somebody may arrange."""
    return may(user, Right.EDIT)


def may_arrange(user: Any, front: Front) -> bool:
    """Return whether somebody may make drafts of a front."""
    return _may(user, Right.EDIT, front) or may_publish(user, front)


def may_publish(user: Any, front: Front) -> bool:
    """Return whether somebody may change what readers see of a front, now or at a time."""
    return _may(user, Right.ARRANGE_FRONTS, front)


def _may(user: Any, right: Right, front: Front) -> bool:
    if front.section is None:  # the paper's: nobody's whose sections are named
        return sections_where(user, right) is None
    return may_on(user, right, front.section)
