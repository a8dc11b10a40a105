"""What commands that act share: who acts, refusals as messages, and waiting for the press."""

import getpass
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import click
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError

from broadsheet.config import home
from broadsheet.newsroom.commands import NotInTheNewsroom
from broadsheet.newsroom.models import Story
from broadsheet.newsroom.taken_addresses import number_in_words
from broadsheet.press import log
from broadsheet.press.actions.errors import ActRefused
from broadsheet.press.draining import Drained, drain
from broadsheet.press.ports import wiring
from broadsheet.story.records import PAPER, Settings

DRAIN_S = 60.0  # how long a command waits for its work to be out
NOT_OUT = 4  # exit status: what was asked is committed, but readers do not see all of it
NAMED = 20  # objects that are named with their reasons; a full disk parks the whole site


def now() -> datetime:
    """Return the time of the act."""
    return datetime.now(UTC)


def who() -> str:
    """Return who acts, for the log."""
    return f"{getpass.getuser()} (command line)"


def paper_zone() -> ZoneInfo:
    """Return the time zone the paper speaks in; UTC before it has settings."""
    settings = log.newest("settings", PAPER)
    return ZoneInfo(settings.time_zone if isinstance(settings, Settings) else "UTC")


def in_zone(at: datetime, zone: ZoneInfo) -> str:
    """Return a time to the minute, as a clock in the zone shows it."""
    return f"{at.astimezone(zone):%Y-%m-%d %H:%M} ({zone.key})"


@contextmanager
def refusals_as_messages() -> Iterator[None]:
    """Turn what the newsroom or the press declines into a message and exit status 1."""
    try:
        yield
    except (ActRefused, NotInTheNewsroom) as error:
        raise click.ClickException(str(error)) from error
    except ValidationError as error:
        raise click.ClickException("\n".join(_lines(error))) from error


# What the desk calls the fields that Wagtail names otherwise.
_FIELDS = {"title": "headline", NON_FIELD_ERRORS: ""}


def _lines(error: ValidationError) -> Iterator[str]:
    """Yield the complaints; a general one is of use only with the field it is about."""
    if not hasattr(error, "error_dict"):
        yield from error.messages
        return
    for field, messages in error.message_dict.items():
        name = _FIELDS.get(field, field.replace("_", " "))
        yield from (f"{name}: {message}" if name else message for message in messages)


def bring_out(what: str, *, since: int) -> None:
    """
    Put out what was committed after an entry of the log, or wait for the worker that does.

    Ends the command with NOT_OUT, and the reasons, when not all of it is out. What is
    committed stays so in any case: it goes out once what is in its way has gone.
    """
    try:
        wired = wiring()
    except home.Unusable as error:  # it became so after the press that runs, if one does, began
        click.echo(f"{what} is committed, and that is kept; it is not seen to be out:", err=True)
        click.echo(f"  {error}", err=True)
        sys.exit(NOT_OUT)
    found = drain(wired, since=since, timeout_s=DRAIN_S)
    if found.is_out:
        return
    click.echo(f"{what} is committed, and that is kept; but not all of it is out:", err=True)
    for line in _reasons(found):
        click.echo(f"  {line}", err=True)
    click.echo("`broadsheet status` says how it stands.", err=True)
    sys.exit(NOT_OUT)


def say_if_numbered(story: Story, *, since: int) -> None:
    """Say that a story first published after an entry has another address than its words make."""
    said = number_in_words(story, length_before=since)
    if said:
        click.echo(said)


def _reasons(found: Drained) -> Iterator[str]:
    """Yield what is in the way, a line each."""
    for plan in found.plans:
        yield f"it waits for plan {plan}: `broadsheet confirm {plan}` lets it go ahead"
    for stuck in found.stuck[:NAMED]:
        when = f"tried again at {stuck.retry_at:%H:%M:%S} UTC" if stuck.retry_at else ""
        yield f"{stuck.key}: {stuck.reason} ({when or 'needs a person'})"
    if len(found.stuck) > NAMED:
        yield f"and {len(found.stuck) - NAMED} more"
    if found.waiting:
        yield f"{found.waiting} objects were still to be rendered after {DRAIN_S:.0f} s"
    if not (found.is_followed or found.plans):
        yield f"the site had not followed the log after {DRAIN_S:.0f} s"
