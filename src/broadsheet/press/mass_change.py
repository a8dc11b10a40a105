"""
Stops a plan that would take much of the paper away, until a publisher confirms it.

Retracting one story is work; retracting a twentieth of the paper at once is more often
an accident, a wrong restore or a break-in. The log is not followed past such a plan.
"""

from datetime import datetime

from django.db import transaction
from django.db.models import F, QuerySet

from broadsheet.press.models import (
    Account,
    Cursor,
    LedgerRow,
    ListMember,
    LogEntry,
    MassChange,
)
from broadsheet.press.models.ledger import WEBSITE
from broadsheet.projections.lists import HOME
from broadsheet.reconciler.planning import (
    LARGEST_SHARE_OF_PAGES_WITHDRAWN_UNASKED,
    MOST_POSTS_CHANGED_UNASKED,
)
from broadsheet.story.records import Act

# A small paper takes down more than a twentieth with a single story: that is no accident.
FEW_PAGES = 20
ABSENT_TEXT = "absent"

_WITHDRAWING = [Act.RETRACT.value, Act.UNPUBLISH.value, Act.EXPIRE.value, Act.ERASE.value]


class NothingToConfirm(LookupError):
    """No plan waits for confirmation."""


def is_held(*, now: datetime) -> bool:
    """Return whether the entries to come withdraw so many pages that a person must agree."""
    cursor = Cursor.objects.filter(name="site").values_list("seq", flat=True).first() or 0
    pending = LogEntry.objects.filter(seq__gt=cursor, kind="story")
    withdrawn = pending.filter(act__in=_WITHDRAWING).values("record_id").distinct().count()
    if withdrawn <= FEW_PAGES:
        return False
    live = ListMember.objects.filter(list_name=HOME).count()
    if withdrawn <= live * LARGEST_SHARE_OF_PAGES_WITHDRAWN_UNASKED:
        return False
    newest = pending.order_by("-seq").values_list("seq", flat=True)[0]
    if MassChange.objects.filter(
        surface=WEBSITE, up_to_seq__gte=newest, confirmed_at__isnull=False
    ).exists():
        return False
    MassChange.objects.update_or_create(
        surface=WEBSITE,
        account="",
        confirmed_at=None,
        defaults={"rows": withdrawn, "of": live, "up_to_seq": newest},
        create_defaults={
            "rows": withdrawn,
            "of": live,
            "up_to_seq": newest,
            "found_at": now,
        },
    )
    return True


def account_is_held(account: Account, *, now: datetime) -> bool:
    """Return whether so many posts would be withdrawn or rewritten that a person must agree."""
    pending = _unconfirmed(account.surface, account.name).count()
    if pending <= MOST_POSTS_CHANGED_UNASKED:
        return False
    rows = LedgerRow.objects.filter(surface=account.surface, account=account.name).count()
    MassChange.objects.update_or_create(
        surface=account.surface,
        account=account.name,
        confirmed_at=None,
        defaults={"rows": pending, "of": rows},
        create_defaults={"rows": pending, "of": rows, "found_at": now},
    )
    return True


def _unconfirmed(surface: str, account: str) -> QuerySet[LedgerRow]:
    out = LedgerRow.objects.filter(surface=surface, account=account, is_confirmed=False)
    return out.exclude(live__in=["", ABSENT_TEXT]).exclude(desired=F("live"))


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
