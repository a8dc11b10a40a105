"""`broadsheet account`: connect accounts on networks, and release them from hold."""

import click

from broadsheet.config.cli.acting import now, who
from broadsheet.config.tokens import sealed
from broadsheet.press.models import Account
from broadsheet.press.ports import wiring
from broadsheet.press.posts import adopting, releasing
from broadsheet.reconciler.ports import Exactness
from broadsheet.surfaces.sandbox.rules import NETWORKS


@click.group()
def account() -> None:
    """Connect accounts on networks; a new account starts empty."""


@account.command("add")
@click.argument("name")
@click.option("--network", "surface", type=click.Choice(["sandbox"]), default="sandbox")
@click.option("--rules", type=click.Choice(sorted(NETWORKS)), required=True)
@click.option(
    "--class",
    "exactness",
    type=click.Choice([exactness.value for exactness in Exactness]),
    default=Exactness.NATURAL_ID.value,
    help="What the network offers against doubling.",
)
@click.option("--base-url", required=True, help="Where the network's API is.")
@click.option("--token", prompt=True, hide_input=True)
def add(*, name: str, surface: str, rules: str, exactness: str, base_url: str, token: str) -> None:
    """Connect an account. Stories published from now on go to it."""
    settings = {"base_url": base_url.rstrip("/"), "rules": rules, "class": exactness}
    _, is_new = Account.objects.update_or_create(
        surface=surface,
        name=name,
        defaults={"settings": settings, "secret": sealed(token)},
        create_defaults={"settings": settings, "secret": sealed(token), "added_at": now()},
    )
    click.echo(f"{surface}/{name} is {'connected' if is_new else 'updated'}.")


@account.command("list")
def list_accounts() -> None:
    """List the accounts."""
    accounts = list(Account.objects.order_by("surface", "name"))
    if not accounts:
        click.echo("No accounts yet; `broadsheet account add --help` says how to connect one.")
    for each in accounts:
        held = f"on hold: {each.on_hold}" if each.on_hold else "working"
        settings = each.settings
        kind = f"{settings['rules']} rules, class {settings['class']}"
        click.echo(f"{each.surface}/{each.name}  {kind}, {held}{_found(each)}")


@account.command("release")
@click.argument("name")
@click.option("--network", "surface", default="sandbox")
@click.option(
    "--without-list",
    is_flag=True,
    help="Do not list what is out there: you have looked yourself. Needed for class E.",
)
def release(*, name: str, surface: str, without_list: bool) -> None:
    """Let a held account post again, after listing what is out there."""
    held = Account.objects.filter(surface=surface, name=name).first()
    if held is None:
        message = f"there is no account {surface}/{name}; `broadsheet account list` lists them"
        raise click.ClickException(message)
    if not held.on_hold:
        message = f"{surface}/{name} is not on hold; `broadsheet account list` shows which are"
        raise click.ClickException(message)
    try:
        released = releasing.release(
            held, wiring().networks, now=now(), by=who(), is_unlisted=without_list
        )
    except releasing.NotListed as error:
        message = (
            f"{surface}/{name} stays on hold: what it has posted could not all be read "
            f"({error}). Try again; or look at its timeline yourself, and say --without-list: a "
            f"story published again then gets a second post if its first is not in the ledger."
        )
        raise click.ClickException(message) from error
    click.echo(
        f"{surface}/{name} works again; {released.doubted} posts are looked for before anything "
        f"else.{_found(held)}"
    )


def _found(account: Account) -> str:
    waiting = adopting.waiting().filter(surface=account.surface, account=account.name).count()
    return f"; {waiting} found that no story has: see `broadsheet status`" if waiting else ""
