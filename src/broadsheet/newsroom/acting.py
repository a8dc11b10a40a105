"""
Says who acts and when, for rows that save themselves.

Wagtail saves rows from many places and hands none of them a user or a clock. In the
desk the user is the one Wagtail logs for; scheduler and command line say who they are.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime
from typing import NamedTuple

from django.utils import timezone
from wagtail.log_actions import get_active_log_context

COMMAND_LINE = "command line"


class Acting(NamedTuple):
    """Who acts, and the time their act is dated."""

    by: str
    now: datetime


_acting: ContextVar[Acting | None] = ContextVar("acting", default=None)


@contextmanager
def acting(by: str, *, now: datetime) -> Iterator[None]:
    """Have every row saved inside this block say who saved it, and when."""
    token = _acting.set(Acting(by, now))
    try:
        yield
    finally:
        _acting.reset(token)


def current() -> Acting:
    """Return who acts now: as said by acting(), else the desk's user, else the command line."""
    said = _acting.get()
    if said is not None:
        return said
    user = get_active_log_context().user
    return Acting(user.get_username() if user else COMMAND_LINE, timezone.now())
