"""
Keeps a newspaper's processes running: starts them, shows what they say, starts them again.

A process that ends is started again after a pause that grows while it keeps ending. None
outlives this one, however it ends: the kernel tells each of them (setpriv), and each
leads a process group of its own, which is ended as a whole.
"""

import os
import shutil
import signal
import subprocess
import threading
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

_FIRST_PAUSE_S = 0.5
_LONGEST_PAUSE_S = 30.0
_LASTING_S = 60.0  # a process that ran this long starts anew with the first pause
_STOPS_WITHIN_S = 10.0
_LOOKS_EVERY_S = 0.1
_SHOWN_WITHIN_S = 1.0


class Child(NamedTuple):
    """A process to be kept running."""

    name: str  # as its lines in the log begin
    command: Sequence[str]
    environment: Mapping[str, str]
    socket: Path | None = None  # what it listens on; a killed one leaves it behind


class Children:
    """The processes of one newspaper."""

    def __init__(self, folder: Path) -> None:
        """Run processes in a folder; there are none yet."""
        self._folder = folder
        self._running: list[_Running] = []

    def start(self, child: Child) -> None:
        """Start one more."""
        self._running.append(_Running(child, self._folder))
        self._running[-1].start()

    def keep(self, stopping: threading.Event) -> None:
        """Start again what ends, until told to stop."""
        while not stopping.wait(_LOOKS_EVERY_S):
            self.look()

    def look(self) -> None:
        """Start again what has ended and whose pause is over."""
        for each in self._running:
            each.look(time.monotonic())

    def stop(self) -> None:
        """End all of them: asked first, then forced. The last started is asked first."""
        for each in reversed(self._running):
            each.ask_to_stop()
        for each in reversed(self._running):
            each.stop()


class _Running:
    """One process, and how often it ended lately."""

    def __init__(self, child: Child, folder: Path) -> None:
        self._child = child
        self._folder = folder
        self._process: subprocess.Popen[str] | None = None
        self._showing: threading.Thread | None = None
        self._started_at_s = 0.0
        self._pause_s = _FIRST_PAUSE_S
        self._due_at_s = 0.0

    def start(self) -> None:
        if self._child.socket is not None:
            self._child.socket.unlink(missing_ok=True)
        self._started_at_s = time.monotonic()
        self._process = subprocess.Popen(
            tied_to_this_process(self._child.command),
            env=self._child.environment,
            cwd=self._folder,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
            start_new_session=True,
        )
        self._showing = threading.Thread(target=_show, args=(self._child.name, self._process))
        self._showing.daemon = True
        self._showing.start()

    def look(self, now_s: float) -> None:
        if self._process is None:
            if now_s >= self._due_at_s:
                self.start()
            return
        code = self._process.poll()
        if code is None:
            return
        end_group(self._process.pid, signal.SIGKILL)
        self._finish_showing()
        if now_s - self._started_at_s > _LASTING_S:
            self._pause_s = _FIRST_PAUSE_S
        say(self._child.name, f"ended ({_reason(code)}); starts again in {self._pause_s:g} s")
        self._process = None
        self._due_at_s = now_s + self._pause_s
        self._pause_s = min(2 * self._pause_s, _LONGEST_PAUSE_S)

    def ask_to_stop(self) -> None:
        if self._process is not None and self._process.poll() is None:
            self._process.terminate()

    def stop(self) -> None:
        if self._process is None:
            return
        with suppress(subprocess.TimeoutExpired):
            self._process.wait(_STOPS_WITHIN_S)
        end_group(self._process.pid, signal.SIGKILL)
        self._process.wait()
        self._finish_showing()

    def _finish_showing(self) -> None:
        """Wait until the last lines are shown; its group is gone, so the pipe ends."""
        if self._showing is not None:
            self._showing.join(_SHOWN_WITHIN_S)


def tied_to_this_process(command: Sequence[str]) -> list[str]:
    """Return the command such that the kernel asks it to end when this process is gone."""
    setpriv = shutil.which("setpriv")  # of util-linux: on every Linux, and nowhere else
    return [setpriv, "--pdeathsig", "TERM", *command] if setpriv else list(command)


def end_group(leader: int, number: signal.Signals) -> None:
    """Send a signal to a process and those it started, as far as they are still there."""
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(leader, number)


def say(name: str, line: str) -> None:
    """Show a line of a process."""
    print(f"{name:<8}| {line}", flush=True)


def _show(name: str, process: subprocess.Popen[str]) -> None:
    if process.stdout is None:
        return
    with process.stdout as lines:
        for line in lines:
            say(name, line.rstrip("\n"))


def _reason(code: int) -> str:
    return f"exit status {code}" if code >= 0 else f"by {signal.Signals(-code).name}"
