"""`broadsheet post`: what is out on networks, and what a person knows better."""

from collections.abc import Iterator
from contextlib import contextmanager

import click

from broadsheet.config.cli.acting import bring_out, now, who
from broadsheet.press import log
from broadsheet.press.models import FoundPost, LedgerRow
from broadsheet.press.models.ledger import WEBSITE
from broadsheet.press.posts import adopting, looking


@click.group()
def post() -> None:
    """List posts on networks; have parked ones tried again, or say what is out there."""


@post.command("list")
@click.option("--parked", is_flag=True, help="Only those that wait for a person.")
def list_posts(*, parked: bool) -> None:
    """List posts: account, key, how it stands."""
    rows = LedgerRow.objects.exclude(surface=WEBSITE).order_by("surface", "account", "id")
    if parked:
        rows = rows.exclude(parked="")
    for row in rows.iterator():
        click.echo(f"{row.surface}/{row.account}  {row.key}  {_standing(row)}")


@post.command()
@click.argument("account")
@click.argument("key")
def retry(*, account: str, key: str) -> None:
    """Have a parked post tried again. ACCOUNT is network/name, as `status` shows it."""
    with _told_why_not():
        looking.try_again(_row(account, key), now=now())
    bring_out("What you said", since=log.length())


@post.command("retry-all")
def retry_all() -> None:
    """Have every parked post tried again that says something."""
    rows = list(LedgerRow.objects.exclude(surface=WEBSITE).exclude(parked="").exclude(desired=""))
    for row in rows:
        looking.try_again(row, now=now())
    click.echo(f"{len(rows)} posts are tried again.")
    bring_out("What you said", since=log.length())


@post.command("is-there")
@click.argument("account")
@click.argument("key")
@click.argument("remote_id")
def is_there(*, account: str, key: str, remote_id: str) -> None:
    """Say that you saw the post on the network, under REMOTE_ID."""
    with _told_why_not():
        looking.is_out_there(_row(account, key), remote_id=remote_id, now=now(), by=who())
    bring_out("What you said", since=log.length())


@post.command("is-not-there")
@click.argument("account")
@click.argument("key")
def is_not_there(*, account: str, key: str) -> None:
    """Say that you looked, and the post is not on the network."""
    with _told_why_not():
        looking.is_not_there(_row(account, key), now=now(), by=who())
    bring_out("What you said", since=log.length())


@post.command("withdraw-found")
@click.argument("account")
@click.argument("remote_id")
def withdraw_found(*, account: str, remote_id: str) -> None:
    """Remove a post that was found on the network and that no story has."""
    adopting.withdraw(_found(account, remote_id))
    bring_out("What you said", since=log.length())


@post.command("dismiss-found")
@click.argument("account")
@click.argument("remote_id")
def dismiss_found(*, account: str, remote_id: str) -> None:
    """Leave a post that was found on the network as it is; it is listed no more."""
    adopting.dismiss(_found(account, remote_id))


def _found(account: str, remote_id: str) -> FoundPost:
    try:
        return adopting.find_waiting(account, remote_id)
    except adopting.NothingFound as error:
        raise click.ClickException(str(error)) from error


def _row(account: str, key: str) -> LedgerRow:
    try:
        return looking.find_post(account, key)
    except looking.NoSuchPost as error:
        raise click.ClickException(str(error)) from error


@contextmanager
def _told_why_not() -> Iterator[None]:
    try:
        yield
    except looking.NotPossibleNow as error:
        raise click.ClickException(str(error)) from error


def _standing(row: LedgerRow) -> str:
    if row.parked:
        return f"parked: {row.parked}"
    if row.live == row.desired:
        return "withdrawn" if row.live == "absent" else f"live as {row.remote_id}"
    return "to be withdrawn" if row.desired == "absent" else "waiting"
