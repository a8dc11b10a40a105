"""
Acts in a paper's home, and counts what the press did for it: see bench.rewriting.

Prints a JSON array with an object for each act: how many objects were rendered and
written, which were rendered though nothing they had read had changed, and which were
written although readers had those bytes already.
"""

import json
import random
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from typing import NamedTuple

import msgspec
from django.db import transaction
from uuid6 import uuid7

from bench import archive, publishing
from broadsheet.press.actions.publish import publish
from broadsheet.press.models import FactRead, LedgerRow, ListMember, WindowRead
from broadsheet.press.ports import Press, Store, wiring
from broadsheet.press.worker import Worker
from broadsheet.projections.facts import Facts
from broadsheet.projections.objects import Identity, Object, ObjectKey, Rendered, identity_of
from broadsheet.story.ids import StoryId
from broadsheet.story.records import StoryContent

Entry = tuple[str, ...]  # a list's name, the member's key, and what lists know of the member


class Trace(NamedTuple):
    """What an object's last rendering read."""

    facts: dict[str, str]
    windows: frozenset[tuple[str, str, str]]


class Act(NamedTuple):
    """Something done with one story."""

    name: str
    story: StoryId
    carry_out: Callable[[], None]


class Counted(NamedTuple):
    """What the press did for an act."""

    act: str
    rendered: int
    written: int
    unfounded: list[ObjectKey]  # rendered, and nothing they had read had changed
    same: list[ObjectKey]  # written, and readers had those bytes already


class Watched:
    """A press and a store that note what they are asked to do."""

    def __init__(self, press: Press, store: Store) -> None:
        """Watch these two."""
        self._press, self._store = press, store
        self.generation, self.objects = press.generation, press.objects
        self.rendered: list[tuple[ObjectKey, Trace | None, Facts]] = []
        self.written: list[tuple[ObjectKey, bool]] = []  # and whether the bytes were there

    def render(self, obj: Object, facts: Facts) -> Rendered:
        """Render, and note what was read before and now."""
        before = _trace(obj.key)
        rendered = self._press.render(obj, facts)
        self.rendered.append((obj.key, before, facts))
        return rendered

    def put(self, key: ObjectKey, rendered: Rendered) -> None:
        """Write, and note whether the files said that before: the ledger is not asked."""
        self.written.append((key, self._store.read(key) == identity_of(rendered)))
        self._store.put(key, rendered)

    def read(self, key: ObjectKey) -> Identity:
        """Read."""
        return self._store.read(key)

    def folders(self) -> Iterator[tuple[frozenset[ObjectKey], Sequence[str]]]:
        """Return what there is."""
        return self._store.folders()

    def sweep_temporaries(self) -> int:
        """Sweep."""
        return self._store.sweep_temporaries()


def main() -> None:
    """Act, and print what it took."""
    worker = Worker(wiring())
    worker.run_until_quiet()
    print(json.dumps([counted(act, worker)._asdict() for act in _acts()]))


def counted(act: Act, worker: Worker) -> Counted:
    """Act, let the worker bring it out, and count what it did."""
    wired = worker.wired
    watched = Watched(wired.printing, wired.store)
    worker.wired = wired._replace(printing=watched, store=watched)
    before = _entries(act.story)
    try:
        act.carry_out()
        worker.run_until_quiet()
    finally:
        worker.wired = wired
    crossed = {(name, key) for name, key, *_ in before ^ _entries(act.story)}
    return Counted(
        act.name,
        len(watched.rendered),
        len(watched.written),
        [key for key, was, now in watched.rendered if not _has_reason(was, now, crossed)],
        [key for key, was_there in watched.written if was_there],
    )


def _acts() -> Iterator[Act]:
    who, chance = archive.staff(), random.Random()
    story, slug = StoryId(str(uuid7())), f"counted-{datetime.now(UTC):%Y%m%d-%H%M%S}"
    first = archive.content(chance, who.sections[0], who.authors[0], "Counted", slug)
    other_words = msgspec.structs.replace(first, headline="Counted again")
    other_body = msgspec.structs.replace(other_words, body=first.body[:-1])
    yield Act("publish a story", story, lambda: _publish(story, first))
    yield Act("change its headline", story, lambda: _publish(story, other_words))
    yield Act("change its body alone", story, lambda: _publish(story, other_body))
    yield Act("publish it unchanged", story, lambda: _publish(story, other_body))
    ready = publishing.WAYS["newsroom"](chance)
    yield Act("publish in the newsroom", ready.story, ready.publish)
    yield Act("publish there unchanged", ready.story, ready.publish)


def _publish(story: StoryId, content: StoryContent) -> None:
    with transaction.atomic():
        publish(story, content, now=datetime.now(UTC), by="bench", significant=False)


def _trace(key: ObjectKey) -> Trace | None:
    row = LedgerRow.objects.filter(key=key, surface="website").exclude(live="").first()
    if row is None:
        return None
    facts = dict(FactRead.objects.filter(row=row).values_list("fact", "fingerprint"))
    windows = WindowRead.objects.filter(row=row).values_list("list_name", "low", "high")
    return Trace(facts, frozenset(windows))


def _has_reason(before: Trace | None, facts: Facts, crossed: set[tuple[str, str]]) -> bool:
    """Return whether an object is new, or a fact it read has changed, or a list in its window."""
    if before is None or before.facts != dict(facts.facts):
        return True
    return any(
        name == listed and low <= key < high
        for name, low, high in before.windows
        for listed, key in crossed
    )


def _entries(story: StoryId) -> set[Entry]:
    """Return where a story is listed, and what the lists know of it."""
    rows = ListMember.objects.filter(story=story)
    fields = ("list_name", "key", "published_at", "updated_at", "address", "day")
    return {tuple(map(str, entry)) for entry in rows.values_list(*fields)}


if __name__ == "__main__":
    main()
