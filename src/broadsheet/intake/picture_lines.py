"""
Finds the pictures of a page in its lines: an agency's caption, then the display caption.

What makes two lines one picture is repetition, the same maker in both credits, or the same
things in both captions. A credit alone makes a picture with one caption. Nothing here
looks at particular words of a page.
"""

from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import NamedTuple

from broadsheet.copydesk.credits import best_credit, named_in, slug_of
from broadsheet.intake.drafts import DraftPicture
from broadsheet.intake.lines import long_words
from broadsheet.intake.marks import Kind, Mark

_SHARED_IN_PAIR = 2  # long words two captions of one picture share; one, where pages have pairs
_SOURCE_SHARE = 0.5  # of a credit's names, named in front of the other line's dash
_SOURCE_CODE_POINTS = 60  # a source in front of a dash is short
_DASHES = (" - ", " – ", " — ")


class Found(NamedTuple):
    """A picture, how many lines it takes, and how sure that is."""

    picture: DraftPicture
    lines: int
    reason: str
    confidence: float  # 0 to 1


class Place(NamedTuple):
    """A line of the story, the two after it, and what is known of the page."""

    first: Mark
    second: Mark
    third: Mark | None
    page_has_pairs: bool


def has_pairs(marks: Sequence[Mark]) -> bool:
    """Say whether the page shows pictures with two captions: then more will have two."""
    return any(_surely_paired(first, second) for first, second in pairwise(marks))


def picture_at(marks: Sequence[Mark], index: int, *, page_has_pairs: bool) -> Found | None:
    """Return the picture whose captions begin at a line; None if none does."""
    first, second, third = (*marks[index : index + 3], None, None)[:3]
    if first is None:
        return None
    if second is not None:
        place = Place(first, second, third, page_has_pairs)
        paired = next(filter(None, (rule(place) for rule in _RULES)), None)
        if paired is not None:
            return paired
    return _alone(first) if first.kind is Kind.CAPTION else None


def _alone(mark: Mark) -> Found:
    picture = DraftPicture(
        agency_caption="",
        caption=mark.caption.words,
        credit=best_credit(mark.caption.credits),
        received=(mark.text,),
    )
    return Found(picture, 1, "one caption with a credit", 0.8)


def _repeated(place: Place) -> Found | None:
    if place.first.text != place.second.text:
        return None
    sure = 0.95 if place.first.kind is Kind.CAPTION else 0.8
    return _pair(place, "the line stands twice", sure)


def _both_credited(place: Place) -> Found | None:
    if not _surely_paired(place.first, place.second):
        return None
    return _pair(place, "both lines credit the same maker", 0.95)


def _second_credited(place: Place) -> Found | None:
    first, second, third, page_has_pairs = place
    if first.kind is Kind.CAPTION or second.kind is not Kind.CAPTION:
        return None
    if third is not None and _surely_paired(second, third):
        return None
    if slug_of(first.text) or _names_source(first.text, second.caption.credits):
        return _pair(place, "the first line names its source in front", 0.85)
    least = 1 if page_has_pairs else _SHARED_IN_PAIR
    if first.kind is Kind.PLAIN and _shared(first, second) >= least:
        return _pair(place, "both lines name the same things", 0.75)
    return None


def _second_uncredited(place: Place) -> Found | None:
    first, second, third, _ = place
    if second.kind is not Kind.PLAIN or first.kind not in {Kind.CAPTION, Kind.PLAIN}:
        return None
    if third is not None and third.kind is Kind.CAPTION and _shared(second, third):
        return None
    if _shared(first, second) < _SHARED_IN_PAIR:
        return None
    sure = 0.7 if first.kind is Kind.CAPTION else 0.5
    return _pair(place, "both lines name the same things", sure)


def _credit_below(place: Place) -> Found | None:
    """Return the picture whose credit has a line to itself, under the caption."""
    first, second = place.first, place.second
    if first.kind is not Kind.PLAIN or second.kind is not Kind.CAPTION or second.caption.words:
        return None
    picture = DraftPicture(
        agency_caption="",
        caption=first.text,
        credit=best_credit(second.caption.credits),
        received=(first.text, second.text),
    )
    return Found(picture, 2, "a credit stands under the line", 0.7)


_RULES: tuple[Callable[[Place], Found | None], ...] = (
    _repeated,
    _credit_below,
    _both_credited,
    _second_credited,
    _second_uncredited,
)


def _surely_paired(first: Mark, second: Mark) -> bool:
    if first.kind is Kind.CAPTION and second.kind is Kind.CAPTION:
        return first.text == second.text or _same_maker(first, second)
    return False


def _same_maker(first: Mark, second: Mark) -> bool:
    """
    Say whether two captions are of one picture, by their credits.

    A display caption's credit says less than the agency's. Two that say the same may be
    two pictures by one photographer, unless the captions name the same things too.
    """
    one, other = (
        frozenset[str]().union(*(named_in(credit) for credit in mark.caption.credits))
        for mark in (first, second)
    )
    if not one or not other:
        return False
    is_alike = one <= other or other <= one
    return other < one or (is_alike and _shared(first, second) >= _SHARED_IN_PAIR)


def _names_source(text: str, credits_found: Sequence[str]) -> bool:
    """Say whether a line begins with the maker another line's credit names."""
    start = text[:_SOURCE_CODE_POINTS]
    source = next((start.partition(dash)[0] for dash in _DASHES if dash in start), "")
    named = frozenset[str]().union(*(named_in(credit) for credit in credits_found))
    return bool(source and named) and len(named & named_in(source)) >= len(named) * _SOURCE_SHARE


def _shared(first: Mark, second: Mark) -> int:
    return len(long_words(first.caption.words) & long_words(second.caption.words))


def _pair(place: Place, reason: str, confidence: float) -> Found:
    first, second = place.first, place.second
    picture = DraftPicture(
        agency_caption=first.caption.words,
        caption=second.caption.words,
        credit=best_credit(first.caption.credits or second.caption.credits),
        received=(first.text, second.text),
    )
    return Found(picture, 2, reason, confidence)
