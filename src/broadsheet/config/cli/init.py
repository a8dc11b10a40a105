"""`broadsheet init`: make a folder a newspaper's home."""

import subprocess
import sys

import click

from broadsheet.config import home


@click.command()
def init() -> None:
    """Make BROADSHEET_HOME (./var unless set) a newspaper's home: folders, key, database."""
    here = home.current()
    try:
        here.make()
    except home.NotAHome as error:
        raise click.ClickException(str(error)) from error
    prepared = subprocess.run([sys.executable, "-m", "broadsheet.config.cli.prepare"], check=False)
    if prepared.returncode != 0:
        message = "the newspaper could not be readied; the reason is above"
        raise click.ClickException(message)
    click.echo(f"{here.root} is a newspaper's home.")
