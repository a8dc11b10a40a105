"""`broadsheet deploy`: what a server of somebody else's needs to serve the newspaper's folder."""

import signal
import threading
import time
from pathlib import Path

import click

from broadsheet.config import home
from broadsheet.web.telling import Follower, HookFailed, look

RELOAD = "BROADSHEET_RELOAD"
_LOOKS_EVERY_S = 10.0  # so a server is told six times a minute at most


@click.group()
def deploy() -> None:
    """Help other servers to serve the newspaper's folder."""


@deploy.command()
@click.option("--site", type=click.Path(path_type=Path), help="The public tree; the home's own.")
@click.option("--into", type=click.Path(path_type=Path), help="Where maps go; the home's maps/.")
@click.option("--hook", default="", envvar=RELOAD, help="Command that has the server read them.")
@click.option("--follow", is_flag=True, help="Go on, and look again whenever something moved.")
def maps(*, site: Path | None, into: Path | None, hook: str, follow: bool) -> None:
    """
    Write where moved addresses lead, for nginx and Caddy.

    Ends with 1 if the hook failed: the maps are written, and the next run tells of them.
    """
    here = home.current()
    tree, folder = site or here.site, into or here.root / "maps"
    if not tree.is_dir():
        message = f"{tree} is no folder; set BROADSHEET_HOME, or say --site"
        raise click.ClickException(message)
    if follow:
        _follow(tree, folder, hook)
        return
    try:
        _look(tree, folder, hook)
    except (HookFailed, OSError) as error:
        raise click.ClickException(str(error)) from error


def _follow(tree: Path, folder: Path, hook: str) -> None:
    """Look until stopped; what fails is said each time it does."""
    stopping = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(number, lambda *_: stopping.set())
    follower = Follower(tree, look=lambda: _look(tree, folder, hook))
    while True:
        try:
            follower.follow(time.monotonic())
        except (HookFailed, OSError) as error:
            click.echo(f"Error: {error}", err=True)
        if stopping.wait(_LOOKS_EVERY_S):
            return


def _look(tree: Path, folder: Path, hook: str) -> None:
    looked = look(tree, folder, hook=hook)
    for marker in looked.damaged:
        click.echo(f"{marker} leads nowhere, and redirects nobody", err=True)
    for address in looked.left_out:
        click.echo(f"{address} cannot be said to one of the servers; it is left out", err=True)
    told = "; the server was told" if looked.was_told else ""
    click.echo(f"{looked.moves} moved addresses in {folder}{told}")
