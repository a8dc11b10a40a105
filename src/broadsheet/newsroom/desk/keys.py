"""
Says which keys lead where at the desk, for the person who presses them.

The list the desk shows for "?" is what its script reads, so that a key nobody is told of does
nothing, and nobody is told of a key that leads to a refusal.
"""

from typing import Any, NamedTuple

from django.urls import reverse

from broadsheet.newsroom.desk.seeing import works_at_all
from broadsheet.newsroom.roles.names import Right
from broadsheet.newsroom.roles.rights import may


class Key(NamedTuple):
    """A key, or two one after the other, and the page they lead to."""

    keys: str  # with a space between
    act: str
    url: str

    @property
    def caps(self) -> list[str]:
        """Return the keys one by one."""
        return self.keys.split()


def keys_for(user: Any) -> list[Key]:
    """Return the keys that lead a person somewhere they may go."""
    works = works_at_all(user)
    offered = (
        (may(user, Right.WRITE), Key("n", "New story", reverse("stories:choose_parent"))),
        (True, Key("g d", "Go to the desk", reverse("wagtailadmin_home"))),
        (works, Key("g s", "Go to the stories", reverse("stories:index"))),
        (works, Key("g c", "Go to the calendar", reverse("desk_calendar"))),
        (
            may(user, Right.UPLOAD_PICTURES),
            Key("g p", "Go to the pictures", reverse("wagtailimages:index")),
        ),
    )
    return [key for is_theirs, key in offered if is_theirs]
