"""
Takes in a page copied from a browser: its text becomes a draft and a report.

Only the structure of the page is read: the shape of lines, their order and repetition,
the grammar of credits, dates and bylines. No line is lost silently: each is in the draft
or in the report. Nothing is corrected; what looks wrong is a finding for a person.
"""

from collections.abc import Sequence
from zoneinfo import ZoneInfo

import msgspec

from broadsheet.intake.authors import merged
from broadsheet.intake.drafts import Draft, Guess, Reading, Report
from broadsheet.intake.lines import lines_of
from broadsheet.intake.marks import Kind, Mark, marked
from broadsheet.intake.page_body import body_of, without_furniture
from broadsheet.intake.page_files import PageIsEmpty
from broadsheet.intake.page_head import head_of
from broadsheet.intake.publication_dates import PageDate, page_date
from broadsheet.intake.suspicions import suspicious


def read_page(text: str, *, language: str, zone: ZoneInfo) -> Reading:
    """
    Return the draft of a page's story and how it was read.

    Language is the paper's, for the checks of words; zone is the paper's, for a date
    without one.

    Raises:
        PageIsEmpty: the page has no line with anything on it.

    """
    marks = marked(list(lines_of(text)))
    if not marks:
        message = "the page is empty; copy it from the browser again"
        raise PageIsEmpty(message)
    head = head_of(marks)
    parts = without_furniture(marks, taken=head.taken)
    body = body_of(parts.story)
    date = _first_date(marks, zone=zone)
    draft = Draft(
        headline=head.headline,
        section_label=head.section,
        standfirst=head.standfirst,
        lead=body.lead,
        body=body.blocks,
        bylines=merged(parts.bylines),
        published_at=date.published_at if date else None,
        findings=(),
    )
    draft = msgspec.structs.replace(draft, findings=suspicious(draft, language=language))
    report = Report(
        findings=draft.findings,
        guesses=(*head.guesses, *_date_guesses(date), *body.guesses, *parts.guesses),
        left_out=(*head.labels, *parts.left_out),
    )
    return Reading(draft=draft, report=report)


def _first_date(marks: Sequence[Mark], *, zone: ZoneInfo) -> PageDate | None:
    """Return the first date line's date: the one nearest to the headline."""
    dates = (page_date(mark.text, zone=zone) for mark in marks if mark.kind is Kind.DATE)
    return next((date for date in dates if date is not None), None)


def _date_guesses(date: PageDate | None) -> tuple[Guess, ...]:
    if date is None:
        return ()
    reason, confidence = _certainty(date)
    taken = date.published_at.isoformat() if date.published_at else ""
    return (Guess(field="published_at", taken=taken, reason=reason, confidence=confidence),)


def _certainty(date: PageDate) -> tuple[str, float]:
    if date.published_at is None:
        return "day and month cannot be told apart in the page's date", 0.0
    if not date.has_time:
        return "the page gives a day; its first minute in the paper's zone is taken", 0.6
    if not date.names_zone:
        return "the page names no zone; the paper's is taken", 0.8
    return "day, time and zone stand on the page", 0.95
