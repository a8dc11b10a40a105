"""
`broadsheet status`: how things stand, for a person, in the paper's zone.

What is scheduled may be under embargo, so its headline is shown to who sits at a terminal
only: never to a file or a monitor's log.
"""

import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from zoneinfo import ZoneInfo

import click

from broadsheet.config import home
from broadsheet.config.cli.acting import in_zone, now, paper_zone
from broadsheet.newsroom.models import FrontChange, Story
from broadsheet.newsroom.models.sizes_wanted import SizesWanted
from broadsheet.press.lateness import Late, late
from broadsheet.press.orphans import noted
from broadsheet.press.standing import Parked, Standing, standing

_ORPHANS_NAMED = 20
_NAMED_OF_A_REASON = 5  # a template that fails parks every page it makes


@click.command()
@click.option("--quiet-or-fail", is_flag=True, help="Exit 1 if anything waits, is late or parked.")
def status(*, quiet_or_fail: bool) -> None:
    """Say what is live, what is waiting, and what is stuck and why."""
    found = standing()
    titles = _titles(found) if _is_read_by_a_person() else {}
    lines = _lines(found, zone=paper_zone(), titles=titles)
    overdue, pictures = late(now=now()), _picture_lines()
    orphans = _orphan_lines(noted(home.current().run))
    for line in (*_late_lines(overdue), *lines, *pictures, *orphans):
        click.echo(line)
    if quiet_or_fail and (overdue or pictures or found.parked or not found.is_quiet):
        sys.exit(1)


def _late_lines(overdue: Sequence[Late]) -> list[str]:
    zone = paper_zone()
    lines = []
    for each in overdue:
        due = in_zone(each.due_at, zone)
        line = (
            f"LATE       {each.what} of story {each.story}, due {due}: {each.reason} {each.to_do}"
        )
        lines.append((line, f"{each.what}: {each.reason}"))
    return _in_few("LATE      ", lines)


def _in_few(name: str, lines: Iterable[tuple[str, str]]) -> list[str]:
    """Return lines, given with their reasons; of each reason a few, and how many there are."""
    by_reason: dict[str, list[str]] = {}
    for line, reason in lines:
        by_reason.setdefault(reason, []).append(line)
    found = []
    for reason, alike in by_reason.items():
        found += alike[:_NAMED_OF_A_REASON]
        if len(alike) > _NAMED_OF_A_REASON:
            more = len(alike) - _NAMED_OF_A_REASON
            found.append(f"{name} and {more} more for the same reason: {reason}")
    return found


def _is_read_by_a_person() -> bool:
    return sys.stdout.isatty()


def _titles(found: Standing) -> Mapping[str, str]:
    """Return what the desk calls the stories, and fronts, that are scheduled, by id."""
    wanted = [due.story for due in found.schedules]
    stories = {str(row.uuid): row.draft_title for row in Story.objects.filter(uuid__in=wanted)}
    changes = FrontChange.objects.filter(uuid__in=wanted).select_related("front__section")
    return stories | {str(change.uuid): str(change.front) for change in changes}


def _lines(found: Standing, *, zone: ZoneInfo, titles: Mapping[str, str]) -> list[str]:
    waiting = ", ".join(f"{count} {lane}" for lane, count in found.waiting.items() if count)
    lines = [
        f"Log        {found.entries} entries, site follows to {found.derived}",
        f"Site       {found.stories_live} stories live, {found.objects} objects",
        f"Waiting    {waiting or 'nothing'}",
    ]
    for posts in found.posts:
        held = f"; ON HOLD: {posts.on_hold}" if posts.on_hold else ""
        unsent = f", {posts.held} unsent until their pages are out" if posts.held else ""
        doubles = f", {posts.doubled} doubles found" if posts.doubled else ""
        lines.append(
            f"Posts      {posts.surface}/{posts.account}: {posts.live} live, "
            f"{posts.withdrawn} withdrawn, {posts.waiting} waiting, {posts.parked} parked"
            f"{unsent}{doubles}{held}"
        )
    for due in found.schedules:
        failed = f"; failed {due.failures} times: {due.reason}" if due.failures else ""
        title = f" “{titles[due.story]}”" if due.story in titles else ""
        at = in_zone(due.due_at, zone)
        lines.append(f"Scheduled  {at} {due.act} {due.story}{title}{failed}")
    lines += [
        f"CONFIRM    plan {plan.id} withdraws {plan.rows} of {plan.of}: "
        f"`broadsheet confirm {plan.id}` lets it go ahead"
        for plan in found.plans
    ]
    lines += [
        f"Doubled    {double.surface}/{double.account} {double.key}: stood as "
        f"{' and as '.join(double.remote_ids)} on {in_zone(double.read_at, zone)}; "
        f"the first one stays"
        for double in found.doubles
    ]
    lines += [
        f"Found      {post.surface}/{post.account} {post.remote_id}, of "
        f"{in_zone(post.created_at, zone)}, leads to {post.link}: publish that story again, "
        f"or `broadsheet post withdraw-found` or `dismiss-found`"
        for post in found.found
    ]
    return [*lines, *_in_few("Parked    ", _parked_lines(found.parked, zone))]


def _parked_lines(rows: Iterable[Parked], zone: ZoneInfo) -> Iterator[tuple[str, str]]:
    for parked in rows:
        when = "needs a person"
        if parked.retry_at:
            when = f"next try {parked.retry_at.astimezone(zone):%H:%M:%S}, {zone.key}"
        place = f"{parked.surface}/{parked.account}".rstrip("/")
        yield f"Parked     {place} {parked.key}: {parked.reason} ({when})", parked.reason


def _picture_lines() -> list[str]:
    """Return the pictures no sizes can be made of, by id: their titles may be under embargo."""
    parked = SizesWanted.objects.exclude(problem="").order_by("pk")
    return [
        f"Parked     picture {uuid}: {problem} (needs a person)"
        for uuid, problem in parked.values_list("picture__uuid", "problem")
    ]


def _orphan_lines(names: Sequence[str]) -> list[str]:
    lines = [
        f"Orphaned   {name}: lies in the site, but nothing asked for it; it is left alone"
        for name in names[:_ORPHANS_NAMED]
    ]
    if len(names) > _ORPHANS_NAMED:
        lines.append(f"Orphaned   and {len(names) - _ORPHANS_NAMED} more")
    return lines
