"""
Stops a plan that would take much of the paper away, until a publisher confirms it.

Retracting one story is work; retracting a twentieth of the paper at once is more often
an accident, a wrong restore or a break-in. The log is not followed past such a plan.
"""

from datetime import datetime

from broadsheet.press.models import Cursor, ListMember, LogEntry, MassChange
from broadsheet.press.models.ledger import WEBSITE
from broadsheet.projections.lists import HOME
from broadsheet.story.records import Act

# Source: shared design: more than 20 posts, or more than 5 % of the pages. Small papers take
# down more than 5 % with a single story, so the count must be above the first number too.
FEW = 20
SHARE = 0.05

_WITHDRAWING = [Act.RETRACT.value, Act.UNPUBLISH.value, Act.EXPIRE.value, Act.ERASE.value]


class NothingToConfirm(LookupError):
    """No plan waits for confirmation."""


def is_held(*, now: datetime) -> bool:
    """Return whether the entries to come withdraw so many pages that a person must agree."""
    cursor = Cursor.objects.filter(name="site").values_list("seq", flat=True).first() or 0
    pending = LogEntry.objects.filter(seq__gt=cursor, kind="story")
    withdrawn = pending.filter(act__in=_WITHDRAWING).values("record_id").distinct().count()
    if withdrawn <= FEW:
        return False
    live = ListMember.objects.filter(list_name=HOME).count()
    if withdrawn <= live * SHARE:
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


def waiting() -> list[MassChange]:
    """Return the plans that wait for a publisher, oldest first."""
    return list(MassChange.objects.filter(confirmed_at__isnull=True).order_by("found_at"))


def confirm(plan_id: int, *, now: datetime, by: str) -> None:
    """
    Let a waiting plan go ahead.

    Raises:
        NothingToConfirm: there is no such plan, or it has been confirmed.

    """
    plans = MassChange.objects.filter(id=plan_id, confirmed_at__isnull=True)
    if not plans.update(confirmed_at=now, confirmed_by=by):
        message = (
            f"no plan {plan_id} waits for confirmation; `broadsheet status` lists those that do"
        )
        raise NothingToConfirm(message)
