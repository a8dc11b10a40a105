"""
`broadsheet run`: a whole newspaper with one command.

Makes and readies the home, then keeps its processes running: the site for readers, the
desk for editors, the press, and for the demo the sandbox network. Says where everything
is once it answers.
"""

import errno
import fcntl
import os
import signal
import socket
import subprocess
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager

import click
import httpx

from broadsheet.config import home
from broadsheet.config.cli import processes
from broadsheet.config.cli.children import Children, say, tied_to_this_process
from broadsheet.config.cli.deploy import RELOAD
from broadsheet.config.cli.prepare import EDITOR, EMPTY
from broadsheet.config.cli.processes import Place
from broadsheet.config.home import Home
from broadsheet.web.site import HEALTH

_ANSWERS_WITHIN_S = 90.0  # a cold start on a busy machine; two seconds on an idle one
_SIGN_IN = "/desk/login/"
_NOT_RUNNING = 503  # what the site says of a desk that does not listen


@click.command()
@click.option("--port", type=click.IntRange(1, 65_534), default=8000, show_default=True)
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--demo", is_flag=True, help="Fill an empty paper; sandbox network on port + 1.")
def run(*, port: int, host: str, demo: bool) -> None:
    """Serve the newspaper and its newsroom until stopped."""
    stopping = _stops_on_signals()
    here = home.current()
    place = Place(host, port, port + 1)
    try:
        here.make()
    except home.NotAHome as error:
        raise click.ClickException(str(error)) from error
    with _only_one(here):
        for each in (place.port, place.sandbox_port) if demo else (place.port,):
            _check_port(host, each)
        if demo:
            _run_demo(here, place, stopping)
        else:
            _run(here, place, stopping)


def _run(here: Home, place: Place, stopping: threading.Event) -> None:
    told = processes.environment(here, place)
    _prepare(told)
    with _kept_running(here) as children:
        children.start(processes.site(place, told))
        children.start(processes.desk(here, told))
        children.start(processes.press(told))
        if told.get(RELOAD):
            children.start(processes.maps(told))
        if _await_answers(place, [], children, stopping):
            _say_where(here, place)
        children.keep(stopping)


def _run_demo(here: Home, place: Place, stopping: threading.Event) -> None:
    told = processes.environment_of_demo(here, place)
    is_empty = _prepare(told) == EMPTY
    with _kept_running(here) as children:
        children.start(processes.sandbox(here, place, told))
        children.start(processes.site(place, told))
        children.start(processes.desk(here, told))
        is_answering = _await_answers(place, [place.sandbox], children, stopping)
        if is_answering and is_empty:
            _fill(told)  # before the press runs, which would log the paper's settings
        children.start(processes.press(told))
        if is_answering:
            say("run", f"Sandbox network  {place.sandbox}/")
            _say_where(here, place)
        children.keep(stopping)


@contextmanager
def _kept_running(here: Home) -> Iterator[Children]:
    """Give the newspaper's processes, and end them with the block."""
    children = Children(here.run)
    try:
        yield children
    finally:
        children.stop()


def _stops_on_signals() -> threading.Event:
    stopping = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(number, lambda *_: stopping.set())
    return stopping


@contextmanager
def _only_one(here: Home) -> Iterator[None]:
    """
    Hold the home for the block; the kernel lets go of it however this process ends.

    Raises:
        ClickException: it is running already.

    """
    here.run.mkdir(exist_ok=True)
    with (here.run / "run.lock").open("a+", encoding="ascii") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            lock.seek(0)
            message = (
                f"the newspaper in {here.root} is running already (process "
                f"{lock.read().strip() or 'unknown'}); stop that one first, or set BROADSHEET_HOME"
            )
            raise click.ClickException(message) from None
        lock.truncate(0)
        lock.write(f"{os.getpid()}\n")
        lock.flush()
        yield


def _check_port(host: str, port: int) -> None:
    """
    Make sure that nobody listens there: our servers would share the port without a word.

    Raises:
        ClickException: somebody does, or we may not.

    """
    try:
        family, kind, _, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            message = f"port {port} on {host} is in use by another program; choose with --port"
        else:
            message = f"cannot listen on {host}, port {port}: {error.strerror}"
        raise click.ClickException(message) from error


def _prepare(told: Mapping[str, str]) -> str:
    """
    Ready the home's tables, files and editor; return what was said at the end.

    Raises:
        ClickException: it could not be readied; the reason is shown.

    """
    say("run", "Readying the newspaper ...")
    prepared = subprocess.run(
        tied_to_this_process(processes.PREPARE),
        env=told,
        stdout=subprocess.PIPE,
        text=True,
        check=False,
    )
    if prepared.returncode != 0:
        message = "the newspaper could not be readied; the reason is above"
        raise click.ClickException(message)
    return prepared.stdout.strip()


def _await_answers(
    place: Place, more: Sequence[str], children: Children, stopping: threading.Event
) -> bool:
    """Return whether site, desk and those more answer; False if stopped, or not in time."""
    awaited = [place.newspaper + HEALTH, place.newspaper + _SIGN_IN, *more]
    deadline_s = time.monotonic() + _ANSWERS_WITHIN_S
    with httpx.Client(trust_env=False, timeout=5) as reader:
        while not stopping.wait(0.1) and time.monotonic() < deadline_s:
            children.look()
            if all(_answers(reader, url) for url in awaited):
                return True
    if not stopping.is_set():
        say("run", "The newspaper does not answer yet; the reason is above. Trying on.")
    return False


def _answers(reader: httpx.Client, url: str) -> bool:
    try:
        return reader.get(url).status_code != _NOT_RUNNING
    except httpx.TransportError:
        return False


def _fill(told: Mapping[str, str]) -> None:
    """Fill an empty paper with the demo's stories; a paper that cannot be filled is served."""
    say("run", "Filling the newspaper with the demo's stories ...")
    command = tied_to_this_process([*processes.BROADSHEET, "demo"])
    if subprocess.run(command, env=told, check=False).returncode != 0:
        say("run", "The demo's stories could not be made; the reason is above.")


def _say_where(here: Home, place: Place) -> None:
    say("run", f"Newspaper        {place.newspaper}/")
    say("run", f"Desk             {place.newspaper}/desk/")
    if here.desk_password.exists():
        password = here.desk_password.read_text(encoding="ascii").strip()
        say("run", f"                 sign in as {EDITOR}; first password {password}")
    if here.demo_people.exists():
        for line in here.demo_people.read_text(encoding="ascii").splitlines():
            username, password, role = line.split(" ", 2)
            say("run", f"                 or as {username}, {role}; first password {password}")
    say("run", "Stop with Ctrl-C.")
