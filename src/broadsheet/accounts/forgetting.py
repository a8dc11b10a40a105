"""
Forgets what the sign-in log need not know any more: where people were long ago.

The audit log keeps acts for good. Sign-ins are kept for thirteen months, so that one of them
can be compared with the same one before; the throttle looks back 30 days.
"""

from datetime import datetime, timedelta

from broadsheet.accounts.models import AccessEntry

KEPT_FOR = timedelta(days=400)
AT_ONCE = 500  # entries: one short write


def forget_old(*, now: datetime) -> int:
    """Remove some of the entries that were kept for long enough; return how many, 0 for none."""
    old = AccessEntry.objects.filter(at__lt=now - KEPT_FOR).order_by("at")
    keys = list(old.values_list("pk", flat=True)[:AT_ONCE])
    if keys:
        AccessEntry.objects.filter(pk__in=keys).delete()
    return len(keys)
