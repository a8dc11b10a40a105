"""
Keeps posts that stand on a network though no row of the ledger made them, and adopts them.

A database taken back to a backup has forgotten the posts made since. They are listed when
their account is released; a story published again under the same address takes its post
over, and what no story takes waits for a person.
"""

import re
from collections.abc import Iterable
from datetime import datetime
from enum import Enum
from typing import NamedTuple
from urllib.parse import unquote, urlsplit

from django.db import transaction
from django.db.models import QuerySet

from broadsheet.press.models import Account, FoundPost, LedgerRow
from broadsheet.press.models.ledger import Lane
from broadsheet.press.posts import journal
from broadsheet.press.waking import wake_on_commit
from broadsheet.reconciler.outcomes import Copy, Found, Listed, OwnPost, Unknown
from broadsheet.reconciler.placements import Action, Attempt
from broadsheet.reconciler.planning import ABSENT

_MARK = re.compile(r"[a-z2-7]{8}")  # as routing makes them; others are somebody else's
LOOK_FIRST = "the home was restored or copied: look before acting"


class Became(Enum):
    """What became of a found post."""

    ADOPTED = "adopted"  # a story's row has it
    WITHDRAWN = "withdrawn"  # a person had it removed
    DISMISSED = "dismissed"  # a person said that it stays as it is


class NothingFound(LookupError):
    """No post of that id waits on that account."""


class Adoption(NamedTuple):
    """A found post, with all copies of it."""

    delivery_id: str
    copies: tuple[FoundPost, ...]  # oldest first


def note(account: Account, listed: Listed, *, now: datetime) -> int:
    """Keep the posts that no row of the account's ledger made; return how many are new."""
    rows = LedgerRow.objects.filter(surface=account.surface, account=account.name)
    ours = set(rows.values_list("delivery_id", flat=True))
    known = set(_of(account).values_list("remote_id", flat=True))
    strangers = [
        post
        for post in listed.posts
        if _MARK.fullmatch(post.delivery_id)
        and post.delivery_id not in ours
        and post.remote_id not in known
    ]
    FoundPost.objects.bulk_create(_found(account, post, now) for post in strangers)
    return len(strangers)


def waiting() -> QuerySet[FoundPost]:
    """Return the posts that no story has taken over and no person decided on, oldest first."""
    return FoundPost.objects.filter(became="").order_by("surface", "account", "created_at", "id")


def take(account: Account, address: str) -> Adoption | None:
    """Take over the oldest waiting post whose link leads to an address, with its copies."""
    waits = _of(account).filter(became="").select_for_update()
    oldest = waits.filter(address=unquote(address)).order_by("created_at", "id").first()
    return None if oldest is None else _taken(account, oldest, Became.ADOPTED)


def alike(account: Account, address: str) -> str:
    """
    Return why a person must look before a story is posted, "" if none need.

    A story published again on another day has another address, and may have a post all the
    same: one whose link ends in the same words.
    """
    last = _last_part(unquote(address))
    links = _of(account).filter(became="").values_list("remote_id", "link", "address")
    for remote_id, link, found in links:
        if last and _last_part(found) == last:
            return (
                f"a post of it may be out already: {remote_id} leads to {link}. Withdraw or "
                f"dismiss that one (`broadsheet post withdraw-found`, `post dismiss-found`), "
                f"then `broadsheet post retry`"
            )
    return ""


def write_down(row: LedgerRow, adoption: Adoption) -> None:
    """
    Write into a new row's journal that its post was seen, and that what it says is in doubt.

    So it is read back first, and then kept or edited; nothing is created.
    """
    oldest = adoption.copies[0]
    copies = tuple(
        Copy(found.remote_id, found.fingerprint or None, found.created_at)
        for found in adoption.copies
    )
    began = min(oldest.created_at, oldest.found_at)  # readings go back to here
    seen = Attempt(
        number=1,
        action=Action.FIND,
        fingerprint="",
        target="",
        started_at=began,
        deadline_at=began,
        outcome=Found(copies),
        finished_at=oldest.found_at,
        worker="found when released",
    )
    journal.write(row, seen)
    doubt(row, since=began, now=oldest.found_at, by="found when released")
    row.remote_id = oldest.remote_id
    row.save(update_fields=["remote_id"])


def doubt(row: LedgerRow, *, since: datetime, now: datetime, by: str) -> None:
    """Have a post read back before anything is done: it may have been made since a time."""
    line = Attempt(
        number=journal.next_number(row),
        action=Action.CREATE,
        fingerprint="" if row.desired == ABSENT.value else row.desired,
        target="",  # nobody knows under which key
        started_at=since,
        deadline_at=now,
        outcome=Unknown(LOOK_FIRST),
        finished_at=now,
        worker=by[:60],
    )
    journal.write(row, line)
    row.live, row.due_at, row.parked, row.verify_at = "", None, "", now
    row.save(update_fields=["live", "due_at", "parked", "verify_at"])


def withdraw(found: FoundPost) -> None:
    """Have a found post removed, for a person who asked."""
    with transaction.atomic():
        account = Account.objects.get(surface=found.surface, name=found.account)
        adoption = _taken(account, found, Became.WITHDRAWN)
        row = LedgerRow.objects.create(
            surface=found.surface,
            account=found.account,
            key=f"found/{found.delivery_id}",
            lane=Lane.WITHDRAW,
            delivery_id=found.delivery_id,
            desired=ABSENT.value,
        )
        write_down(row, adoption)
        wake_on_commit()


def dismiss(found: FoundPost) -> None:
    """Leave a found post as it is, for a person who says that this is right."""
    FoundPost.objects.filter(id=found.id).update(became=Became.DISMISSED.value)


def find_waiting(account: str, remote_id: str) -> FoundPost:
    """
    Return a waiting post by its account, "network/name", and its id there.

    Raises:
        NothingFound: none waits under these.

    """
    surface, _, name = account.partition("/")
    found = waiting().filter(surface=surface, account=name, remote_id=remote_id).first()
    if found is None:
        message = f"no post {remote_id!r} waits on {account!r}; `broadsheet status` lists them"
        raise NothingFound(message)
    return found


def _taken(account: Account, found: FoundPost, became: Became) -> Adoption:
    same = _of(account).filter(delivery_id=found.delivery_id, became="")
    copies = tuple(same.order_by("created_at", "id"))
    same.update(became=became.value)
    return Adoption(found.delivery_id, copies)


def _of(account: Account) -> QuerySet[FoundPost]:
    return FoundPost.objects.filter(surface=account.surface, account=account.name)


def _found(account: Account, post: OwnPost, now: datetime) -> FoundPost:
    return FoundPost(
        surface=account.surface,
        account=account.name,
        remote_id=post.remote_id,
        delivery_id=post.delivery_id,
        address=unquote(urlsplit(post.link).path)[:500],
        link=post.link,
        text=post.text,
        fingerprint=post.fingerprint or "",
        created_at=post.created_at,
        found_at=now,
    )


def _last_part(address: str) -> str:
    return address.strip("/").rpartition("/")[2]


def first_seen(posts: Iterable[OwnPost]) -> dict[str, datetime]:
    """Return since when each delivery id stands."""
    return {post.delivery_id: post.created_at for post in reversed(tuple(posts))}
