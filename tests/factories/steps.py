"""Stops at each step a piece of code takes on the file system, to look or to kill."""

import os
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

# Python's audit events for what changes a file system; each is raised before it happens.
STEPS = frozenset(
    {
        "open",
        "os.chmod",
        "os.link",
        "os.mkdir",
        "os.remove",
        "os.rename",
        "os.rmdir",
        "os.utime",
    }
)
_looks: list[Callable[[], None]] = []
_hooked: list[bool] = []


@contextmanager
def before_each_step(look: Callable[[], None]) -> Iterator[None]:
    """Call `look` before each step of the block; what it does itself is no step."""
    if not _hooked:
        sys.addaudithook(_hook)  # cannot be taken back: it does nothing between blocks
        _hooked.append(True)
    _looks.append(look)
    try:
        yield
    finally:
        _looks.clear()


def killed_at_step(number: int, act: Callable[[], None]) -> bool:
    """Run `act` in a process killed (signal 9) before its step; False if it had fewer steps."""
    child = os.fork()
    if child == 0:
        _die_at(number, act)
    _, status = os.waitpid(child, 0)
    if os.WIFSIGNALED(status):
        assert signal.SIGKILL == os.WTERMSIG(status)
        return True
    assert 0 == os.WEXITSTATUS(status)
    return False


def _die_at(number: int, act: Callable[[], None]) -> None:
    taken = 0

    def count() -> None:
        nonlocal taken
        taken += 1
        if taken == number:
            os.kill(os.getpid(), signal.SIGKILL)

    code = 1
    try:
        with before_each_step(count):
            act()
        code = 0
    finally:
        os._exit(code)


def _hook(event: str, _args: tuple[object, ...]) -> None:
    if event not in STEPS or not _looks:
        return
    look = _looks.pop()
    try:
        look()
    finally:
        _looks.append(look)
