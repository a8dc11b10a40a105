"""
Says what changed between two versions of a story: field by field, and block by block.

Knows no kind of block and no field by name, so that what a story learns to hold is compared
from its first day. A block that stands elsewhere unchanged has moved; one that is much like
another in its place was changed; the rest came or went.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from enum import Enum
from itertools import pairwise
from typing import NamedTuple

import msgspec

from broadsheet.copydesk.comparing.matching import common
from broadsheet.copydesk.comparing.words import Mark, marks, words_of
from broadsheet.story.body import Block, text_of
from broadsheet.story.records import StoryContent

ALIKE = 0.4  # of the words of both; below, two blocks are two things
MOST_PAIRED = 2_500  # pairs of blocks looked at between two that stayed


class BlockChange(Enum):
    """What became of a block."""

    SAME = "same"
    CHANGED = "changed"
    MOVED = "moved"
    ADDED = "added"
    REMOVED = "removed"


class FieldDifference(NamedTuple):
    """A field that says something else; marks are there for texts."""

    name: str
    before: object
    after: object
    marks: list[Mark]


class BlockDifference(NamedTuple):
    """One block of either body, and what became of it."""

    change: BlockChange
    before: Block | None
    after: Block | None
    old_place: int | None  # in the old body
    new_place: int | None
    marks: list[Mark]  # of its words, where they changed
    fields: tuple[str, ...]  # that changed besides the words: "attribution", "runs"


class Difference(NamedTuple):
    """All that changed, and the body as a whole."""

    fields: list[FieldDifference]
    blocks: list[BlockDifference]  # those that stayed too, in the order of reading

    @property
    def is_empty(self) -> bool:
        """Return whether nothing changed."""
        return not self.fields and all(b.change is BlockChange.SAME for b in self.blocks)


def difference(old: StoryContent, new: StoryContent) -> Difference:
    """Return what changed from one version of a story to another."""
    names = [name for name in old.__struct_fields__ if name != "body"]
    return Difference(
        [
            _field(name, getattr(old, name), getattr(new, name))
            for name in names
            if getattr(old, name) != getattr(new, name)
        ],
        bodies(old.body, new.body),
    )


def bodies(old: Sequence[Block], new: Sequence[Block]) -> list[BlockDifference]:
    """Return every block of two bodies once, in the order of reading, and what became of it."""
    numbers: dict[Block, int] = {}  # compared as numbers, each block is hashed once only
    one, other = (
        [numbers.setdefault(block, len(numbers)) for block in body] for body in (old, new)
    )
    stayed = {s.new + n: s.old + n for s in common(one, other) for n in range(s.length)}
    moved = _moved(one, other, stayed)
    changed = dict(_changed(old, new, stayed, moved))
    came_from = stayed | moved | changed
    found = set(came_from.values())
    gone = [place for place in range(len(old)) if place not in found]
    return _in_order(old, new, came_from, moved=moved, gone=gone)


def _field(name: str, before: object, after: object) -> FieldDifference:
    is_text = isinstance(before, str) and isinstance(after, str)
    return FieldDifference(name, before, after, marks(str(before), str(after)) if is_text else [])


def _moved(old: Sequence[int], new: Sequence[int], stayed: dict[int, int]) -> dict[int, int]:
    """Return where blocks that are elsewhere now, unchanged, came from."""
    kept = set(stayed.values())
    left: dict[int, list[int]] = {}
    for place in range(len(old) - 1, -1, -1):
        if place not in kept:
            left.setdefault(old[place], []).append(place)
    found = {}
    for place, block in enumerate(new):
        if place not in stayed and left.get(block):
            found[place] = left[block].pop()
    return found


def _changed(
    old: Sequence[Block],
    new: Sequence[Block],
    stayed: dict[int, int],
    moved: dict[int, int],
) -> Iterator[tuple[int, int]]:
    """Pair blocks much alike that stand between the same two that stayed."""
    went = set(stayed.values()) | set(moved.values())
    anchors = [(-1, -1), *sorted((o, n) for n, o in stayed.items()), (len(old), len(new))]
    for (low, new_low), (high, new_high) in pairwise(anchors):
        ones = [place for place in range(low + 1, high) if place not in went]
        others = [place for place in range(new_low + 1, new_high) if place not in moved]
        if len(ones) * len(others) > MOST_PAIRED:
            # Too many to try each with each: those in the same place only.
            pairs = zip(ones, others, strict=False)
            yield from ((n, o) for o, n in pairs if _likeness(old[o], new[n]) >= ALIKE)
        else:
            yield from _best_pairs(old, new, ones, others)


def _best_pairs(
    old: Sequence[Block], new: Sequence[Block], ones: Sequence[int], others: Sequence[int]
) -> Iterator[tuple[int, int]]:
    words = {("old", o): _bag(old[o]) for o in ones} | {("new", n): _bag(new[n]) for n in others}
    tried = (
        (_alike(words["old", o], words["new", n]), o, n)
        for o in ones
        for n in others
        if type(old[o]) is type(new[n])
    )
    likely = sorted((-alike, o, n) for alike, o, n in tried if alike >= ALIKE)
    used: set[tuple[str, int]] = set()
    for _, o, n in likely:
        if ("old", o) not in used and ("new", n) not in used:
            used |= {("old", o), ("new", n)}
            yield n, o


def _likeness(one: Block, other: Block) -> float:
    return _alike(_bag(one), _bag(other)) if type(one) is type(other) else 0.0


def _bag(block: Block) -> Counter[str]:
    words = Counter(word for word in words_of(text_of(block)) if not word.isspace())
    # Blocks without words are told apart by what they hold.
    return words or Counter([repr(block)])


def _alike(one: Counter[str], other: Counter[str]) -> float:
    both = one.total() + other.total()
    return 2 * (one & other).total() / both if both else 1.0


def _in_order(
    old: Sequence[Block],
    new: Sequence[Block],
    came_from: dict[int, int],
    *,
    moved: dict[int, int],
    gone: Sequence[int],
) -> list[BlockDifference]:
    """Return the new body's blocks, and after the block it followed, each that went."""
    removed = list(gone)[::-1]
    found: list[BlockDifference] = []
    for place, block in enumerate(new):
        source = came_from.get(place)
        if source is not None and place not in moved:
            while removed and removed[-1] < source:
                found.append(_went(old, removed.pop()))
        found.append(_block(old, block, source, place, is_moved=place in moved))
    return [*found, *(_went(old, place) for place in reversed(removed))]


def _went(old: Sequence[Block], place: int) -> BlockDifference:
    return BlockDifference(BlockChange.REMOVED, old[place], None, place, None, [], ())


def _block(
    old: Sequence[Block], block: Block, source: int | None, place: int, *, is_moved: bool
) -> BlockDifference:
    if source is None:
        return BlockDifference(BlockChange.ADDED, None, block, None, place, [], ())
    was = old[source]
    if was == block:
        change = BlockChange.MOVED if is_moved else BlockChange.SAME
        return BlockDifference(change, was, block, source, place, [], ())
    one, other = text_of(was), text_of(block)
    fields = tuple(
        field.name
        for field in msgspec.structs.fields(block)
        if getattr(was, field.name) != getattr(block, field.name)
    )
    marked = marks(one, other) if one != other else []
    return BlockDifference(BlockChange.CHANGED, was, block, source, place, marked, fields)
