"""
Runs `rebuild --check` in a process of its own, with the clock three days ahead.

Reads only the log: any other statement is refused before it reaches the database.
"""

import datetime as dt
import importlib
import json
import os
import re
import sys
import time
import warnings
from collections.abc import Callable
from typing import Any

PAUSE_S = 1.0  # before what disagrees is looked at again: a press may be at work
_AHEAD = dt.timedelta(days=3)
_REAL = dt.datetime
_REAL_DATE = dt.date
_real_time, _real_time_ns = time.time, time.time_ns
_TELLS_NOW = ("localtime", "gmtime", "ctime")  # of the time module, if they are given no time


class _AnyDatetime(type):
    """Lets a plain datetime pass for the one whose clock is ahead."""

    def __instancecheck__(cls, instance: object) -> bool:
        return isinstance(instance, _REAL)


class _AnyDate(type):
    """Lets a plain date pass for the one whose clock is ahead."""

    def __instancecheck__(cls, instance: object) -> bool:
        return isinstance(instance, _REAL_DATE)


class _Ahead(_REAL, metaclass=_AnyDatetime):
    """A datetime whose now() is three days ahead; what it makes are plain datetimes."""

    def __new__(cls, *parts: Any, **more: Any) -> _REAL:  # type: ignore[misc]  # plain ones
        """Make a plain datetime."""
        return _REAL(*parts, **more)

    @classmethod
    def now(cls, tz: dt.tzinfo | None = None) -> _REAL:  # type: ignore[override]  # plain
        """Return the time in three days."""
        return _REAL.now(tz) + _AHEAD

    @classmethod
    def today(cls) -> _REAL:  # type: ignore[override]  # plain
        """Return the local time in three days."""
        return cls.now()

    @classmethod
    def utcnow(cls) -> _REAL:  # type: ignore[override]  # plain
        """Return the time in three days, as naively as it is asked for."""
        return cls.now(dt.UTC).replace(tzinfo=None)


class _DateAhead(_REAL_DATE, metaclass=_AnyDate):
    """A date whose today() is three days ahead; what it makes are plain dates."""

    def __new__(cls, *parts: Any, **more: Any) -> _REAL_DATE:  # type: ignore[misc]  # plain ones
        """Make a plain date."""
        return _REAL_DATE(*parts, **more)

    @classmethod
    def today(cls) -> _REAL_DATE:  # type: ignore[override]  # plain
        """Return the day in three days."""
        return _Ahead.now().date()


def set_clock_ahead() -> None:
    """
    Move this process's clocks three days ahead, for whatever is imported from now on.

    Clocks that only measure, such as time.monotonic, are left alone: they tell no date.
    """
    # Modules written in C complain of the size of a datetime they do not use.
    warnings.filterwarnings("ignore", message=r"datetime\.date(time)? size changed")
    dt.datetime = _Ahead  # type: ignore[misc]  # that is the point
    dt.date = _DateAhead  # type: ignore[misc]  # the same
    time.time = lambda: _real_time() + _AHEAD.total_seconds()
    time.time_ns = lambda: _real_time_ns() + _AHEAD // dt.timedelta(microseconds=1) * 1000
    for name in _TELLS_NOW:
        setattr(time, name, _of_now_unless_told(getattr(time, name)))
    localtime = time.localtime
    strftime, asctime = time.strftime, time.asctime
    time.strftime = lambda form, parts=None, /: strftime(form, parts or localtime())
    time.asctime = lambda parts=None, /: asctime(parts or localtime())


def _of_now_unless_told(tells: Callable[[float], Any]) -> Callable[..., Any]:
    """Return what tells of the time in three days where it would tell of now."""
    return lambda seconds=None, /: tells(time.time() if seconds is None else seconds)


class NotTheLog(RuntimeError):
    """The check tried to read something other than the log."""


_LOG_ONLY = re.compile(r'(?:FROM|JOIN|INTO|UPDATE)\s+"?(\w+)', re.IGNORECASE)


def only_the_log(
    execute: Callable[..., Any],
    sql: str,
    params: Any,
    many: bool,  # noqa: FBT001  # Django's signature
    context: Any,
) -> Any:
    """Refuse every statement that touches another table than the log."""
    tables = set(_LOG_ONLY.findall(sql)) - {"press_logentry"}
    if tables:
        message = f"the check may read the log alone, not {', '.join(sorted(tables))}"
        raise NotTheLog(message)
    return execute(sql, params, many, context)


def main() -> None:
    """Compare, and print what was found as one JSON object."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "broadsheet.config.settings")
    # Versions are decoded to plain datetimes; everything else is imported with the clock ahead.
    importlib.import_module("broadsheet.story.versions")
    set_clock_ahead()
    importlib.import_module("django").setup()
    connection = importlib.import_module("django.db").connection
    wired = importlib.import_module("broadsheet.press.ports").wiring()
    rebuilding = importlib.import_module("broadsheet.press.rebuilding")
    with connection.execute_wrapper(only_the_log):
        found = rebuilding.compare(
            wired.printing, wired.store, progress=_show_progress, wait=lambda: time.sleep(PAUSE_S)
        )
    json.dump(found._asdict(), sys.stdout)


def _show_progress(count: int) -> None:
    if sys.stderr.isatty() and count % 100 == 0:
        sys.stderr.write(f"\r{count} objects compared")


if __name__ == "__main__":
    with importlib.import_module("broadsheet.config.edge").refusals_of_the_machine():
        main()
