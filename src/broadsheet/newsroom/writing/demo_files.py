"""
Reads the demo's copy: stories, authors, topics, sections, pictures and policies.

All are written alike: a title, facts a line each, then parts with a blank line between; a
line of three equals signs ends an entry. What the parts of a body mean is demo_body's.
"""

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from importlib import resources
from importlib.resources.abc import Traversable
from typing import NamedTuple

from broadsheet.newsroom.writing.demo_body import Around, Blocks, body_of

_COPY = resources.files("broadsheet.newsroom").joinpath("demo_copy")


class Entry(NamedTuple):
    """One thing the copy tells of."""

    title: str
    facts: Mapping[str, str]
    parts: tuple[str, ...]

    def several(self, fact: str) -> list[str]:
        """Return a fact that may be told several times over, with semicolons between."""
        return self.facts[fact].split("; ") if fact in self.facts else []


def entries(name: str) -> list[Entry]:
    """Return what one file of the copy holds, in its order."""
    return list(_read(_COPY.joinpath(f"{name}.txt")))


def stories() -> list[Entry]:
    """Return every story, the oldest first: what a story leads to is there before it."""
    found = [
        entry
        for file in _COPY.joinpath("stories").iterdir()
        if file.name.endswith(".txt")
        for entry in _read(file)
    ]
    return sorted(found, key=lambda entry: (-float(entry.facts["hours"]), entry.title))


def policies() -> dict[str, tuple[str, Blocks]]:
    """
    Return each policy's title and blocks by its purpose: corrections, ethics, ownership ...

    Running text is HTML as rows hold it; demo_rows.as_rows makes it what a body takes.
    """
    # No policy tells a time, or links to a story.
    around = Around(pictures={}, pages={}, began_at=datetime.min.replace(tzinfo=UTC))
    return {
        entry.facts["purpose"]: (entry.title, body_of(entry.parts, around=around))
        for entry in entries("policies")
    }


def photograph(name: str) -> bytes:
    """Return the file of a photograph; it says itself whose it is."""
    return _COPY.joinpath("photographs", name).read_bytes()


def _read(file: Traversable) -> Iterator[Entry]:
    for text in file.read_text("utf-8").split("\n===\n"):
        head, *parts = text.strip().split("\n\n")
        title, *facts = head.split("\n")
        pairs = dict(line.split(": ", 1) for line in facts)
        yield Entry(title, pairs, tuple(parts))
