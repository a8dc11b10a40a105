"""
Finds what stands above a page's text: section, headline, standfirst, date and byline.

Position decides, not words: labels are short and stand above the headline; what stands
between the headline and the date or byline is the standfirst.
"""

from collections.abc import Sequence
from typing import NamedTuple

import regex

from broadsheet.intake.drafts import Guess
from broadsheet.intake.lines import is_label, is_long, is_question_or_call, words
from broadsheet.intake.marks import Kind, Mark

_ANCHORS = frozenset({Kind.DATE, Kind.DATE_LABEL, Kind.BYLINE})
_PROSE_ABOVE = 2  # paragraphs that may stand above the date: a standfirst of two sentences
_HEADLINE_SHARE = 0.4  # of the longest candidate; shorter lines before it are labels
_QUESTION_WORDS = 20  # a headline may end with a question mark; a longer line is prose
_BREADCRUMBS = regex.compile(r"\s*[>›»/]\s*")


class Head(NamedTuple):
    """What stands above the text, and the lines it takes."""

    section: str
    headline: str
    standfirst: str
    taken: frozenset[int]  # indexes of lines that are none of the body
    labels: tuple[str, ...]  # lines above the headline that are nothing we keep
    guesses: tuple[Guess, ...]


def head_of(marks: Sequence[Mark]) -> Head:
    """Return the head of a page; its headline is "" if no line can be one."""
    end = _end(marks)
    candidates = [index for index in range(end) if _may_be_headline(marks[index])]
    if not candidates:
        return _without_headline(marks)
    headline = _headline(marks, candidates)
    labels = [index for index in candidates if index < headline]
    section = next((index for index in reversed(labels) if is_label(marks[index].text)), None)
    anchor = max((i for i in range(headline, end) if marks[i].kind in _ANCHORS), default=headline)
    standfirst = next(
        (i for i in range(headline + 1, anchor) if marks[i].kind in {Kind.PROSE, Kind.PLAIN}),
        _below(marks, headline),
    )
    return Head(
        section="" if section is None else _BREADCRUMBS.split(marks[section].text)[-1],
        headline=marks[headline].text,
        standfirst="" if standfirst is None else marks[standfirst].text,
        taken=frozenset(i for i in (headline, *labels, standfirst) if i is not None),
        labels=tuple(marks[index].text for index in labels if index != section),
        guesses=_guesses(marks, headline, section, standfirst),
    )


def _end(marks: Sequence[Mark]) -> int:
    """Return where the head ends: after its last date or byline, else where the text begins."""
    prose = [index for index, mark in enumerate(marks) if mark.kind is Kind.PROSE]
    reach = prose[_PROSE_ABOVE] if len(prose) > _PROSE_ABOVE else len(marks)
    anchor = max((i for i in range(reach) if marks[i].kind in _ANCHORS), default=-1)
    if any(_may_be_headline(mark) and not is_label(mark.text) for mark in marks[: anchor + 1]):
        return anchor + 1
    text = (
        index
        for index, mark in enumerate(marks)
        if index > anchor and mark.kind in {Kind.PROSE, Kind.CAPTION} and not _may_be_headline(mark)
    )
    return next(text, len(marks))


def _may_be_headline(mark: Mark) -> bool:
    if mark.kind is Kind.PLAIN:
        return not is_long(mark.text)
    return (
        mark.kind is Kind.PROSE
        and is_question_or_call(mark.text)
        and len(words(mark.text)) <= _QUESTION_WORDS
    )


def _headline(marks: Sequence[Mark], candidates: Sequence[int]) -> int:
    """Return the first line that is not much shorter than the longest."""
    longest = max(len(marks[index].text) for index in candidates)
    return next(
        index for index in candidates if len(marks[index].text) >= longest * _HEADLINE_SHARE
    )


def _below(marks: Sequence[Mark], headline: int) -> int | None:
    """Return the long line without a full stop between the headline and the first paragraph."""
    kinds = [mark.kind for mark in marks[headline + 1 : headline + 3]]
    if kinds != [Kind.PLAIN, Kind.PROSE] or is_label(marks[headline + 1].text):
        return None
    return headline + 1


def _without_headline(marks: Sequence[Mark]) -> Head:
    """Return a head whose headline, if any, ends like a sentence."""
    first = next((index for index, mark in enumerate(marks) if mark.kind is Kind.PROSE), None)
    if first is None or is_long(marks[first].text):
        return Head("", "", "", frozenset(), (), ())
    text = marks[first].text
    guess = Guess(
        field="headline", taken=text, reason="the page begins with this sentence", confidence=0.3
    )
    return Head("", text, "", frozenset({first}), (), (guess,))


def _guesses(
    marks: Sequence[Mark], headline: int, section: int | None, standfirst: int | None
) -> tuple[Guess, ...]:
    found = [
        Guess(
            field="headline",
            taken=marks[headline].text,
            reason="the first long line above the text",
            confidence=0.9,
        )
    ]
    if section is not None:
        found.append(
            Guess(
                field="section_label",
                taken=marks[section].text,
                reason="the short line above the headline",
                confidence=0.8 if section == headline - 1 else 0.6,
            )
        )
    if standfirst is not None:
        found.append(
            Guess(
                field="standfirst",
                taken=marks[standfirst].text,
                reason="it stands under the headline, above the text",
                confidence=0.7,
            )
        )
    return tuple(found)
