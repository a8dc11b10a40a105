"""
Says what the press asks of the packages around it. config.wiring supplies all of it.

The press names no newsroom, no network and no theme: it is handed them, so that each
can be replaced in a test or by another paper.
"""

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import NamedTuple, Protocol, cast

from django.conf import settings
from django.utils.module_loading import import_string

from broadsheet.press.models import Account
from broadsheet.projections.facts import Facts
from broadsheet.projections.objects import Identity, Object, ObjectKey, Rendered
from broadsheet.projections.search_page import Answered, Asked
from broadsheet.reconciler.ports import Surface, Traits
from broadsheet.story.ids import PictureId, StoryId
from broadsheet.story.textrule import TextRule


class Mismatch(NamedTuple):
    """A newsroom row that differs from the newest version, or schedule, in the press."""

    kind: str
    record_id: str
    what: str  # for the log of the sweep, in words


class Newsroom(Protocol):
    """What the press asks of the editor's side."""

    def go_live(self, story: StoryId, *, now: datetime) -> None:
        """Publish a story whose time has come, in one transaction with its schedule."""
        ...

    def expire(self, story: StoryId, *, now: datetime) -> None:
        """Take down a story whose time is over, in one transaction with its schedule."""
        ...

    def end_rights(self, picture: PictureId, *, now: datetime) -> None:
        """Take a picture whose rights are over out of sight, in one transaction with that."""
        ...

    def make_sizes(
        self, *, now: datetime, is_first_only: bool, is_stopping: Callable[[], bool]
    ) -> int:
        """
        Make what is wanted of pictures' sizes, the most urgent first, until told to stop.

        Takes seconds a picture, outside any transaction. First only: just what pages need to
        show a picture at all. Returns how many times a picture was worked on.
        """
        ...

    def change_front(self, change: str, *, now: datetime) -> None:
        """Arrange a front as was scheduled, in one transaction with its schedule."""
        ...

    def edges(self, *, limit: int) -> Iterator[Mismatch]:
        """Return rows whose edge was lost (a queryset update, another tool's write)."""
        ...

    def repair(self, mismatch: Mismatch, *, now: datetime) -> None:
        """Commit the version or schedule a mismatch lacks."""
        ...

    def raise_alarms(self, *, now: datetime) -> int:
        """Tell people of stories that are late and they were not told of; return how many."""
        ...

    def do_chores(self, *, is_stopping: Callable[[], bool]) -> int:
        """
        Do a little of the housekeeping that waits, no publishing work, until told to stop.

        Returns how much of it was done.
        """
        ...


class Press(Protocol):
    """What renders objects: projections with a theme."""

    @property
    def generation(self) -> str:
        """Return a text that changes when every object must be rendered again."""
        ...

    @property
    def objects(self) -> Sequence[Object]:
        """Return what the theme itself calls for."""
        ...

    def render(self, obj: Object, facts: Facts) -> Rendered:
        """Render one object; afterwards facts holds what was read, also if it failed."""
        ...

    def answer_search(self, asked: Asked, answered: Answered, facts: Facts) -> bytes:
        """Return the page that answers what a reader searched for."""
        ...

    def refuse_search(self, asked: Asked, facts: Facts) -> bytes:
        """Return the page for a reader whose question cannot be answered now."""
        ...


class Store(Protocol):
    """The public tree. Every call is atomic for readers, and harmless to repeat."""

    def put(self, key: ObjectKey, rendered: Rendered) -> None:
        """Make readers of this key get this."""
        ...

    def read(self, key: ObjectKey) -> Identity:
        """Return the identity of what readers of this key get now, siblings checked."""
        ...

    def folders(self) -> Iterator[tuple[frozenset[ObjectKey], Sequence[str]]]:
        """Return, folder by folder, which keys the tree has files of, and files of no key."""
        ...

    def sweep_temporaries(self) -> int:
        """Remove what killed writers left; return how many files. Nobody may be writing."""
        ...


class Networks(Protocol):
    """The networks this release knows, by name."""

    def surface(self, account: Account) -> Surface:
        """Return the surface that posts as an account."""
        ...

    def traits(self, account: Account) -> Traits:
        """Return what the reconciler must know of an account's network."""
        ...

    def rule(self, account: Account) -> TextRule:
        """Return the rule an account's posts are fitted by."""
        ...


class Wiring(NamedTuple):
    """Everything the press is handed."""

    newsroom: Newsroom
    printing: Press
    store: Store
    networks: Networks
    run_folder: Path  # locks and sockets
    instance_file: Path


def wiring() -> Wiring:
    """Return what this process was wired with (settings.BROADSHEET_WIRING names it)."""
    supply = import_string(settings.BROADSHEET_WIRING)
    return cast("Wiring", supply())
