"""
Says who may arrange and publish which front. The only place that does; every path asks it.

Publishers may publish every front, by newsroom.publish_front; whoever has newsroom.change_front
may arrange every front, and leave it for a publisher. Who may publish a section's stories may
arrange and publish that section's front.
"""

from typing import Any

from broadsheet.newsroom.models.front import Front

CHANGE = "newsroom.change_front"
PUBLISH = "newsroom.publish_front"


def may_arrange(user: Any, front: Front) -> bool:
    """Return whether somebody may make drafts of a front."""
    return user.has_perm(CHANGE) or may_publish(user, front)


def may_publish(user: Any, front: Front) -> bool:
    """Return whether somebody may change what readers see of a front, now or at a time."""
    if user.has_perm(PUBLISH):
        return True
    section = front.section
    return section is not None and section.permissions_for_user(user).can_publish()
