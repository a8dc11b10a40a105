"""`broadsheet demo`: fill an empty home with a small newspaper of our own."""

import click

from broadsheet.config.cli.acting import bring_out, now, refusals_as_messages
from broadsheet.newsroom.demo import make_demo
from broadsheet.press import log


@click.command()
def demo() -> None:
    """Fill an empty home with a small newspaper: 30 short stories, sections, authors."""
    if log.length():
        message = "this home has a newspaper in it already; the demo wants an empty one"
        raise click.ClickException(message)
    with refusals_as_messages():
        make_demo(now=now())
    bring_out()
    click.echo("The demo newspaper is out.")
