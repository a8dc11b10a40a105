"""
Refuses, where readers' versions are written, whoever may not write them.

The desk's views ask before they act. This asks again at the one place all of them lead to,
so that a view, or a path of Wagtail's, that forgot to ask changes nothing. Who acts is the
desk's signed-in user; the press and the command line act by their own right.
"""

from django.core.exceptions import PermissionDenied
from wagtail.log_actions import get_active_log_context
from wagtail.models import Page

from broadsheet.newsroom.roles.names import Right
from broadsheet.newsroom.roles.rights import may, may_on


def must_be_allowed(right: Right, *, on: Page | None = None) -> None:
    """
    Return if the desk's user may do something, on this page or anywhere; or if there is none.

    Raises:
        PermissionDenied: they may not; the transaction must not be committed.

    """
    user = get_active_log_context().user
    if user is None:
        return
    if not (may(user, right) if on is None else may_on(user, right, on)):
        what = "" if on is None else f" “{on.title}”"
        message = f"{user.get_username()} may not {right.value}{what}"
        raise PermissionDenied(message)
