"""
Publishes a front: the version, its log entry and the audit log's in one transaction.

Whoever publishes says which entry they have seen. When somebody published since, nothing is
committed and they are told: what happened to the front is theirs to decide, not the clock's.
"""

from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from wagtail.log_actions import log as audit

from broadsheet.newsroom import acting, to_version
from broadsheet.newsroom.fronts import drafts, fronts
from broadsheet.newsroom.fronts.arranging import Board, is_same
from broadsheet.newsroom.fronts.permissions import may_publish
from broadsheet.newsroom.models.front import Front
from broadsheet.press import log
from broadsheet.press.actions import edit
from broadsheet.press.actions.errors import ActRefused

PUBLISHED = "newsroom.front.publish"


class ChangedMeanwhile(Exception):
    """Somebody published the front since it was opened."""

    def __init__(self, newest: fronts.Edition) -> None:
        """Keep how it is arranged now."""
        super().__init__(f"entry {newest.seq} by {newest.by}")
        self.newest = newest


def publish(front: Front, board: Board, *, seen: int, user: Any) -> bool:
    """
    Make readers see a front so arranged; return whether that changes anything for them.

    Raises:
        PermissionDenied: the user may not publish this front.
        ChangedMeanwhile: it is not any more as the user has seen it; nothing is committed.
        ValidationError: the press declines; the message says why.

    """
    if not may_publish(user, front):
        raise PermissionDenied
    with transaction.atomic():
        log.take_turn(acting.current().now)  # nobody publishes between the look and the act
        must_be_as_seen(front, board, seen=seen)
        return commit(front, board, user=user)


def must_be_as_seen(front: Front, board: Board, *, seen: int) -> None:
    """
    Do nothing if an editor has seen what their arrangement would replace, or it says the same.

    Raises:
        ChangedMeanwhile: somebody published another since.

    """
    newest = fronts.newest_edition(front.key)
    if newest.seq != seen and not is_same(newest.board, board):
        raise ChangedMeanwhile(newest)


def commit(front: Front, board: Board, *, user: Any) -> bool:
    """
    Commit a front so arranged, whatever it was; the caller is in a transaction and has asked.

    Raises:
        ValidationError: the press declines; the message says why.

    """
    who = acting.current()
    try:
        entry = edit.edit_front(
            to_version.front(front.key, drafts.as_json(board)), now=who.now, by=who.by
        )
    except ActRefused as refused:
        raise ValidationError(str(refused)) from refused
    if entry is None:
        return False
    audit(fronts.kept(front), PUBLISHED, user=user, data={"seq": entry.seq})
    return True
