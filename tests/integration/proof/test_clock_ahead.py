"""The check's process is three days ahead by every clock a program can ask for the date."""

import json
import subprocess
import sys
from datetime import UTC, datetime, timedelta

import pytest

ASKS = {
    "datetime.now": "dt.datetime.now().timestamp()",
    "datetime.now of a zone": "dt.datetime.now(dt.timezone.utc).timestamp()",
    "datetime.today": "dt.datetime.today().timestamp()",
    "datetime.utcnow": "dt.datetime.utcnow().replace(tzinfo=dt.timezone.utc).timestamp()",
    "date.today": "dt.datetime(*dt.date.today().timetuple()[:3], 12).timestamp()",
    "time.time": "time.time()",
    "time.time_ns": "time.time_ns() / 1e9",
    "time.localtime": "time.mktime(time.localtime())",
    "time.gmtime": "calendar.timegm(time.gmtime())",
    "time.ctime": "time.mktime(time.strptime(time.ctime()))",
    "time.asctime": "time.mktime(time.strptime(time.asctime()))",
    "time.strftime": "time.mktime(time.strptime(time.strftime('%c'), '%c'))",
}
TOLD = {
    "of a date": "str(dt.date(2026, 1, 2))",
    "of an instant": "time.strftime('%Y', time.gmtime(0))",
    "kinds": "[isinstance(dt.datetime.now(), dt.date), isinstance(dt.date.today(), dt.date)]",
}


def answers(*, is_ahead: bool) -> dict[str, object]:
    """Return what a process of its own is told, with its clock set ahead or not."""
    ahead = "from broadsheet.config.elsewhere import set_clock_ahead; set_clock_ahead()"
    lines = ["import calendar, json, time", ahead if is_ahead else "", "import datetime as dt"]
    told = ", ".join(f"{name!r}: {asks}" for name, asks in (ASKS | TOLD).items())
    done = subprocess.run(
        [sys.executable, "-c", "\n".join([*lines, f"print(json.dumps({{{told}}}))"])],
        capture_output=True,
        text=True,
        check=True,
    )
    return dict(json.loads(done.stdout))


@pytest.fixture(scope="module")
def ahead() -> dict[str, object]:
    """Give what a process with its clock ahead is told."""
    return answers(is_ahead=True)


@pytest.mark.parametrize("name", ASKS)
def test_every_clock_is_ahead(ahead, name):
    """Whatever tells the date tells that of three days on, give or take the day's own length."""
    told = datetime.fromtimestamp(float(ahead[name]), UTC) - datetime.now(UTC)

    assert timedelta(days=2) < told < timedelta(days=4)


def test_what_is_told_a_time_keeps_it(ahead):
    """Dates that are made, and times that are given, are what they are."""
    assert ("2026-01-02", "1970", [True, True]) == tuple(ahead[name] for name in TOLD)


def test_clock_of_the_machine_would_be_found():
    """The broken twin: in a process whose clocks were not set, every one of them is behind."""
    now = datetime.now(UTC)

    real = answers(is_ahead=False)
    told = {name: datetime.fromtimestamp(float(real[name]), UTC) for name in ASKS}

    assert {name for name, at in told.items() if at - now < timedelta(days=2)} == set(ASKS)
