"""
Stops a plan that would take much of the paper away, until a publisher confirms it.

Retracting one story is work; retracting a twentieth of the paper at once is more often
an accident, a wrong restore or a break-in. How many are too many, reconciler.planning
says. The log is not followed past such a plan; on a network, posts to be withdrawn or
rewritten wait, and new ones go out. A plan that is taken back (the stories are
published again) holds nothing any more.
"""

from datetime import datetime
from typing import NamedTuple

from django.db import transaction
from django.db.models import Exists, F, Max, OuterRef, Q, QuerySet

from broadsheet.press import deriving, log
from broadsheet.press.asking import places, rows
from broadsheet.press.models import (
    Account,
    LedgerRow,
    ListMember,
    LogEntry,
    MassChange,
)
from broadsheet.press.models.ledger import ABSENT_TEXT, WEBSITE
from broadsheet.projections.lists import HOME
from broadsheet.reconciler.planning import (
    FEW_PAGES,
    changes_too_many_posts,
    withdraws_too_many_pages,
)
from broadsheet.story.records import Act

_WITHDRAWING = [Act.RETRACT.value, Act.UNPUBLISH.value, Act.EXPIRE.value, Act.ERASE.value]


class NothingToConfirm(LookupError):
    """No plan waits for confirmation."""


def is_held(*, now: datetime) -> bool:
    """Return whether the entries to come withdraw so many pages that a person must agree."""
    cursor = deriving.cursor()
    withdrawn = _pages_withdrawn_after(cursor)
    if withdrawn:
        withdrawn = _pages_withdrawn_after(max(cursor, _confirmed_up_to()))
    live = ListMember.objects.filter(list_name=HOME).count() if withdrawn else 0
    if not withdraws_too_many_pages(withdrawn, live=live):
        _drop_plan(WEBSITE, "")
        return False
    _note_plan(WEBSITE, "", found=_Found(withdrawn, live, log.length()), now=now)
    return True


def held_posts(account: Account, *, now: datetime) -> Q:
    """Return which of an account's posts must wait, since too many would change unasked."""
    out = _unconfirmed(account.surface, account.name)
    pending = out.count()
    if not changes_too_many_posts(pending):
        _drop_plan(account.surface, account.name)
        return Q(pk__in=[])
    rows = LedgerRow.objects.filter(surface=account.surface, account=account.name).count()
    _note_plan(account.surface, account.name, found=_Found(pending, rows, 0), now=now)
    return _CHANGES_WHAT_IS_OUT


class _Found(NamedTuple):
    rows: int
    of: int
    up_to_seq: int


def _confirmed_up_to() -> int:
    confirmed = MassChange.objects.filter(surface=WEBSITE, confirmed_at__isnull=False)
    return confirmed.aggregate(newest=Max("up_to_seq"))["newest"] or 0


def _pages_withdrawn_after(seq: int) -> int:
    """Return how many pages that are out now the entries after one take down; 0 if they are few."""
    found = rows(f"{_WITHDRAWALS} ({places(_WITHDRAWING)})", seq, *_WITHDRAWING)
    if found[0][0] <= FEW_PAGES:  # most acts withdraw nothing
        return 0
    pending = LogEntry.objects.filter(seq__gt=seq, act__in=_WITHDRAWING)
    back = LogEntry.objects.filter(
        kind="story",
        record_id=OuterRef("record_id"),
        seq__gt=OuterRef("seq"),
        act=Act.PUBLISH.value,
    )
    gone = pending.exclude(Exists(back)).values("record_id").distinct()
    if gone.count() <= FEW_PAGES:
        return 0
    return ListMember.objects.filter(list_name=HOME, story__in=gone).count()


def _drop_plan(surface: str, account: str) -> None:
    if rows(_PLAN, surface, account):  # a look first: this is asked each round, and deleting locks
        MassChange.objects.filter(surface=surface, account=account, confirmed_at=None).delete()


# Only stories are withdrawn. Naming the kind would lead SQLite through all of the log.
_WITHDRAWALS = "SELECT COUNT(DISTINCT record_id) FROM press_logentry WHERE seq > %s AND act IN"
_PLAN = (
    "SELECT 1 FROM press_masschange"
    " WHERE surface = %s AND account = %s AND confirmed_at IS NULL LIMIT 1"
)


def _note_plan(surface: str, account: str, *, found: _Found, now: datetime) -> None:
    MassChange.objects.update_or_create(
        surface=surface,
        account=account,
        confirmed_at=None,
        defaults=found._asdict(),
        create_defaults={**found._asdict(), "found_at": now},
    )


# In doubt, as after a restore, and to be removed: it was out when it was last known.
_MAY_BE_REMOVED = Q(live="", desired=ABSENT_TEXT) & ~Q(remote_id="")
# The first condition says nothing new, but names what the index of unequal rows holds.
_CHANGES_WHAT_IS_OUT = (
    ~Q(desired="")
    & ~Q(desired=F("live"))
    & (~Q(live__in=["", ABSENT_TEXT]) | _MAY_BE_REMOVED)
    & Q(is_confirmed=False)
)


def _unconfirmed(surface: str, account: str) -> QuerySet[LedgerRow]:
    """Return the posts that would change unasked; those parked for a person will not."""
    rows = LedgerRow.objects.filter(surface=surface, account=account, parked="")
    return rows.filter(_CHANGES_WHAT_IS_OUT)


def waiting() -> list[MassChange]:
    """Return the plans that wait for a publisher, oldest first."""
    return list(MassChange.objects.filter(confirmed_at__isnull=True).order_by("found_at"))


def confirm(plan_id: int, *, now: datetime, by: str) -> None:
    """
    Let a waiting plan go ahead.

    Raises:
        NothingToConfirm: there is no such plan, or it has been confirmed.

    """
    plan = MassChange.objects.filter(id=plan_id, confirmed_at__isnull=True).first()
    if plan is None:
        message = (
            f"no plan {plan_id} waits for confirmation; `broadsheet status` lists those that do"
        )
        raise NothingToConfirm(message)
    with transaction.atomic():
        MassChange.objects.filter(id=plan_id).update(confirmed_at=now, confirmed_by=by)
        if plan.surface != WEBSITE:
            _unconfirmed(plan.surface, plan.account).update(is_confirmed=True)
