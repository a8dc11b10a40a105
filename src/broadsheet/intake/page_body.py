"""Makes blocks of what is left of a page when its head and its furniture are known."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from broadsheet.intake.authors import author_block, bylines_of
from broadsheet.intake.drafts import (
    DraftBlock,
    DraftByline,
    DraftHeading,
    DraftParagraph,
    DraftPicture,
    Guess,
)
from broadsheet.intake.lines import words
from broadsheet.intake.marks import Kind, Mark
from broadsheet.intake.picture_lines import Found, has_pairs, picture_at

_HEADING_WORDS = 14  # a cross-heading is short; a longer line is prose that lost its full stop
_AUTHOR_LINES = 3  # label, name, role
_TEXT = frozenset({Kind.PROSE, Kind.CAPTION, Kind.PLAIN})


class Parted(NamedTuple):
    """A page's lines apart: the story's, its authors, and what belongs to the site."""

    story: tuple[Mark, ...]
    bylines: tuple[DraftByline, ...]
    left_out: tuple[str, ...]
    guesses: tuple[Guess, ...]


class Body(NamedTuple):
    """The blocks of a story; the lead is the picture in front of its text."""

    lead: DraftPicture | None
    blocks: tuple[DraftBlock, ...]
    guesses: tuple[Guess, ...]


def without_furniture(marks: Sequence[Mark], *, taken: frozenset[int]) -> Parted:
    """Return the story's own lines apart from bylines, dates, labels and lists of others."""
    story: list[Mark] = []
    bylines: list[DraftByline] = []
    left_out: list[str] = []
    guesses: list[Guess] = []
    for start, group in _groups(marks):
        kind = group[0].kind
        if kind in _TEXT:
            story += [group[0]] if start not in taken else []
            continue
        bylines += _bylines(group)
        left_out += _left_out(group)
        guesses += [_other_story(mark.text) for mark in group[1:] if kind is Kind.RELATED]
    return Parted(tuple(story), tuple(bylines), tuple(left_out), tuple(guesses))


def body_of(story: Sequence[Mark]) -> Body:
    """Return the story's lines as blocks, in their order."""
    items = list(_items(story))
    lead = items.pop(0) if items and isinstance(items[0], Found) else None
    blocks = tuple(_block(item) for item in items)
    guesses = [_guess(lead, "lead")] if isinstance(lead, Found) else []
    guesses += [
        _guess(item, f"body/{index}")
        for index, item in enumerate(items)
        if isinstance(item, Found) or item.kind is Kind.PLAIN
    ]
    return Body(lead.picture if isinstance(lead, Found) else None, blocks, tuple(guesses))


def _groups(marks: Sequence[Mark]) -> Iterator[tuple[int, Sequence[Mark]]]:
    """Return the page's lines, those of an author's block or a list of stories together."""
    index = 0
    while index < len(marks):
        length = 1
        if marks[index].kind is Kind.AUTHOR_LABEL:
            block = author_block([mark.line for mark in marks[index : index + _AUTHOR_LINES]])
            length = block.lines if block else 1
        elif marks[index].kind is Kind.RELATED:
            length = _related_lines(marks, index)
        yield index, marks[index : index + length]
        index += length


def _related_lines(marks: Sequence[Mark], index: int) -> int:
    """Return how long a list of other stories is: it ends where prose goes on."""
    end = index + 1
    while end < len(marks) and marks[end].kind in {Kind.PLAIN, Kind.DATE}:
        end += 1
    return end - index


def _bylines(group: Sequence[Mark]) -> tuple[DraftByline, ...]:
    if group[0].kind is Kind.BYLINE:
        return bylines_of(group[0].text)
    block = author_block([mark.line for mark in group])
    return (block.byline,) if block else ()


def _left_out(group: Sequence[Mark]) -> Sequence[str]:
    """Return the lines of a group of which the draft keeps nothing."""
    match group[0].kind:
        case Kind.BYLINE | Kind.DATE:
            return ()
        case Kind.AUTHOR_LABEL:
            return (group[0].text,)
        case _:
            return [mark.text for mark in group]


def _items(story: Sequence[Mark]) -> Iterator[Found | Mark]:
    """Return the story's pictures, and its other lines, in order."""
    pairs = has_pairs(story)
    index = 0
    while index < len(story):
        found = picture_at(story, index, page_has_pairs=pairs)
        yield found or story[index]
        index += found.lines if found else 1


def _block(item: Found | Mark) -> DraftBlock:
    if isinstance(item, Found):
        return item.picture
    if item.kind is Kind.PLAIN and len(words(item.text)) <= _HEADING_WORDS:
        return DraftHeading(text=item.text)
    return DraftParagraph(text=item.text)


def _guess(item: Found | Mark, field: str) -> Guess:
    if isinstance(item, Found):
        return Guess(
            field=field,
            taken=item.picture.received[0],
            reason=item.reason,
            confidence=item.confidence,
        )
    return Guess(
        field=field,
        taken=item.text,
        reason="a line without a full stop: a heading, a paragraph, or a caption without a credit",
        confidence=0.5,
    )


def _other_story(text: str) -> Guess:
    return Guess(
        field="", taken=text, reason="it stands in a list of other stories", confidence=0.7
    )
