"""What commands that act share: who acts, refusals as messages, and waiting for the press."""

import getpass
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

import click
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError

from broadsheet.newsroom.commands import NotInTheNewsroom
from broadsheet.press.actions.errors import ActRefused
from broadsheet.press.ports import wiring
from broadsheet.press.worker import drain

DRAIN_S = 60.0  # how long a command waits for its work to be out


def now() -> datetime:
    """Return the time of the act."""
    return datetime.now(UTC)


def who() -> str:
    """Return who acts, for the log."""
    return f"{getpass.getuser()} (command line)"


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


def bring_out() -> None:
    """
    Put out what was just committed, or wait for the worker that does; say if it takes long.

    The act is committed either way: it will be out once the press works again.
    """
    if not drain(wiring(), timeout_s=DRAIN_S):
        click.echo(
            f"Committed, but not all of it was out after {DRAIN_S:.0f} s; "
            "`broadsheet status` says what is waiting and why.",
            err=True,
        )
