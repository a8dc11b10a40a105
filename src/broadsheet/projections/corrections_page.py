"""
Makes the corrections pages: every note on a live story, and every retraction, newest first.

The front of them holds the newest and names the months; each month holds its own. A story
that is taken down takes its notes along, and a retracted one leaves its reason.
"""

from collections.abc import Iterable, Iterator
from typing import NamedTuple
from zoneinfo import ZoneInfo

from broadsheet.projections import addresses
from broadsheet.projections.cards import Line, line
from broadsheet.projections.catalog import period_of_subject
from broadsheet.projections.facets import StoryCard
from broadsheet.projections.facts import Facts
from broadsheet.projections.frame import Frame, Link, Place, frame_of, offering, text_setting
from broadsheet.projections.lists import CORRECTIONS, Member, Period
from broadsheet.projections.locales import Moment, moment, period_name
from broadsheet.projections.objects import Absent, Object, ObjectKey, Page
from broadsheet.projections.page_heads import Above, Row, in_row, list_head
from broadsheet.projections.theme.furniture import Words
from broadsheet.projections.theme.loading import Theme
from broadsheet.story.ids import Address
from broadsheet.story.records import PolicyPurpose, StoryState

NEWEST = 50  # on the front of them


class ShownNote(NamedTuple):
    """One correction, or retraction, as the list of them shows it."""

    label: str
    at: Moment
    text: str
    language: str
    direction: str
    story: Line
    href: str  # of the note on the story's page; of the page itself for a retraction


class Noted(NamedTuple):
    """What was noted of a story at one time, or that it was retracted."""

    id: str  # "" of a retraction
    label: str
    text: str


class CorrectionsPage(NamedTuple):
    """The newest corrections, or those of a month."""

    frame: Frame
    name: str  # of the month; "" on the front of them
    notes: tuple[ShownNote, ...]
    months: tuple[Link, ...]
    policy: Link | None
    up: Link | None
    earlier: Link | None
    later: Link | None


def corrections(facts: Facts, theme: Theme) -> Page:
    """Return the front of the corrections: the newest, and the months of all."""
    frame = _frame(facts, theme, addresses.CORRECTIONS)
    members = facts.newest(CORRECTIONS, limit=NEWEST)
    policies = (each for each in facts.policies() if each.purpose is PolicyPurpose.CORRECTIONS)
    view = CorrectionsPage(
        frame=frame._replace(head=list_head(frame, facts, theme)),
        name="",
        notes=tuple(_notes(facts, theme, members)),
        months=tuple(_link(month, frame) for month in facts.months(CORRECTIONS)),
        policy=next((Link(each.address, each.title) for each in policies), None),
        up=None,
        earlier=None,
        later=None,
    )
    return Page(theme.page("corrections.html", view))


def corrections_month(obj: Object, facts: Facts, theme: Theme) -> Page | Absent:
    """Return the corrections of one month."""
    _, month = period_of_subject(obj.subject)
    members = facts.period(CORRECTIONS, month)
    if not members:
        return Absent()
    frame = _frame(facts, theme, obj.key)
    name = period_name(month, language=frame.words.language)
    earlier, later = facts.neighbors(CORRECTIONS, month)
    row = Row(_link(earlier, frame) if earlier else None, _link(later, frame) if later else None)
    up = Link(addresses.href_of(addresses.CORRECTIONS), frame.words.all_corrections)
    frame = frame._replace(title=f"{frame.title}: {name}")
    head = list_head(frame, facts, theme, above=(Above(up.text, up.href),))
    view = CorrectionsPage(
        frame=frame._replace(head=in_row(head, row)),
        name=name,
        notes=tuple(_notes(facts, theme, members)),
        months=(),
        policy=None,
        up=up,
        earlier=row.earlier,
        later=row.later,
    )
    return Page(theme.page("corrections.html", view))


def _notes(facts: Facts, theme: Theme, members: Iterable[Member]) -> Iterator[ShownNote]:
    zone = facts.zone()
    paper_language = text_setting(facts, "language")
    for member in members:
        card = facts.story_card(member.story)
        if card is not None:
            words = theme.words_for(card.language, paper_language)
            yield from _notes_of(member, card, facts, words, zone)


def noted_of(member: Member, card: StoryCard, facts: Facts, words: Words) -> tuple[Noted, ...]:
    """Return what was noted of a story at the time the list says; several notes may share it."""
    if card.state is StoryState.RETRACTED and card.retraction is not None:
        return (Noted("", words.retracted, card.retraction.reason),)
    body = facts.story_body(card.id)
    return tuple(
        Noted(note.id, words.kinds[note.kind], note.text)
        for note in (body.corrections if body else ())
        if note.at == member.published_at
    )


def anchor_of(note: Noted) -> str:
    """Return what leads from a story's address to the note on its page; a retraction has none."""
    return f"#note-{note.id}" if note.id else ""


def _notes_of(
    member: Member, card: StoryCard, facts: Facts, words: Words, zone: ZoneInfo
) -> Iterator[ShownNote]:
    story = line(card, zone)
    for note in noted_of(member, card, facts, words):
        yield ShownNote(
            label=note.label,
            at=moment(member.published_at, zone=zone, language=card.language),
            text=note.text,
            language=card.language,
            direction=story.direction,
            story=story,
            href=f"{story.href}{anchor_of(note)}",
        )


def _frame(facts: Facts, theme: Theme, path: ObjectKey) -> Frame:
    frame = frame_of(facts, theme, Place("", "", "", path, None))
    name = frame.words.all_corrections
    return offering(frame._replace(title=name), Address(addresses.CORRECTIONS), name)


def _link(month: Period, frame: Frame) -> Link:
    href = addresses.href_of(addresses.corrections_month(month))
    return Link(href, period_name(month, language=frame.words.language))
