"""
Makes the world match the log: the one loop of the press.

Each round: what falls due, then the log's new entries, then the most urgent objects,
then posts and the sizes of pictures, which a running worker has done in threads of their
own. Level-triggered: a round looks at rows, never at messages, so a lost
wake-up, a crash or a second worker costs time and nothing else. Only the holder of the
site lock moves the cursor and writes the tree; posts are claimed one by one.
"""

import math
import os
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial
from typing import NamedTuple

from broadsheet.press import (
    catching_up,
    deriving,
    generation,
    instance,
    mass_change,
    printing,
    rerendering,
    scheduling,
    search_index,
    sweeps,
)
from broadsheet.press.isolation import Failed, isolated
from broadsheet.press.orphans import OrphanSweep
from broadsheet.press.ports import Wiring
from broadsheet.press.posts import delivering
from broadsheet.press.site_lock import SiteLock
from broadsheet.press.sizes import SizeMaker
from broadsheet.press.tables import Tables
from broadsheet.press.waking import Bell

IDLE_S = 1.0  # the ledger sweep: rows are looked at this often even if nobody rings
FOLLOW_AGAIN_S = 10.0  # after an entry that could not be followed
EDGES_S = 60.0  # the edge sweep


class Round(NamedTuple):
    """What one round did."""

    acts: int = 0  # that fell due
    entries: int = 0  # taken from the log
    rendered: int = 0
    written: int = 0
    parked: int = 0
    requests: int = 0  # to networks
    pictures: int = 0  # whose sizes were made

    @property
    def did_nothing(self) -> bool:
        """Return whether there was nothing to do."""
        return not any(self)


@dataclass
class Worker:
    """One press worker."""

    wired: Wiring
    makes_first_sizes_only: bool = False  # of pictures: what pages need to show them at all
    owner: str = field(default_factory=lambda: f"{os.uname().nodename[:20]}/{os.getpid()}")
    clock: Callable[[], datetime] = field(default=lambda: datetime.now(UTC))

    def __post_init__(self) -> None:
        """Start with an empty memory and without the lock."""
        self.tables = Tables()
        self.lock = SiteLock(self.wired.run_folder / "site.lock")
        self._has_begun = False
        self._reread_after = self._rerender_after = 0
        self._orphans = OrphanSweep(self.wired.store, run_folder=self.wired.run_folder)
        self._follow_at_s = 0.0

    def run(self, *, is_stopping: Callable[[], bool]) -> None:
        """Work until told to stop; wait for the bell, at most a second, when all is quiet."""
        edges_at = 0.0
        postmen = delivering.Postmen(self.wired.networks, clock=self.clock, owner=self.owner)
        sizes = SizeMaker(self.wired.newsroom, clock=self.clock)
        with self.lock, Bell(self.wired.run_folder / "press.sock") as bell:
            while not is_stopping():
                if time.monotonic() >= edges_at:
                    self._minute()
                    edges_at = time.monotonic() + EDGES_S
                done = self._own_round()
                postmen.see_to_all()
                if self.lock.is_ours:
                    sizes.see_to_all()
                if done.did_nothing and not self._idle(bell):
                    bell.wait(IDLE_S)
            postmen.stop()
            sizes.stop()
            if self._has_begun:  # or what the last worker left has not been looked at yet
                sweeps.note_checkpoint(self.wired, now=self.clock(), is_stopping=True)

    def run_until_quiet(self, *, until_s: float = math.inf) -> Round:
        """Work until there is nothing to do now, or the monotonic clock says so; return the sum."""
        total = Round()
        self.tables.forget_all()  # others may have moved the cursor since we had the lock
        with self.lock:
            while time.monotonic() < until_s and not (done := self.round(until_s)).did_nothing:
                total = Round(*(a + b for a, b in zip(total, done, strict=True)))
        return total

    def round(self, until_s: float = math.inf) -> Round:
        """Do one round of work; posts, one after the other, once the site has nothing to do."""
        done = self._own_round()
        if not done.did_nothing:
            return done
        pictures = self._make_sizes(until_s)
        if pictures:
            return done._replace(pictures=pictures)
        requests = delivering.deliver(
            self.wired.networks,
            clock=self.clock,
            owner=self.owner,
            may_go_on=lambda: time.monotonic() < until_s,
        )
        return done._replace(requests=requests)

    def _make_sizes(self, until_s: float) -> int:
        if not self.lock.is_ours:
            return 0
        return self.wired.newsroom.make_sizes(
            now=self.clock(),
            is_first_only=self.makes_first_sizes_only,
            is_stopping=lambda: time.monotonic() >= until_s,
        )

    def _own_round(self) -> Round:
        now = self.clock()
        acts = scheduling.do_due(self.wired.newsroom, now=now, owner=self.owner)
        return self._site_round(now)._replace(acts=acts)

    def _minute(self) -> None:
        sweeps.note_pulse(self.wired.run_folder, now=self.clock())
        sweeps.mend_edges(self.wired.newsroom, now=self.clock())
        isolated(
            "telling of late stories",
            partial(self.wired.newsroom.raise_alarms, now=self.clock()),
        )
        if self._has_begun:
            sweeps.note_checkpoint(self.wired, now=self.clock(), is_stopping=False)

    def _idle(self, bell: Bell) -> int:
        """
        Do a little of what can wait, until the bell rings.

        Returns how much was done of what goes on at once: the newsroom's housekeeping, and
        filling the search, which the sweeps wait for.
        """
        if not self._has_begun:
            return 0
        filled = self._fill_search(is_stopping=bell.has_rung)
        if filled:
            return filled + self.wired.newsroom.do_chores(is_stopping=bell.has_rung)
        self._reread_after = sweeps.reread_some(
            self.wired.store, after_id=self._reread_after, is_stopping=bell.has_rung
        )
        self._rerender_after = rerendering.rerender_some(
            self.wired.printing, after_id=self._rerender_after, is_stopping=bell.has_rung
        )
        self._orphans.look_on(is_stopping=bell.has_rung)
        return self.wired.newsroom.do_chores(is_stopping=bell.has_rung)

    def _fill_search(self, *, is_stopping: Callable[[], bool]) -> int:
        """Let readers find a little more of an archive that came all at once."""
        until = deriving.cursor()
        if is_stopping() or not self.lock.is_ours or search_index.is_abreast(until):
            return 0
        fill = partial(
            search_index.catch_up, until=until, find=self.tables.record, is_stopping=is_stopping
        )
        done = isolated("filling the search", fill)
        return 0 if isinstance(done, Failed) else done

    def _site_round(self, now: datetime) -> Round:
        if not self.lock.try_to_take():
            return Round()
        if not self._has_begun:
            self._begin()
        entries = self._follow(now)
        printing.unpark_due(now=now)
        tally = printing.print_batch(self.tables, self.wired, now=now)
        return Round(0, entries, *tally)

    def _follow(self, now: datetime) -> int:
        """Take the log's next entries; one that cannot be read stops this, and nothing else."""
        if time.monotonic() < self._follow_at_s:
            return 0
        entries = isolated(
            f"following the log past {deriving.cursor()}", partial(self._derive, now)
        )
        if not isinstance(entries, Failed):
            return entries
        self.tables.forget_all()  # they may have met what was rolled back
        self._follow_at_s = time.monotonic() + FOLLOW_AGAIN_S
        return 0

    def _derive(self, now: datetime) -> int:
        if mass_change.is_held(now=now):
            return 0
        entries = deriving.derive(self.tables) or catching_up.catch_up(self.tables)
        if entries:
            instance.note_seq(self.wired.instance_file, deriving.cursor())
        return entries

    def _begin(self) -> None:
        """Trust nothing from before: another worker, or another release, may have been here."""
        self.tables.forget_all()
        self.wired.store.sweep_temporaries()
        if instance.check(self.wired.instance_file):
            sweeps.doubt_the_site()
        generation.renew(self.wired.printing)
        sweeps.after_unclean_stop(self.wired, clock=self.clock)
        self._has_begun = True
