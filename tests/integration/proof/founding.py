"""
Makes a small newspaper in the home of the environment, in a process of its own.

Run as `python -m tests.integration.proof.founding STEP`.
"""

import os
import sys

import django
from django.core.management import call_command

from broadsheet.config.home import current

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "broadsheet.config.settings")
current().make()
django.setup()

from broadsheet.press.ports import wiring  # noqa: E402  # Django must stand first
from broadsheet.press.worker import Worker  # noqa: E402
from tests.factories.press import (  # noqa: E402
    Clock,
    RememberingNewsroom,
    a_press_paper,
    publish_story,
)


def found_a_paper() -> None:
    """Make the press's tables and publish a few stories, over three months."""
    call_command("migrate", "press", verbosity=0)
    clock = Clock()
    a_press_paper(clock)
    for number in range(100, 104):
        publish_story(clock, number)
        clock.move(days=20)
    _put_out(clock)


def fix_a_typo() -> None:
    """Give one story another headline, and nothing else."""
    clock = _later()
    _put_out(clock)
    publish_story(clock, 103, headline="Another headline")
    _put_out(clock)


def write_and_go() -> None:
    """Give one story another headline, and leave it to whoever works next."""
    publish_story(_later(), 103, headline="Another headline")


def put_out() -> None:
    """Do what there is to do."""
    _put_out(_later())


def _later() -> Clock:
    clock = Clock()
    clock.move(days=90)
    return clock


def _put_out(clock: Clock) -> None:
    wired = wiring()._replace(newsroom=RememberingNewsroom())  # there are no tables for rows
    Worker(wired, owner="test", clock=clock).run_until_quiet()


STEPS = {step.__name__: step for step in (found_a_paper, fix_a_typo, write_and_go, put_out)}

if __name__ == "__main__":
    STEPS[sys.argv[1]]()
