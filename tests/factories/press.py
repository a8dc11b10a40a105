"""Builds a press over a temporary folder: the real one, with a newsroom that only remembers."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, cast

import msgspec
from django.db import transaction

from broadsheet.config.printing import Printing
from broadsheet.press.actions import edit, publish
from broadsheet.press.log import newest
from broadsheet.press.models import Account
from broadsheet.press.ports import Mismatch, Networks, Store, Wiring
from broadsheet.press.worker import Worker
from broadsheet.projections.theme.loading import load_theme
from broadsheet.reconciler.ports import Surface, Traits
from broadsheet.story.ids import PictureId, StoryId
from broadsheet.story.records import Story, StoryContent
from broadsheet.story.textrule import BLUESKY, TextRule
from broadsheet.surfaces.website.store import Store as Directory
from tests.factories.story import (
    NOON,
    a_content,
    a_picture,
    a_section,
    an_author,
    an_id,
    paper_settings,
)

THEME = load_theme()


@dataclass
class RememberingNewsroom:
    """A newsroom without rows: it publishes what it is told to have, when it is told to."""

    contents: dict[StoryId, StoryContent] = field(default_factory=dict)
    gone_live: list[StoryId] = field(default_factory=list)
    mismatches: list[Mismatch] = field(default_factory=list)
    chores: int = 0

    def go_live(self, story: StoryId, *, now: datetime) -> None:
        """Publish what was remembered for a story."""
        publish.publish(story, self.contents[story], now=now, by="scheduler", significant=False)
        self.gone_live.append(story)

    def expire(self, story: StoryId, *, now: datetime) -> None:
        """Do nothing: tests of expiry act by themselves."""

    def end_rights(self, picture: PictureId, *, now: datetime) -> None:
        """Do nothing: pictures have no rows here."""

    def make_sizes(
        self, *, now: datetime, is_first_only: bool, is_stopping: Callable[[], bool]
    ) -> int:
        """Make none: pictures have no rows here."""
        return 0

    def change_front(self, change: str, *, now: datetime) -> None:
        """Do nothing: tests of fronts arrange them by themselves."""

    def edges(self, *, limit: int) -> Iterator[Mismatch]:
        """Return what a test put there."""
        return iter(self.mismatches[:limit])

    def repair(self, mismatch: Mismatch, *, now: datetime) -> None:
        """Strike it off."""
        self.mismatches.remove(mismatch)

    def raise_alarms(self, *, now: datetime) -> int:
        """Tell nobody."""
        return 0

    def do_chores(self, *, is_stopping: Callable[[], bool]) -> int:
        """Do one chore, if there are any and nobody waits."""
        if is_stopping():
            return 0
        did = min(1, self.chores)
        self.chores -= did
        return did


@dataclass
class OneNetwork:
    """Networks with one surface for every account."""

    surface_of_all: Surface
    traits_of_all: Traits

    def surface(self, account: Account) -> Surface:
        """Return the one surface."""
        return self.surface_of_all

    def traits(self, account: Account) -> Traits:
        """Return its traits."""
        return self.traits_of_all

    def rule(self, account: Account) -> TextRule:
        """Return Bluesky's rule."""
        return BLUESKY


class NoNetworks:
    """Networks for papers without accounts."""


@dataclass
class Clock:
    """A clock that stands until it is moved."""

    now: datetime = NOON

    def __call__(self) -> datetime:
        """Return the time."""
        return self.now

    def move(self, **by: float) -> None:
        """Let time pass, in the units of a timedelta."""
        self.now += timedelta(**by)


def a_wiring(folder: Path, *, networks: Networks | None = None) -> Wiring:
    """Return a wiring over a folder: real projections and store, a remembering newsroom."""
    for name in ("site", "renditions", "run"):
        (folder / name).mkdir(exist_ok=True)
    return Wiring(
        newsroom=RememberingNewsroom(),
        printing=Printing(THEME),
        store=cast("Store", Directory(folder / "site", renditions=folder / "renditions")),
        networks=networks or cast("Networks", NoNetworks()),
        run_folder=folder / "run",
        instance_file=folder / "instance.json",
    )


def a_worker(folder: Path, clock: Clock, *, networks: Networks | None = None) -> Worker:
    """Return a worker over a folder, at a clock."""
    return Worker(a_wiring(folder, networks=networks), owner="test", clock=clock)


def a_press_paper(clock: Clock) -> None:
    """Commit what every paper has: settings, two sections, an author and a picture."""
    with transaction.atomic():
        edit.edit_settings(paper_settings(), now=clock(), by="test")
        for number, slug in ((1, "world"), (11, "city")):
            edit_section(clock, number, slug=slug, position=number)
        edit_author(clock, role="City reporter")
        edit.edit_picture(msgspec.structs.replace(a_picture(), renditions=()), now=clock(), by="t")


def edit_section(clock: Clock, number: int, *, slug: str, **changes: Any) -> None:
    """Commit a section as an editor does; number gives its id, the slug its name."""
    said = {"name": slug.title(), "position": 5, "description": ""} | changes
    with transaction.atomic():
        edit.edit_section(a_section(number).id, slug=slug, now=clock(), by="test", **said)


def edit_author(clock: Clock, **changes: Any) -> None:
    """Commit the author as an editor does."""
    said = {"name": "Ada Reporter", "slug": "", "role": "", "bio": ""} | changes
    with transaction.atomic():
        edit.edit_author(an_author().id, links=(), avatar=None, now=clock(), by="test", **said)


def publish_story(clock: Clock, number: int = 100, **changes: object) -> Story:
    """Publish a story as its own transaction; number gives its id."""
    content = a_content(**({"slug": f"story-{number}", "headline": f"Story {number}"} | changes))
    with transaction.atomic():
        publish.publish(StoryId(an_id(number)), content, now=clock(), by="test", significant=False)
    return newest_story(number)


def newest_story(number: int = 100) -> Story:
    """Return a story's newest version."""
    return cast("Story", newest("story", an_id(number)))
