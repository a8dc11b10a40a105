"""
Makes the lists of the read API: the newest stories, and older ones by month.

A list is read by following `next`: from the newest to the month they are of, from there to the
months before; a month with many stories leads through its days. So a publish rewrites the newest
page and one month or day, however long the archive. Pages overlap, and a story's id says so.
"""

from collections.abc import Callable, Iterable, Iterator

from broadsheet.projections import api_entries, links, partner_addresses
from broadsheet.projections.api_entries import Said, url
from broadsheet.projections.catalog import period_of_subject
from broadsheet.projections.facets import StoryCard
from broadsheet.projections.facts import Facts
from broadsheet.projections.json_files import written
from broadsheet.projections.lists import (
    CORRECTIONS,
    ListName,
    Member,
    Period,
    has_periods,
)
from broadsheet.projections.locales import instant
from broadsheet.projections.objects import Absent, Object, ObjectKey, Page
from broadsheet.story.ids import AuthorId, SectionId, TopicId
from broadsheet.story.records import Author, Section, StoryState, Topic

NEWEST = 50


def newest(obj: Object, facts: Facts) -> Page | Absent:
    """Return the newest of a list; Absent if it is of something readers do not know of."""
    name = obj.subject
    members = facts.newest(name, limit=NEWEST)
    of = _of(name, facts, is_empty=not members)
    if of is None:
        return Absent()
    # Who has fewer than a page has them all; who has no months leads nowhere.
    months = facts.months(name) if has_periods(name) and len(members) == NEWEST else ()
    onward = partner_addresses.period(name, months[0]) if months else None
    return _page(obj, facts, of, _entries(name, members, facts, api_entries.entry), onward)


def period(obj: Object, facts: Facts) -> Page | Absent:
    """Return a month of a list, or one day of a month that is cut into days."""
    name, of = period_of_subject(obj.subject)
    month = of[:7]
    days = () if name == CORRECTIONS else facts.days(name, month)
    if of == month and days:
        return _page(
            obj, facts, {}, _entries(name, (), facts, api_entries.line), _at(name, days[0])
        )
    if of != month and of not in days:
        return Absent()
    members = facts.period(name, of)
    if not members:
        return Absent()
    later_ones = days[days.index(of) + 1 :] if days else ()
    earlier = later_ones[0] if later_ones else facts.earlier(name, month)
    onward = _at(name, earlier) if earlier else None
    return _page(obj, facts, {}, _entries(name, members, facts, api_entries.line), onward)


def _at(name: ListName, of: Period) -> str:
    return partner_addresses.period(name, of)


def _page(obj: Object, facts: Facts, of: Said, entries: Iterable[Said], onward: str | None) -> Page:
    name = obj.subject.partition(" ")[0]
    is_of_notes = name == CORRECTIONS
    # A list without months has no older page, which is not to say that there are no older stories.
    leads_on = {"next": url(ObjectKey(onward), facts) if onward else None}
    said = {
        "self": url(obj.key, facts),
        **(leads_on if has_periods(name) else {}),
        **of,
        "corrections" if is_of_notes else "stories": list(entries),
    }
    return Page(written(said))


def _of(name: ListName, facts: Facts, *, is_empty: bool) -> Said | None:
    """Return what a list is of; None for what readers do not know of."""
    kind, _, record_id = name.partition("/")
    if not record_id:
        return {}
    if kind == "section":
        return _section(facts.section(SectionId(record_id)), facts)
    # As their pages: a name on the desk's list may be of a story under embargo.
    if is_empty:
        return None
    if kind == "author":
        return _author(facts.author(AuthorId(record_id)), facts)
    return _topic(facts.topic(TopicId(record_id)), facts)


def _section(section: Section | None, facts: Facts) -> Said | None:
    if section is None:
        return None
    named = api_entries.section(section.id, section.name, section.address, facts)
    return {"section": {**named, "description": section.description}}


def _author(author: Author | None, facts: Facts) -> Said | None:
    if author is None:
        return None
    said = {
        "id": author.id,
        "name": author.name,
        "role": author.role,
        "bio": author.bio,
        "links": [href for href in author.links if links.is_profile(href)],
        "url": url(author.address, facts),
    }
    return {"author": said}


def _topic(topic: Topic | None, facts: Facts) -> Said | None:
    if topic is None:
        return None
    said = {
        "id": topic.id,
        "name": topic.name,
        "description": topic.description,
        "url": url(topic.address, facts),
    }
    return {"topic": said}


def _entries(
    name: ListName,
    members: Iterable[Member],
    facts: Facts,
    told: Callable[[StoryCard, Facts], Said],
) -> Iterator[Said]:
    for member in members:
        card = facts.story_card(member.story)
        if card is None:
            continue
        if name == CORRECTIONS:
            yield from _notes(member, card, facts)
        else:
            yield told(card, facts)


def _notes(member: Member, card: StoryCard, facts: Facts) -> Iterator[Said]:
    """Give what was noted of a story at the time the list says; several notes may share it."""
    if card.state is StoryState.RETRACTED and card.retraction is not None:
        found = [("retraction", card.retraction.reason)]
    else:
        body = facts.story_body(card.id)
        found = [
            (note.kind.value, note.text)
            for note in (body.corrections if body else ())
            if note.at == member.published_at
        ]
    for kind, text in found:
        yield {
            "kind": kind,
            "at": instant(member.published_at),
            "text": text,
            "story": api_entries.line(card, facts),
        }
