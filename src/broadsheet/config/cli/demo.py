"""
`broadsheet demo`: fill an empty home with a small newspaper of our own.

In an empty folder the home is made first, before this module is loaded: see main.
"""

import click

from broadsheet.config.cli.acting import bring_out, now, refusals_as_messages
from broadsheet.config.sandbox_accounts import SandboxNotThere, connect_all
from broadsheet.newsroom.demo import make_demo
from broadsheet.press import log


@click.command()
def demo() -> None:
    """Fill an empty home or folder with a small newspaper: 30 short stories, sections, authors."""
    if log.length():
        message = "this home has a newspaper in it already; the demo wants an empty one"
        raise click.ClickException(message)
    try:
        accounts = connect_all(now=now())
    except SandboxNotThere as error:
        raise click.ClickException(str(error)) from error
    with refusals_as_messages():
        make_demo(now=now())
    bring_out("The demo newspaper", since=0)
    posting = f", and posts to {', '.join(accounts)} on the sandbox network" if accounts else ""
    click.echo(f"The demo newspaper is out{posting}.")
