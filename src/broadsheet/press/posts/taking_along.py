"""
Has posts that wait for their lead picture go out with it, once its first sizes are made.

Only what has not been sent is fitted again: what may be out stays as its readers may know
it, whatever becomes of the picture.
"""

from functools import partial

from django.db.models import F, Q

from broadsheet.press import log
from broadsheet.press.models import Account, LedgerRow
from broadsheet.press.models.ledger import ABSENT_TEXT
from broadsheet.press.posts.routing import (
    FIRST,
    _first_post,
    _may_be_out,
    _outlet_of,
    _rewrite,
)
from broadsheet.story.records import Picture, Story


def take_along(picture: Picture) -> None:
    """
    Commit that posts which wait for their lead picture's sizes go out with it, now there are some.

    In the transaction of the sizes, so no crash comes between. What may be out stays as it is,
    and what is parked waits for its person.
    """
    for account in Account.objects.order_by("id"):
        for row in _waiting_for_pictures(account):
            story = log.newest("story", row.story)
            if (
                isinstance(story, Story)
                and story.content.lead is not None
                and story.content.lead.picture == picture.id
                and not isinstance(_outlet_of(row), str)
                and not _may_be_out(row)
            ):
                _rewrite(row, account, partial(_first_post, story))
                if row.attempts.exists():  # a network that asked us to wait is still waited for
                    LedgerRow.objects.filter(id=row.id).update(due_at=row.due_at)


def _waiting_for_pictures(account: Account) -> list[LedgerRow]:
    """Return an account's first posts that may wait for one: not sent, with a time to be sent."""
    rows = LedgerRow.objects.filter(surface=account.surface, account=account.name)
    # Said so that the index of unequal rows answers, however many posts are out.
    unequal = rows.filter(~Q(desired=""), ~Q(desired=F("live"))).exclude(desired=ABSENT_TEXT)
    waiting = unequal.filter(
        key__endswith=f"/{FIRST}", live="", parked="", due_at__isnull=False
    ).exclude(story="")
    return list(waiting.select_for_update().order_by("id"))
