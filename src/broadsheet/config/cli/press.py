"""`broadsheet work` and `broadsheet confirm`."""

import logging
import signal
import threading

import click

from broadsheet.config.cli.acting import bring_out, now, who
from broadsheet.press import mass_change
from broadsheet.press.deriving import cursor
from broadsheet.press.ports import wiring
from broadsheet.press.worker import Worker


@click.command()
@click.option("--until-quiet", is_flag=True, help="Stop when there is nothing to do now.")
def work(*, until_quiet: bool) -> None:
    """Run the press worker: put out what the log says, on the site and on every network."""
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(message)s")
    worker = Worker(wiring())
    if until_quiet:
        done = worker.run_until_quiet()
        click.echo(
            f"{done.entries} entries, {done.rendered} objects rendered, {done.written} written, "
            f"{done.parked} parked, {done.requests} requests to networks"
        )
        return
    stopping = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stopping.set())
    worker.run(is_stopping=stopping.is_set)


@click.command()
@click.argument("plan", type=int)
def confirm(plan: int) -> None:
    """Let a plan that takes much of the paper away go ahead."""
    since = cursor()
    try:
        mass_change.confirm(plan, now=now(), by=who())
    except mass_change.NothingToConfirm as error:
        raise click.ClickException(str(error)) from error
    bring_out("The confirmation", since=since)
