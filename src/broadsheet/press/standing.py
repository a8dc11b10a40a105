"""Says how things stand: what is live, what is waiting, what is stuck and why."""

from datetime import datetime
from typing import NamedTuple

from django.db.models import Count, F, Q

from broadsheet.press import log, mass_change
from broadsheet.press.models import (
    Account,
    Cursor,
    FoundPost,
    LedgerRow,
    ListMember,
    MassChange,
    Schedule,
)
from broadsheet.press.models.ledger import ABSENT_TEXT, WEBSITE, Lane
from broadsheet.press.posts import adopting, doubles
from broadsheet.press.posts.doubles import Double
from broadsheet.press.posts.pages_first import before_their_pages
from broadsheet.projections.lists import HOME


class Parked(NamedTuple):
    """One object that waits for a person, or for its next try."""

    surface: str
    account: str
    key: str
    reason: str
    retry_at: datetime | None  # None: waits for a person


class Posts(NamedTuple):
    """How the posts of one account stand."""

    surface: str
    account: str
    on_hold: str
    live: int
    withdrawn: int
    waiting: int
    held: int  # were never sent, and wait until their stories' pages are out
    parked: int
    doubled: int  # found standing twice since the account was connected


class Standing(NamedTuple):
    """How the whole paper stands."""

    entries: int
    derived: int  # up to which entry the site follows the log
    stories_live: int
    objects: int
    waiting: dict[str, int]  # site objects out of date, by lane
    parked: tuple[Parked, ...]
    posts: tuple[Posts, ...]
    schedules: tuple[Schedule, ...]  # soonest first
    plans: tuple[MassChange, ...]  # that wait for a publisher
    doubles: tuple[Double, ...]  # posts that stood twice, the newest first
    found: tuple[FoundPost, ...]  # posts that no row made, and no person decided on

    @property
    def is_quiet(self) -> bool:
        """Return whether nothing is left to do now."""
        waiting = any(self.waiting.values()) or any(posts.waiting for posts in self.posts)
        return self.entries == self.derived and not waiting


def standing() -> Standing:
    """Return how the paper stands now."""
    site = LedgerRow.objects.filter(surface=WEBSITE)
    dirty = site.filter(dirty_seq__isnull=False, parked="")
    by_lane = dict(dirty.values_list("lane").annotate(Count("id")).order_by("lane"))
    parked = LedgerRow.objects.exclude(parked="").order_by("surface", "account", "key")
    return Standing(
        entries=log.length(),
        derived=Cursor.objects.filter(name="site").values_list("seq", flat=True).first() or 0,
        stories_live=ListMember.objects.filter(list_name=HOME).count(),
        objects=site.exclude(live__in=["", ABSENT_TEXT]).count(),
        waiting={lane.name.lower().replace("_", "-"): by_lane.get(lane, 0) for lane in Lane},
        parked=tuple(
            Parked(row.surface, row.account, row.key, row.parked, row.due_at) for row in parked
        ),
        posts=tuple(_posts(account) for account in Account.objects.order_by("surface", "name")),
        schedules=tuple(Schedule.objects.order_by("due_at", "id")),
        plans=tuple(mass_change.waiting()),
        doubles=tuple(doubles.newest()),
        found=tuple(adopting.waiting()),
    )


def _posts(account: Account) -> Posts:
    rows = LedgerRow.objects.filter(surface=account.surface, account=account.name)
    is_wanted = ~Q(desired=F("live")) & Q(parked="")
    # Names of their own: an aggregate called like a field would hide the field from the next.
    counts = rows.aggregate(
        count_live=Count("id", filter=~Q(live="") & ~Q(live=ABSENT_TEXT)),
        count_withdrawn=Count("id", filter=Q(live=ABSENT_TEXT)),
        count_waiting=Count("id", filter=is_wanted & ~before_their_pages()),
        count_held=Count("id", filter=is_wanted & before_their_pages()),
        count_parked=Count("id", filter=~Q(parked="")),
        count_doubled=Count("id", filter=Q(doubled_at__isnull=False)),
    )
    return Posts(
        surface=account.surface,
        account=account.name,
        on_hold=account.on_hold,
        live=counts["count_live"],
        withdrawn=counts["count_withdrawn"],
        waiting=counts["count_waiting"],
        held=counts["count_held"],
        parked=counts["count_parked"],
        doubled=counts["count_doubled"],
    )
