"""
Runs a piece of work in a process of its own, forked from one that has everything loaded.

Loading takes seconds, a fork milliseconds: so each of thousands of steps can be died at.
A child opens its own database connection; the parent has none.
"""

import json
import os
import signal
import traceback
from collections.abc import Callable, Sequence
from typing import Any, Generic, NamedTuple, TypeVar

from tests.crash.steps import stepping

Work = Callable[[], Any]
Counts = Callable[[str], bool]
T = TypeVar("T")
_HALTED = "halted before: "


class ChildFailed(RuntimeError):
    """A child ended by itself, with an error; the message is its traceback."""


class DiedElsewhere(AssertionError):
    """A child did not die by signal 9 at the step it was told to die at."""


class Halt(NamedTuple, Generic[T]):
    """A step a child halted before, and what was seen meanwhile."""

    step: str
    seen: T


class _Child(NamedTuple):
    pid: int
    hears: int  # descriptor that what the child says is read from


class _Ended(NamedTuple):
    said: str
    status: int


def in_a_fork(work: Work) -> Any:
    """
    Do the work in a child and return what it returned, as JSON carries it.

    Raises:
        ChildFailed: it raised.

    """
    ended = _fork(lambda say: say(json.dumps(work())))
    if ended.status != 0:
        raise ChildFailed(ended.said)
    return json.loads(ended.said)


def at_once(works: Sequence[Work]) -> None:
    """
    Do several pieces of work, each in a child, at the same time.

    Raises:
        ChildFailed: one or more raised; it says what each did.

    """
    children = [_start(lambda say, work=work: say(json.dumps(work()))) for work in works]
    failed = [ended.said for ended in map(_await, children) if ended.status != 0]
    if failed:
        raise ChildFailed("\n".join(failed))


def halt_at_each_step(work: Work, *, counts: Counts, look: Callable[[], T]) -> list[Halt[T]]:
    """
    Do the work in a child that halts before each step that counts, while the parent looks.

    What others see while it stands still is what a SIGKILL there would leave: what is written
    to files, and what is committed.

    Raises:
        ChildFailed: it raised.

    """
    hears, goes_on = os.pipe()

    def work_and_halt(say: Callable[[str], None]) -> None:
        os.close(goes_on)  # with the parent's end it would never hear of the parent's death

        def halt(step: str) -> None:
            if counts(step):
                say(f"{_HALTED}{step}\n")
                if not os.read(hears, 1):
                    os._exit(1)

        with stepping(halt):
            work()

    child = _start(work_and_halt)
    os.close(hears)
    halts: list[Halt[T]] = []
    failed = ""
    try:
        with os.fdopen(child.hears, encoding="utf-8") as ear:
            for line in ear:
                if line.startswith(_HALTED):
                    halts.append(Halt(line.removeprefix(_HALTED).rstrip("\n"), look()))
                    os.write(goes_on, b".")
                else:
                    failed += line
    finally:
        os.close(goes_on)
        _, status = os.waitpid(child.pid, 0)
    if status != 0:
        raise ChildFailed(failed)
    return halts


def steps_of(work: Work, *, counts: Counts) -> list[str]:
    """Return the names of the steps that count, of those the work takes undisturbed, in a child."""

    def listed() -> list[str]:
        names: list[str] = []
        with stepping(lambda name: names.append(name) if counts(name) else None):
            work()
        return names

    return list(in_a_fork(listed))


def die_at(number: int, name: str, work: Work, *, counts: Counts) -> None:
    """
    Do the work in a child that sends itself SIGKILL when step `number` (from 1) is next.

    Raises:
        DiedElsewhere: it ended otherwise, or the step has another name than it should.

    """

    def work_and_die(say: Callable[[str], None]) -> None:
        taken = 0

        def count(step: str) -> None:
            nonlocal taken
            taken += counts(step)
            if taken == number and counts(step):
                say(step)
                os.kill(os.getpid(), signal.SIGKILL)

        with stepping(count):
            work()

    ended = _fork(work_and_die)
    is_killed = os.WIFSIGNALED(ended.status) and os.WTERMSIG(ended.status) == signal.SIGKILL
    if not is_killed or ended.said != name:
        message = f"to die at step {number}, {name!r}: ended {ended.status}, said {ended.said!r}"
        raise DiedElsewhere(message)


def _fork(work: Callable[[Callable[[str], None]], None]) -> _Ended:
    return _await(_start(work))


def _start(work: Callable[[Callable[[str], None]], None]) -> _Child:
    hears, says = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(hears)
        _work_and_exit(work, says)
    os.close(says)
    return _Child(child, hears)


def _await(child: _Child) -> _Ended:
    with os.fdopen(child.hears, "rb") as ear:
        said = ear.read().decode()
    _, status = os.waitpid(child.pid, 0)
    return _Ended(said, status)


def _work_and_exit(work: Callable[[Callable[[str], None]], None], says: int) -> None:
    def say(text: str) -> None:
        data = text.encode()
        while data:
            data = data[os.write(says, data) :]

    code = 1
    try:
        work(say)
        code = 0
    except BaseException:  # noqa: BLE001  # the parent gets to hear of it, whatever it is
        say(traceback.format_exc())
    finally:
        os._exit(code)
