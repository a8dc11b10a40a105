"""`broadsheet work` and `broadsheet confirm`."""

import logging
import signal
import threading
import time

import click

from broadsheet.config import home
from broadsheet.config.cli.acting import bring_out, now, who
from broadsheet.media.fetching.guarded import Fetcher
from broadsheet.press import mass_change
from broadsheet.press.deriving import cursor
from broadsheet.press.ports import wiring
from broadsheet.press.worker import Worker
from broadsheet.web import hub


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
    tell_the_hub(stopping)
    worker.run(is_stopping=stopping.is_set)


def tell_the_hub(stopping: threading.Event) -> threading.Thread:
    """Begin to tell the feeds' hub of what is out; it keeps no publication waiting."""
    here = home.current()
    teller = hub.Teller(here.site, here.hub_told, poster=Fetcher())
    following = threading.Thread(
        target=hub.Follower(teller.look).run,
        args=(stopping,),
        kwargs={"clock": time.monotonic},
        name="hub",
        daemon=True,  # an answer that is late keeps nobody from stopping
    )
    following.start()
    return following


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
