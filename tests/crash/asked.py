"""What a test can ask of the zygote."""

import tempfile
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection, connections

from broadsheet.config import home
from tests.crash.acts import PATHS
from tests.crash.clock import CLOCK, NOON
from tests.crash.forks import in_a_fork
from tests.crash.keeping import Database, Keeping, Postgres, Sqlite
from tests.crash.killing import Killing, kill_at_every_step
from tests.crash.paper import connect_account, run, work, write_paper
from tests.crash.posting import Network, Posting
from tests.crash.twins import TWINS
from tests.crash.writers import interleave_two
from tests.crash.writers import write_at_once as writers_at_once


class Requests:
    """The newspaper of this process, and what is done to it."""

    def __init__(self) -> None:
        """Write the newspaper, and keep its states."""
        here = home.current()
        self._name = connection.vendor
        self._folder = here.root.parent / "kept"
        self._folder.mkdir()
        self._keeping = Keeping(here, _database(self._folder), folder=self._folder)
        write_paper()
        connections.close_all()
        self._keeping.keep("written")
        work()
        connections.close_all()
        self._keeping.keep("quiet")
        self._warm_up()

    def kill_publishing(self, path: str, twin: str = "") -> dict[str, Any]:
        """Kill an act at every step."""
        how = PATHS[path]
        start = "quiet" if how.before is None else self._kept_after(f"before_{path}", how.before)
        return self._kill(
            Killing(start, how.act, how.by_a_person, at=how.at, mends=how.mends), twin
        )

    def kill_bringing_out(self, path: str, *, in_the_tree: bool, twin: str = "") -> dict[str, Any]:
        """Kill the press at every step of bringing an act out, writing pages or not counted."""
        start = self._kept_after(f"after_{path}", PATHS[path].act)
        return self._kill(
            Killing(start, work, False, counts=_counting(in_the_tree=in_the_tree)), twin
        )

    def kill_running(self, path: str) -> dict[str, Any]:
        """Kill a press that runs at every step of bringing an act out, and of its idle work."""
        start = self._kept_after(f"after_{path}", PATHS[path].act)
        return self._kill(Killing(start, run, False, counts=_counting(in_the_tree=False)), "")

    def kill_first_run(self) -> dict[str, Any]:
        """Kill the press at every step, but those of writing pages, of its very first work."""
        counts = _counting(in_the_tree=False)
        start = self._kept_after("connected", connect_account, start="written")
        return self._kill(Killing(start, work, by_a_person=False, counts=counts), "")

    def kill_posting(
        self, exactness: str, act: str, network: list[str], twin: str = ""
    ) -> dict[str, Any]:
        """Kill the press at every step of posting to accounts of a class."""
        of = f"{self._name}-{len(twin)}"
        posting = Posting(exactness, Network(*network), self._keeping, of=of)
        return posting.kill_at_every_step(act, plant=TWINS[twin] if twin else None)._asdict()

    def write_at_once(self, writers: int, stories: int, slowest_s: float) -> list[str]:
        """Have several processes publish at once."""
        self._bring_back_noon()
        return writers_at_once(writers, stories, slowest_s=slowest_s)

    def interleave_two(self, twin: str = "") -> list[str]:
        """Have two processes publish, the second while the first is about to commit."""
        self._bring_back_noon()
        folder = Path(tempfile.mkdtemp(dir=self._folder))
        return interleave_two(folder, twin)

    def _bring_back_noon(self) -> None:
        """Bring back the quiet paper, and the time it was written at: posting moves the clock."""
        self._keeping.bring_back("quiet")
        CLOCK.now = NOON

    def _kept_after(self, name: str, act: Callable[[], object], *, start: str = "quiet") -> str:
        if name not in self._keeping:
            self._keeping.bring_back(start)
            CLOCK.now = NOON
            in_a_fork(lambda: act() and None)
            self._keeping.keep(name)
        return name

    def _kill(self, killing: Killing, twin: str) -> dict[str, Any]:
        if twin:
            planted = partial(TWINS[twin], killing.act)
            killing = killing._replace(act=planted, until_broken=True)
        return kill_at_every_step(killing, self._keeping)._asdict()

    def _warm_up(self) -> None:
        """Do every act once here, so that each fork finds all code loaded and caches filled."""
        for path in ("desk-publishes", "command-corrects"):
            PATHS[path].act()
        work()
        connections.close_all()
        self._keeping.bring_back("quiet")


def _database(folder: Path) -> Database:
    named = settings.DATABASES["default"]
    if named["ENGINE"].endswith("sqlite3"):
        return Sqlite(Path(named["NAME"]), folder=folder)
    return Postgres(f"postgresql://{named['USER']}@{named['HOST']}:{named['PORT']}/{named['NAME']}")


def _counting(*, in_the_tree: bool) -> Callable[[str], bool]:
    return lambda step: in_the_tree or " site/" not in step
