"""
Reads the promises off a newspaper: what must hold right after a death, and after recovery.

Written against rows and files, not against the code that keeps them.
"""

import hashlib
import json
from typing import Any

from broadsheet.config import home
from broadsheet.newsroom.adapter import WagtailNewsroom
from broadsheet.newsroom.models import LiveMark, SectionPage, Story
from broadsheet.press import log, rebuilding
from broadsheet.press.models import (
    Account,
    Counter,
    Current,
    Cursor,
    FactRead,
    LedgerRow,
    ListMember,
    ListPeriod,
    LogEntry,
    Schedule,
    WindowRead,
)
from broadsheet.press.ports import wiring
from broadsheet.story import records
from broadsheet.story.records import StoryState
from tests.crash.clock import CLOCK
from tests.crash.keeping import HALF_WRITTEN, files_in
from tests.crash.paper import work

# By the ids that go with a record: numbers of rows that a death used up are not used again.
_MARKED = ("story__uuid", "section__uuid", "author__uuid", "picture__uuid")


def broken_intent() -> list[str]:
    """Say where rows, log and schedule disagree. They may not for a moment, dead or alive."""
    seqs = list(LogEntry.objects.order_by("seq").values_list("seq", flat=True))
    counted = Counter.objects.values_list("value", flat=True).first() or 0
    broken = []
    if seqs != list(range(1, counted + 1)):
        broken.append(f"the log has entries {seqs}, the counter says {counted}")
    for story in Story.objects.order_by("pk"):
        broken += _broken_story(story)
    broken += [str(tuple(lost)) for lost in WagtailNewsroom().edges(limit=100)]
    return broken


def broken_world() -> list[str]:
    """Say what is not as the log wants it, once the press has worked until it was quiet."""
    wired = wiring()
    broken = broken_intent()
    found = rebuilding.compare(wired.printing, wired.store, progress=lambda _: None)
    if not found.agrees:
        broken.append(f"other than a rebuild: {found}")
    if Cursor.objects.get(name="site").seq != log.length():
        broken.append("the cursor is not at the log's end")
    unrested = LedgerRow.objects.exclude(parked="", lease_owner="", dirty_seq=None)
    broken += [f"not at rest: {row.surface} {row.key} {row.parked}" for row in unrested]
    overdue = Schedule.objects.filter(due_at__lte=CLOCK())
    broken += [f"overdue: {row.act} of {row.story} {row.reason}" for row in overdue]
    broken += [f"on hold: {a.name}: {a.on_hold}" for a in Account.objects.exclude(on_hold="")]
    if (HALF_WRITTEN, "") in files_in(home.current().root, "site"):
        broken.append("half-written files are left")
    again = work()
    if not again.did_nothing:
        broken.append(f"not quiet: {again}")
    return broken


def world() -> str:
    """Return all that rows, log, ledger and files say, but for dates and numbers of rows."""
    told: list[Any] = [
        sorted(map(repr, rows))
        for rows in (
            LogEntry.objects.values_list("seq", "act", "kind", "record_id", "by"),
            (bytes(version) for (version,) in LogEntry.objects.values_list("version")),
            Story.objects.values_list("uuid", "title", "live", "expired", "withdrawn"),
            SectionPage.objects.values_list("uuid", "title", "slug"),
            LiveMark.objects.values_list(*_MARKED, "is_live"),
            Schedule.objects.values_list("story", "act", "due_at", "lease_owner", "reason"),
            Cursor.objects.filter(name="site").values_list("seq", "generation"),
            Current.objects.values_list("kind", "record_id", "seq"),
            ListMember.objects.values_list("list_name", "key", "address", "updated_at"),
            ListPeriod.objects.values_list("list_name", "month", "period", "members"),
            LedgerRow.objects.values_list(
                *("surface", "account", "key", "desired", "live", "dirty_seq", "parked"),
                *("lease_owner", "failures", "recipe", "subject"),
            ),
            FactRead.objects.values_list("row__key", "fact", "fingerprint"),
            WindowRead.objects.values_list("row__key", "list_name", "low", "high"),
            Account.objects.values_list("name", "on_hold"),
        )
    ]
    told.append(files_in(home.current().root, "site"))
    return hashlib.sha256(json.dumps(told).encode()).hexdigest()


def _broken_story(story: Story) -> list[str]:
    newest = log.newest("story", str(story.uuid))
    if newest is None:
        is_marked = LiveMark.objects.filter(story=story).exists()
        return [f"{story} is live and has no version"] if story.live or is_marked else []
    assert isinstance(newest, records.Story)
    if story.live != (newest.state is StoryState.LIVE):
        return [f"{story} is {newest.state.value} in the log, live is {story.live} in the row"]
    if story.live and story.title != newest.content.headline:
        return [f"{story} is called {newest.content.headline} in the log"]
    return []
