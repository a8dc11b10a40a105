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
    subprocess.run([sys.executable, "-m", "broadsheet.config.cli.prepare"], check=True)
    click.echo(f"{here.root} is a newspaper's home.")
