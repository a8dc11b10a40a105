"""
Lets a held account work again, once what is out there has been read.

The ledger of a restored home may not know of posts that are out. So the account's own posts
are listed first: those of no row are kept as found (adopting.py), rows not yet sent take over
the post their story has, and every other row is doubted, so that the reconciler looks before
it acts. Without a whole list nothing is released, unless a person says they have looked.
"""

from datetime import datetime, timedelta
from functools import partial
from typing import NamedTuple

from django.db import transaction
from django.db.models import QuerySet

from broadsheet.press.isolation import Failed, isolated
from broadsheet.press.models import Account, LedgerRow
from broadsheet.press.models.ledger import ABSENT_TEXT
from broadsheet.press.ports import Networks
from broadsheet.press.posts import adopting, routing
from broadsheet.reconciler.outcomes import Listed, Listing, Throttled

LIST_WITHIN_S = 600.0  # thousands of pages, on a network that answers


class NotListed(RuntimeError):
    """The account's posts could not all be read, so it stays on hold."""


class Released(NamedTuple):
    """What a release found."""

    doubted: int  # rows that are read back before anything else
    found: int  # posts no row had made


def release(
    account: Account, networks: Networks, *, now: datetime, by: str, is_unlisted: bool = False
) -> Released:
    """
    Let a held account work again; is_unlisted, if a person looked because nothing can be listed.

    Raises:
        NotListed: what is out there could not be read whole; nothing was changed.

    """
    listed = Listed((), now) if is_unlisted else _listed(account, networks, now=now)
    # Where nobody listed, a row never sent may have a post as old as the account.
    since = account.added_at if is_unlisted else now
    stands_since = adopting.first_seen(listed.posts)
    with transaction.atomic():
        found = adopting.note(account, listed, now=now)
        doubtful = [
            row
            for row in _rows(account)
            if row.attempts.exists() or not routing.adopt_unsent(row, account)
        ]
        for row in doubtful:
            began = stands_since.get(row.delivery_id, since)
            adopting.doubt(row, since=min(began, now), now=now, by=by)
        Account.objects.filter(id=account.id).update(on_hold="")
    return Released(len(doubtful), found)


def _rows(account: Account) -> QuerySet[LedgerRow]:
    """Return the rows of which something may be out there; those that say nothing have none."""
    rows = LedgerRow.objects.filter(surface=account.surface, account=account.name)
    rows = rows.exclude(desired="").exclude(desired=ABSENT_TEXT, live=ABSENT_TEXT)
    return rows.select_for_update().order_by("id")


def _listed(account: Account, networks: Networks, *, now: datetime) -> Listed:
    listing = isolated(
        f"listing the posts of {account.surface}/{account.name}",
        partial(_listing, account, networks, now),
    )
    match listing:
        case Listed():
            return listing
        case Throttled(until=until):
            why = f"the network asks to wait until {until:%Y-%m-%d %H:%M:%S} UTC"
        case Failed(reason=reason):
            why = reason
        case _:
            why = listing.reason
    raise NotListed(why)


def _listing(account: Account, networks: Networks, now: datetime) -> Listing:
    deadline_at = now + timedelta(seconds=LIST_WITHIN_S)
    return networks.surface(account).own_posts(now=now, deadline_at=deadline_at)
