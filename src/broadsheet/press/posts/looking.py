"""
Lets a person decide where the reconciler may not: try again, or say what is out there.

What a person saw is written into the journal like any reading, and overrules all before
it; the reconciler decides anew from there.
"""

from datetime import datetime

from django.db import transaction

from broadsheet.press.models import LedgerRow
from broadsheet.press.models.ledger import ABSENT_TEXT, WEBSITE
from broadsheet.press.posts import journal
from broadsheet.press.waking import wake_on_commit
from broadsheet.reconciler.outcomes import Copy, Found, Missing
from broadsheet.reconciler.placements import Action, Attempt


class NoSuchPost(LookupError):
    """There is no post of that key on that account."""


class NotPossibleNow(ValueError):
    """What a person asked cannot be done now; the message says why."""


def find_post(account: str, key: str) -> LedgerRow:
    """
    Return a post's row by its account, "network/name", and its key.

    Raises:
        NoSuchPost: there is none.

    """
    surface, _, name = account.partition("/")
    row = LedgerRow.objects.filter(surface=surface, account=name, key=key).first()
    if row is None or row.surface == WEBSITE:
        message = f"there is no post {key!r} on {account!r}; `broadsheet status` names those parked"
        raise NoSuchPost(message)
    return row


def try_again(row: LedgerRow, *, now: datetime) -> None:
    """
    Take a row out of its parking place: it is looked at anew, and tried where that is safe.

    Raises:
        NotPossibleNow: the post says nothing, since none could be made of its story.

    """
    if row.desired == "":
        message = f"{row.key} has nothing to post: {row.parked}"
        raise NotPossibleNow(message)
    with transaction.atomic():
        LedgerRow.objects.filter(id=row.id).update(
            parked="", due_at=None, failures=0, verify_at=now
        )
        wake_on_commit()


def is_out_there(row: LedgerRow, *, remote_id: str, now: datetime, by: str) -> None:
    """
    Write down that a person saw the post, under this id, saying what it should.

    Raises:
        NotPossibleNow: it is being sent at this moment, or says nothing.

    """
    fingerprint = None if row.desired == ABSENT_TEXT else row.desired
    _hear(row, Found((Copy(remote_id, fingerprint, now),)), now=now, by=by)


def is_not_there(row: LedgerRow, *, now: datetime, by: str) -> None:
    """
    Write down that a person looked and the post is not on the network.

    Raises:
        NotPossibleNow: it is being sent at this moment, or says nothing.

    """
    _hear(row, Missing(now), now=now, by=by)


def _hear(row: LedgerRow, seen: Found | Missing, *, now: datetime, by: str) -> None:
    with transaction.atomic():
        locked = LedgerRow.objects.select_for_update().get(id=row.id)
        # What a person saw before this request landed would overrule what comes of it.
        if locked.attempts.filter(outcome="", deadline_at__gt=now).exists():
            message = f"{row.key} is being sent at this moment: look again in a minute"
            raise NotPossibleNow(message)
        line = Attempt(
            number=journal.next_number(locked),
            action=Action.PERSON,
            fingerprint="",
            target="",
            started_at=now,
            deadline_at=now,
            outcome=seen,
            finished_at=now,
            worker=by[:60],
        )
        journal.write(locked, line)
        try_again(locked, now=now)
