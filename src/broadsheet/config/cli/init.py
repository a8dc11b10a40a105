"""`broadsheet init`: make a folder a newspaper's home; `broadsheet demo` begins so, too."""

import subprocess
import sys

import click

from broadsheet.config import home
from broadsheet.config.cli.prepare import EDITOR


@click.command()
def init() -> None:
    """Make BROADSHEET_HOME (./var unless set) a newspaper's home: folders, key, database."""
    make_home()


def make_home() -> None:
    """
    Make the current home and its first editor, and say how to sign in.

    Raises:
        ClickException: there is something else in the folder, or it could not be readied.

    """
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
    if here.desk_password.exists():
        click.echo(
            f"`broadsheet run` serves it. At the desk, sign in as {EDITOR}; the first password "
            f"lies in {here.desk_password}"
        )
