"""
Acts in a paper's home, and counts what the press did for it: see bench.rewriting.

Prints a JSON array with an object for each act: how many objects were rendered and
written, how many were rendered though nothing they had read had changed, and how many
were written with the bytes they had.
"""

import json
import random
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import NamedTuple

import msgspec
from django.db import transaction
from uuid6 import uuid7

from bench import archive
from broadsheet.press import log
from broadsheet.press.actions.publish import publish
from broadsheet.press.models import FactRead, LedgerRow, ListMember, WindowRead
from broadsheet.press.ports import Press, Store, wiring
from broadsheet.press.worker import Worker
from broadsheet.projections.facets import key_text
from broadsheet.projections.facts import Facts
from broadsheet.projections.lists import Key
from broadsheet.projections.objects import Identity, Object, ObjectKey, Rendered, identity_of
from broadsheet.story.ids import StoryId
from broadsheet.story.records import Story, StoryContent


class Trace(NamedTuple):
    """What an object's last rendering read."""

    facts: dict[str, str]
    windows: frozenset[tuple[str, str, str]]


class Watched:
    """A press and a store that note what they are asked to do."""

    def __init__(self, press: Press, store: Store) -> None:
        """Watch these two."""
        self._press, self._store = press, store
        self.generation, self.objects = press.generation, press.objects
        self.rendered: list[tuple[ObjectKey, Trace | None, Facts]] = []
        self.written: list[tuple[ObjectKey, str, Identity]] = []

    def render(self, obj: Object, facts: Facts) -> Rendered:
        """Render, and note what was read before and now."""
        before = _trace(obj.key)
        rendered = self._press.render(obj, facts)
        self.rendered.append((obj.key, before, facts))
        return rendered

    def put(self, key: ObjectKey, rendered: Rendered) -> None:
        """Write, and note what was live."""
        live = LedgerRow.objects.values_list("live", flat=True).get(key=key, surface="website")
        self.written.append((key, live, identity_of(rendered)))
        self._store.put(key, rendered)

    def read(self, key: ObjectKey) -> Identity:
        """Read."""
        return self._store.read(key)

    def keys(self) -> Iterator[ObjectKey]:
        """Return the keys there are."""
        return self._store.keys()

    def sweep_temporaries(self) -> int:
        """Sweep."""
        return self._store.sweep_temporaries()


def main() -> None:
    """Act, and print what it took."""
    Worker(wiring()).run_until_quiet()
    who, chance = archive.staff(), random.Random()
    story, slug = StoryId(str(uuid7())), f"counted-{datetime.now(UTC):%Y%m%d-%H%M%S}"
    first = archive.content(chance, who.sections[0], who.authors[0], "Counted", slug)
    other_words = msgspec.structs.replace(first, headline="Counted again")
    other_body = msgspec.structs.replace(other_words, body=first.body[:-1])
    print(
        json.dumps(
            [
                _counted("publish a story", story, lambda: _publish(story, first)),
                _counted("change its headline", story, lambda: _publish(story, other_words)),
                _counted("change its body alone", story, lambda: _publish(story, other_body)),
                _counted("publish it unchanged", story, lambda: _publish(story, other_body)),
            ]
        )
    )


def _publish(story: StoryId, content: StoryContent) -> None:
    with transaction.atomic():
        publish(story, content, now=datetime.now(UTC), by="bench", significant=False)


def _counted(act: str, story: StoryId, carry_out: Callable[[], None]) -> dict[str, object]:
    wired = wiring()
    watched = Watched(wired.printing, wired.store)
    carry_out()
    Worker(wired._replace(printing=watched, store=watched)).run_until_quiet()
    keys = _keys_of(story)
    unfounded = [
        key for key, before, facts in watched.rendered if not _has_reason(before, facts, keys)
    ]
    same = [key for key, live, identity in watched.written if live == identity]
    return {
        "act": act,
        "rendered": len(watched.rendered),
        "written": len(watched.written),
        "unfounded": len(unfounded),
        "same": len(same),
        "keys": [key for key, *_ in watched.rendered],
    }


def _trace(key: ObjectKey) -> Trace | None:
    row = LedgerRow.objects.filter(key=key, surface="website").exclude(live="").first()
    if row is None:
        return None
    facts = dict(FactRead.objects.filter(row=row).values_list("fact", "fingerprint"))
    windows = WindowRead.objects.filter(row=row).values_list("list_name", "low", "high")
    return Trace(facts, frozenset(windows))


def _has_reason(before: Trace | None, facts: Facts, keys: set[tuple[str, str]]) -> bool:
    """Return whether an object is new, or one of the facts or windows it read has changed."""
    if before is None:
        return True
    now = dict(facts.facts)
    is_crossed = any(
        name == listed and low <= key < high
        for name, low, high in before.windows
        for listed, key in keys
    )
    return before.facts != now or is_crossed


def _keys_of(story: StoryId) -> set[tuple[str, str]]:
    record = log.newest("story", story)
    if not isinstance(record, Story):
        return set()
    key = key_text(Key(record.first_published_at, record.id))
    lists = ListMember.objects.filter(story=story).values_list("list_name", flat=True)
    return {(name, key) for name in lists}


if __name__ == "__main__":
    main()
