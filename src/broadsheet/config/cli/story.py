"""`broadsheet story`: the editor's acts, without the desk."""

from collections.abc import Callable
from datetime import datetime
from functools import partial

import click

from broadsheet.config.cli.acting import (
    bring_out,
    in_zone,
    paper_zone,
    refusals_as_messages,
    say_if_numbered,
    who,
)
from broadsheet.newsroom import commands
from broadsheet.newsroom.models import Story
from broadsheet.press import log
from broadsheet.press.models import Schedule
from broadsheet.story.records import CorrectionKind
from broadsheet.story.records import Story as StoryRecord


@click.group()
def story() -> None:
    """Publish, correct, retract ... a story, named by its id, address or slug."""


@story.command("list")
@click.option("--limit", type=click.IntRange(1), default=20, show_default=True)
def list_stories(*, limit: int) -> None:
    """List the newest stories: id, state, address or draft, headline."""
    rows = list(Story.objects.order_by("-pk")[:limit])
    if not rows:
        click.echo("No stories yet; write one at the desk, or take copy in.")
    for row in rows:
        version = log.newest("story", str(row.uuid))
        state, place = "draft", "-"
        if isinstance(version, StoryRecord):
            state, place = version.state.value, version.address
        click.echo(f"{row.uuid}  {state:<11}  {place}  {row.title}")


@story.command()
@click.argument("ref")
def publish(*, ref: str) -> None:
    """Publish what was saved last of a story."""
    since = log.length()
    row = _brought_out(partial(commands.publish_story, ref, by=who()))
    due = Schedule.objects.filter(story=str(row.uuid), act="go-live").first()
    _say(
        row, "is published" if due is None else f"goes live at {in_zone(due.due_at, paper_zone())}"
    )
    say_if_numbered(row, since=since)


@story.command()
@click.argument("ref")
@click.option("--note", required=True, help="What readers are told.")
@click.option(
    "--kind",
    type=click.Choice([kind.value for kind in CorrectionKind]),
    default=CorrectionKind.CORRECTION.value,
    show_default=True,
)
@click.option("--replace", "pairs", nargs=2, multiple=True, metavar="OLD NEW", help="Words.")
@click.option(
    "--significant", is_flag=True, help="Move the date of update; without it, no date moves."
)
def correct(
    *, ref: str, note: str, kind: str, pairs: tuple[tuple[str, str], ...], significant: bool
) -> None:
    """Change words of a live story, and tell readers so, in one version."""
    correct_it = partial(
        commands.correct_story,
        ref,
        text=note,
        kind=CorrectionKind(kind),
        significant=significant,
        replace=pairs,
        by=who(),
    )
    _do("is corrected", correct_it)


@story.command()
@click.argument("ref")
@click.option("--reason", required=True, help="Readers will see it in the story's place.")
def retract(*, ref: str, reason: str) -> None:
    """Withdraw a story for good: a tombstone with the reason, and every post removed."""
    _do("is retracted", partial(commands.retract_story, ref, reason=reason, by=who()))


@story.command()
@click.argument("ref")
def unpublish(*, ref: str) -> None:
    """Take a live story down to fix it; posts stay as they are."""
    _do("is taken down to be fixed", partial(commands.unpublish_story, ref, by=who()))


@story.command()
@click.argument("ref")
@click.argument("at", type=click.DateTime(["%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M"]))
def schedule(*, ref: str, at: datetime) -> None:
    """Have a story published at a time, in the paper's zone: 2026-11-23T06:00."""
    with refusals_as_messages():
        row = commands.schedule_story(ref, at=at.replace(tzinfo=paper_zone()), by=who())
    # An embargo may hold it longer than was asked for.
    due = Schedule.objects.get(story=str(row.uuid), act="go-live")
    click.echo(f"“{row.title}” will be published {in_zone(due.due_at, paper_zone())}.")


@story.command("change-address")
@click.argument("ref")
@click.argument("words")
def change_address(*, ref: str, words: str) -> None:
    """Give a story another address; the old ones lead to it."""
    _do("has moved", partial(commands.change_address, ref, words=words, by=who()))


@story.command()
@click.argument("ref")
@click.option("--reason", required=True, help="Stands in the story's place.")
@click.confirmation_option(prompt="This removes the story's words from the log, for ever. Erase?")
def erase(*, ref: str, reason: str) -> None:
    """Remove a story's words from everywhere, because the law asks."""
    erase_it = partial(commands.erase_story, ref, reason=reason, by=who())
    _do("is erased: from the newsroom, the log and the site", erase_it)


def _do(what: str, act: Callable[[], Story]) -> None:
    """Carry out an act and bring it out; say so, or that it is committed but not out."""
    _say(_brought_out(act), what)


def _brought_out(act: Callable[[], Story]) -> Story:
    since: int = log.length()
    with refusals_as_messages():
        row = act()
    # An act that changed nothing appends nothing; what it stands for must be out all the same.
    # A story that only has a schedule stands for nothing yet.
    newest = log.newest_seq("story", str(row.uuid))
    bring_out(f"Story {row.uuid}", since=min(since, newest - 1) if newest else since)
    return row


def _say(row: Story, what: str) -> None:
    version = log.newest("story", str(row.uuid))
    place = f" {version.address}" if isinstance(version, StoryRecord) else ""
    click.echo(f"{row.uuid} {what}.{place}")
