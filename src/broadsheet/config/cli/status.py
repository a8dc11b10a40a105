"""`broadsheet status`: how things stand, for a person."""

import sys
from collections.abc import Sequence

import click

from broadsheet.config import home
from broadsheet.press.orphans import noted
from broadsheet.press.standing import Standing, standing

_ORPHANS_NAMED = 20


@click.command()
@click.option("--quiet-or-fail", is_flag=True, help="Exit 1 unless nothing is waiting or parked.")
def status(*, quiet_or_fail: bool) -> None:
    """Say what is live, what is waiting, and what is stuck and why."""
    found = standing()
    for line in (*_lines(found), *_orphan_lines(noted(home.current().run))):
        click.echo(line)
    if quiet_or_fail and not (found.is_quiet and not found.parked):
        sys.exit(1)


def _lines(found: Standing) -> list[str]:
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
        lines.append(f"Scheduled  {due.due_at:%Y-%m-%d %H:%M} UTC {due.act} {due.story}{failed}")
    lines += [
        f"CONFIRM    plan {plan.id} withdraws {plan.rows} of {plan.of}: "
        f"`broadsheet confirm {plan.id}` lets it go ahead"
        for plan in found.plans
    ]
    lines += [
        f"Doubled    {double.surface}/{double.account} {double.key}: stood as "
        f"{' and as '.join(double.remote_ids)} on {double.read_at:%Y-%m-%d %H:%M} UTC; "
        f"the first one stays"
        for double in found.doubles
    ]
    lines += [
        f"Found      {post.surface}/{post.account} {post.remote_id}, of "
        f"{post.created_at:%Y-%m-%d %H:%M} UTC, leads to {post.link}: publish that story again, "
        f"or `broadsheet post withdraw-found` or `dismiss-found`"
        for post in found.found
    ]
    for parked in found.parked:
        when = f"next try {parked.retry_at:%H:%M:%S} UTC" if parked.retry_at else "needs a person"
        place = f"{parked.surface}/{parked.account}".rstrip("/")
        lines.append(f"Parked     {place} {parked.key}: {parked.reason} ({when})")
    return lines


def _orphan_lines(names: Sequence[str]) -> list[str]:
    lines = [
        f"Orphaned   {name}: lies in the site, but nothing asked for it; it is left alone"
        for name in names[:_ORPHANS_NAMED]
    ]
    if len(names) > _ORPHANS_NAMED:
        lines.append(f"Orphaned   and {len(names) - _ORPHANS_NAMED} more")
    return lines
