"""
`broadsheet demo`: fill an empty home with a newspaper of our own.

In an empty folder the home is made first, before this module is loaded: see main.
"""

import secrets
from pathlib import Path

import click

from broadsheet.config import home
from broadsheet.config.cli.acting import bring_out, now, refusals_as_messages
from broadsheet.config.cli.prepare import write_closed
from broadsheet.config.sandbox_accounts import SandboxNotThere, connect_all
from broadsheet.newsroom.demo import make_demo
from broadsheet.newsroom.demo_people import PEOPLE, make_people
from broadsheet.press import log


@click.command()
def demo() -> None:
    """Fill an empty home or folder with a newspaper: stories in five languages, and authors."""
    if log.length():
        message = "this home has a newspaper in it already; the demo wants an empty one"
        raise click.ClickException(message)
    try:
        accounts = connect_all(now=now())
    except SandboxNotThere as error:
        raise click.ClickException(str(error)) from error
    with refusals_as_messages():
        make_demo(now=now())
        make_people(_passwords(home.current().demo_people))
    bring_out("The demo newspaper", since=0)
    posting = f", and posts to {', '.join(accounts)} on the sandbox network" if accounts else ""
    click.echo(f"The demo newspaper is out{posting}.")


def _passwords(file: Path) -> dict[str, str]:
    """Return the demo's people's passwords, written down before the first is set."""
    if not file.exists():
        lines = [
            f"{person.username} {secrets.token_urlsafe(9)} {person.role.value}" for person in PEOPLE
        ]
        write_closed(file, "\n".join(lines))
    kept = [line.split(" ", 2) for line in file.read_text(encoding="ascii").splitlines()]
    return {username: password for username, password, _ in kept}
