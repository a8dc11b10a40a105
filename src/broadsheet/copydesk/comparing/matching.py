"""
Finds what two sequences have in common, in order, within bounds.

difflib compares well and, in the worst case, for hours: its work grows with the pairs of
equal elements. So ends are cut off first; what is small is left to difflib; what is large is
split at elements that occur once on either side (Bram Cohen's patience diff), and what cannot
be split is taken as wholly different. A worse answer is still a true one.
"""

from bisect import bisect_left
from collections import Counter
from collections.abc import Hashable, Sequence
from difflib import SequenceMatcher
from typing import NamedTuple

MOST_PAIRS = 40_000  # of equal elements that difflib may look at in one stretch: some 20 ms


class Common(NamedTuple):
    """A stretch both sequences have."""

    old: int  # where it begins
    new: int
    length: int


def common(old: Sequence[Hashable], new: Sequence[Hashable]) -> list[Common]:
    """Return the stretches two sequences have in common, in their order, none of them empty."""
    found: list[Common] = []
    waiting = [(0, len(old), 0, len(new))]
    while waiting:
        low, high, new_low, new_high = waiting.pop()
        start = _same_start(old, new, low, high, new_low, new_high)
        if start:
            found.append(Common(low, new_low, start))
        low, new_low = low + start, new_low + start
        end = _same_end(old, new, low, high, new_low, new_high)
        if end:
            found.append(Common(high - end, new_high - end, end))
        high, new_high = high - end, new_high - end
        if low == high or new_low == new_high:
            continue
        one, other = old[low:high], new[new_low:new_high]
        if _pairs(one, other) <= MOST_PAIRS:
            matcher = SequenceMatcher(None, one, other, autojunk=False)
            found += [
                Common(low + a, new_low + b, size)
                for a, b, size in matcher.get_matching_blocks()
                if size
            ]
            continue
        waiting += _between_anchors(_anchors(one, other), low, high, new_low, new_high)
    return _joined(sorted(found))


def _same_start(  # noqa: PLR0917  # two stretches
    old: Sequence[Hashable], new: Sequence[Hashable], low: int, high: int, a: int, b: int
) -> int:
    length = 0
    most = min(high - low, b - a)
    while length < most and old[low + length] == new[a + length]:
        length += 1
    return length


def _same_end(  # noqa: PLR0917  # two stretches
    old: Sequence[Hashable], new: Sequence[Hashable], low: int, high: int, a: int, b: int
) -> int:
    length = 0
    most = min(high - low, b - a)
    while length < most and old[high - length - 1] == new[b - length - 1]:
        length += 1
    return length


def _pairs(one: Sequence[Hashable], other: Sequence[Hashable]) -> int:
    counted = Counter(other)
    return sum(count * counted[element] for element, count in Counter(one).items())


def _anchors(one: Sequence[Hashable], other: Sequence[Hashable]) -> list[tuple[int, int]]:
    """Return the longest run, in order on either side, of elements that occur once on each."""
    once = {element for element, count in Counter(one).items() if count == 1}
    twice = Counter(other)
    where = {element: place for place, element in enumerate(other) if twice[element] == 1}
    pairs = [
        (place, where[element])
        for place, element in enumerate(one)
        if element in once and element in where
    ]
    # Patience sorting: on each pile the place in other that ends the shortest run so far.
    tops: list[int] = []
    piles: list[int] = []
    before: list[int] = []
    for number, (_, place) in enumerate(pairs):
        pile = bisect_left(tops, place)
        before.append(piles[pile - 1] if pile else -1)
        tops[pile : pile + 1] = [place]
        piles[pile : pile + 1] = [number]
    run = []
    number = piles[-1] if piles else -1
    while number >= 0:
        run.append(pairs[number])
        number = before[number]
    return run[::-1]


def _between_anchors(
    anchors: Sequence[tuple[int, int]], low: int, high: int, new_low: int, new_high: int
) -> list[tuple[int, int, int, int]]:
    """Return the stretches from each anchor to the next: smaller ones, that begin alike."""
    stretches = []
    start, new_start = low, new_low
    for place, new_place in anchors:
        if (place, new_place) != (0, 0):
            stretches.append((start, low + place, new_start, new_low + new_place))
        start, new_start = low + place, new_low + new_place
    if anchors:
        stretches.append((start, high, new_start, new_high))
    return stretches


def _joined(found: Sequence[Common]) -> list[Common]:
    joined: list[Common] = []
    for each in found:
        last = joined[-1] if joined else None
        if last and (last.old + last.length, last.new + last.length) == (each.old, each.new):
            joined[-1] = last._replace(length=last.length + each.length)
        else:
            joined.append(each)
    return joined
