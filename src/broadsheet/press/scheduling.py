"""
Does what falls due: schedules, embargoes, expiries, ends of rights, changes of fronts, and the news
window.

Claims one schedule at a time, so that one that fails stops no other: it is tried
again later, and stands in `broadsheet status` with its reason until it succeeds.
"""

from datetime import datetime, timedelta
from functools import partial

from django.db import transaction
from django.db.models import Case, Q, QuerySet, Value, When

from broadsheet.press import log
from broadsheet.press.asking import rows, stored
from broadsheet.press.isolation import Failed, isolated
from broadsheet.press.models import Schedule
from broadsheet.press.ports import Newsroom
from broadsheet.projections.facets import instant_text
from broadsheet.projections.lists import HOME
from broadsheet.story.ids import PictureId, StoryId
from broadsheet.story.records import PAPER, Act, NewsWindow

NEWS_FOR = timedelta(hours=48)  # Google News sitemaps: articles of the last two days
CLAIM_S = 60  # a claim outlives any publishing transaction; a crashed one is taken up after it
FIRST_RETRY_S = 10
LONGEST_RETRY_S = 600


def do_due(newsroom: Newsroom, *, now: datetime, owner: str) -> int:
    """Do everything that is due; return how many acts were done."""
    done = 0
    while (due := _claim(now, owner)) is not None:
        result = isolated(f"{due.act} of {due.story}", partial(_do, due, newsroom, now=now))
        if isinstance(result, Failed):
            _try_later(due, result, now=now)
        else:
            done += 1
    return done + _move_news_window(now)


def _do(due: Schedule, newsroom: Newsroom, *, now: datetime) -> None:
    """Act and strike it off in one transaction, so that a crash cannot do it a second time."""
    with transaction.atomic():
        mine = Schedule.objects.filter(id=due.id, lease_owner=due.lease_owner)
        if not mine.delete()[0]:
            return
        match due.act:
            case "go-live":
                newsroom.go_live(StoryId(due.story), now=now)
            case "expire":
                newsroom.expire(StoryId(due.story), now=now)
            case "rights-end":
                newsroom.end_rights(PictureId(due.story), now=now)
            case "front":
                newsroom.change_front(due.story, now=now)
            case unknown:
                message = f"the schedule says {unknown!r}, which no release of ours wrote"
                raise LookupError(message)


def next_due() -> datetime | None:
    """Return when something falls due next, None when nothing is scheduled."""
    times = Schedule.objects.order_by("due_at").values_list("due_at", flat=True)
    return times.first()


def _claim(now: datetime, owner: str) -> Schedule | None:
    # A look without the write lock first: in most rounds nothing is due.
    at = stored(now)
    if not rows(_IS_DUE, at, at, at):
        return None
    with transaction.atomic():
        due = (
            _due(now)
            .select_for_update(skip_locked=_can_skip_locked())
            .order_by("due_at", _FRONTS_LAST, "id")
            .first()
        )
        if due is not None:
            due.lease_owner, due.lease_until = owner, now + timedelta(seconds=CLAIM_S)
            due.save(update_fields=["lease_owner", "lease_until"])
        return due


def _due(now: datetime) -> QuerySet[Schedule]:
    free = Q(lease_until__isnull=True) | Q(lease_until__lte=now)
    ready = Q(retry_at__isnull=True) | Q(retry_at__lte=now)
    return Schedule.objects.filter(free, ready, due_at__lte=now)


def _can_skip_locked() -> bool:
    return bool(transaction.get_connection().features.has_select_for_update_skip_locked)


def _try_later(due: Schedule, failure: Failed, *, now: datetime) -> None:
    failures = due.failures + 1
    wait_s = min(FIRST_RETRY_S * 2 ** (failures - 1), LONGEST_RETRY_S)
    Schedule.objects.filter(id=due.id).update(
        failures=failures,
        reason=failure.reason,
        retry_at=now + timedelta(seconds=wait_s),
        lease_owner="",
        lease_until=None,
    )


def _move_news_window(now: datetime) -> int:
    """Append a new window when a story in it has become too old to be news."""
    window = log.newest("news-window", PAPER)
    opens_at = window.opens_at if isinstance(window, NewsWindow) else None
    closing = now - NEWS_FOR
    if opens_at is not None and not _has_members(opens_at, closing):
        return 0
    with transaction.atomic():
        turn = log.take_turn(now)
        fresh = NewsWindow(id=PAPER, opens_at=closing)
        log.append(fresh, turn=turn, act=Act.CLOCK, by="scheduler")
    return 1


def _has_members(low: datetime, high: datetime) -> bool:
    return bool(rows(_MEMBER_BETWEEN, HOME, instant_text(low), instant_text(high)))


# What _due says, as each round asks it.
_IS_DUE = (
    "SELECT 1 FROM press_schedule WHERE due_at <= %s"
    " AND (lease_until IS NULL OR lease_until <= %s)"
    " AND (retry_at IS NULL OR retry_at <= %s) LIMIT 1"
)
# A front may be arranged for the minute in which a story it places goes live.
_FRONTS_LAST = Case(When(act="front", then=Value(1)), default=Value(0))
_MEMBER_BETWEEN = (
    "SELECT 1 FROM press_listmember WHERE list_name = %s AND key >= %s AND key < %s LIMIT 1"
)
