"""
Makes the archive: every story of the paper or a section, by month of first publication.

A month lists its stories; a month with many lists its days instead, and the days list
the stories. An archive page of a section that moved leads to the same page at the
section's present address.
"""

from itertools import groupby
from typing import NamedTuple

from broadsheet.projections import addresses
from broadsheet.projections.cards import Line, lines
from broadsheet.projections.catalog import period_of_subject
from broadsheet.projections.facts import Facts
from broadsheet.projections.frame import Frame, Link, Place, frame_of
from broadsheet.projections.lists import HOME, ListName, Period
from broadsheet.projections.locales import period_name
from broadsheet.projections.objects import Absent, Moved, Object, ObjectKey, Page, Rendered
from broadsheet.projections.page_heads import Above, Row, in_row, list_head
from broadsheet.projections.theme.loading import Theme
from broadsheet.story.ids import Address, SectionId


class Year(NamedTuple):
    """The months of one year."""

    name: str
    months: tuple[Link, ...]


class ArchiveIndex(NamedTuple):
    """The months that have stories."""

    frame: Frame
    heading: str  # of the section; "" is the paper's own
    years: tuple[Year, ...]


class ArchivePeriod(NamedTuple):
    """The stories of a month or a day, or the days of a month."""

    frame: Frame
    heading: str  # of the section; "" is the paper's own
    name: str
    up: Link
    days: tuple[Link, ...]
    lines: tuple[Line, ...]
    earlier: Link | None
    later: Link | None


class Whose(NamedTuple):
    """Whose archive it is."""

    root: Address
    section: SectionId | None
    heading: str


def archive_index(obj: Object, facts: Facts, theme: Theme) -> Rendered:
    """Return the list of months."""
    whose = _whose(obj.subject, facts)
    if whose is None:
        return Absent()
    here = addresses.archive_index(whose.root)
    if here != obj.key:
        return Moved(here)
    frame = _frame(whose, here, facts, theme)
    months = ((month, _link(whose, month, frame)) for month in facts.months(obj.subject))
    years = tuple(
        Year(year, tuple(link for _, link in group))
        for year, group in groupby(months, key=lambda pair: pair[0][:4])
    )
    head = list_head(frame, facts, theme, above=_above(whose))
    shown = frame._replace(head=head)
    return Page(theme.page("archive_index.html", ArchiveIndex(shown, whose.heading, years)))


def archive_month(obj: Object, facts: Facts, theme: Theme) -> Rendered:
    """Return one month: its stories, or its days if it is cut into days."""
    name, month = period_of_subject(obj.subject)
    whose = _whose(name, facts)
    moved = _elsewhere(obj, whose, month)
    if whose is None:
        return Absent()
    if moved is not None:
        # Only what has something now: what it once had depends on when somebody looked.
        return moved if month in facts.months(name) else Absent()
    days = facts.days(name, month)
    members = () if days else facts.period(name, month)
    if not days and not members:
        return Absent()
    frame = _titled(_frame(whose, obj.key, facts, theme), month)
    earlier, later = facts.neighbors(name, month)
    up = Link(addresses.href_of(addresses.archive_index(whose.root)), frame.words.all_months)
    above = (*_above(whose), Above(frame.words.archive, up.href))
    row = Row(
        _link(whose, earlier, frame) if earlier else None,
        _link(whose, later, frame) if later else None,
    )
    view = ArchivePeriod(
        frame=_with_head(frame, facts, theme, above, row),
        heading=whose.heading,
        name=frame.title,
        up=up,
        days=tuple(_link(whose, day, frame) for day in days),
        lines=lines(facts, members),
        earlier=row.earlier,
        later=row.later,
    )
    return Page(theme.page("archive_period.html", view))


def archive_day(obj: Object, facts: Facts, theme: Theme) -> Rendered:
    """Return one day of a month that is cut into days; Absent while it is not."""
    name, day = period_of_subject(obj.subject)
    whose = _whose(name, facts)
    moved = _elsewhere(obj, whose, day)
    days = facts.days(name, day[:7])
    if whose is None or day not in days:
        return Absent()
    if moved is not None:
        return moved
    frame = _titled(_frame(whose, obj.key, facts, theme), day)
    at = days.index(day)
    index = addresses.href_of(addresses.archive_index(whose.root))
    month = _link(whose, day[:7], frame)
    above = (*_above(whose), Above(frame.words.archive, index), Above(month.text, month.href))
    row = Row(
        _link(whose, days[at + 1], frame) if at + 1 < len(days) else None,
        _link(whose, days[at - 1], frame) if at > 0 else None,
    )
    view = ArchivePeriod(
        frame=_with_head(frame, facts, theme, above, row),
        heading=whose.heading,
        name=frame.title,
        up=month,
        days=(),
        lines=lines(facts, facts.period(name, day)),
        earlier=row.earlier,
        later=row.later,
    )
    return Page(theme.page("archive_period.html", view))


def _whose(name: ListName, facts: Facts) -> Whose | None:
    if name == HOME:
        return Whose(addresses.FRONT, None, "")
    section_id = addresses.section_of(name)
    section = facts.section_card(section_id) if section_id else None
    return Whose(section.address, section.id, section.name) if section else None


def _elsewhere(obj: Object, whose: Whose | None, period: Period) -> Moved | None:
    here = addresses.archive_period(whose.root, period) if whose else obj.key
    return Moved(here) if here != obj.key else None


def _frame(whose: Whose, here: ObjectKey, facts: Facts, theme: Theme) -> Frame:
    section = whose.root if whose.section else None
    frame = frame_of(facts, theme, Place("", whose.heading, "", here, section))
    return frame._replace(title=frame.words.archive)


def _titled(frame: Frame, period: Period) -> Frame:
    return frame._replace(title=period_name(period, language=frame.words.language))


def _above(whose: Whose) -> tuple[Above, ...]:
    """Return the section's front, if it is a section's archive."""
    return (Above(whose.heading, addresses.href_of(whose.root)),) if whose.section else ()


def _with_head(
    frame: Frame, facts: Facts, theme: Theme, above: tuple[Above, ...], row: Row
) -> Frame:
    return frame._replace(head=in_row(list_head(frame, facts, theme, above=above), row))


def _link(whose: Whose, period: Period, frame: Frame) -> Link:
    href = addresses.href_of(addresses.archive_period(whose.root, period))
    return Link(href, period_name(period, language=frame.words.language))
