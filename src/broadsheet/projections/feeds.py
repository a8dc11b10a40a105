"""
Makes feeds, for each format alike: the newest stories or retractions of a list, or its notes.

A feed's own date is the newest significant time among the entries it shows, never the time
of rendering.
"""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from itertools import islice
from typing import NamedTuple

from broadsheet.projections import addresses
from broadsheet.projections.facts import Facts
from broadsheet.projections.feed_entries import Entry, note_entries, story_entry
from broadsheet.projections.frame import text_setting
from broadsheet.projections.lists import CORRECTIONS, FEED, ListName
from broadsheet.projections.objects import Absent, Moved, Object, ObjectKey, Page, Rendered
from broadsheet.projections.theme.loading import Theme
from broadsheet.story.ids import Address, AuthorId, SectionId, TopicId
from broadsheet.story.records import Author, Section, Topic

ENTRIES = 20
NO_ENTRY_YET = datetime(1970, 1, 1, tzinfo=UTC)  # an empty Atom feed must have a date


class Feed(NamedTuple):
    """A feed before it is written in one of the formats."""

    id: str
    url: str  # of the feed itself
    page_url: str  # of the page it follows
    hub: str  # that tells subscribers of new entries; "" is none
    title: str
    paper: str
    paper_url: str
    subtitle: str
    language: str
    updated_at: datetime | None  # None while it has no entries
    entries: tuple[Entry, ...]


class _Followed(NamedTuple):
    """What a feed is about: a section, a topic, an author, or the paper's corrections."""

    id: str  # "" has none but its address
    name: str
    description: str
    address: Address


def feed(
    obj: Object, facts: Facts, theme: Theme, *, suffix: str, written: Callable[[Feed], bytes]
) -> Rendered:
    """Return what stands at one of a feed's addresses, past or present."""
    about = None
    if obj.subject == CORRECTIONS:
        about = _corrections(facts, theme)
    elif obj.subject != FEED:
        about = _followed(obj.subject, facts)
        if about is None:
            return Absent()
    here = addresses.feed(about.address if about else None, suffix)
    if here != obj.key:
        return Moved(here)
    return Page(written(_feed(here, facts, theme, about, obj.subject)))


def _corrections(facts: Facts, theme: Theme) -> _Followed:
    address = Address(addresses.CORRECTIONS)
    name = theme.words_for(text_setting(facts, "language")).all_corrections
    return _Followed("", name, "", address)


def _followed(name: ListName, facts: Facts) -> _Followed | None:
    """Return what a feed follows; an author or a topic, if readers know of it yet."""
    kind, _, record_id = name.partition("/")
    if kind == "feed":
        section = facts.section(SectionId(record_id))
        return _about(section, section.description) if section else None
    # As its page: what has nothing to show is nowhere.
    if not facts.newest(name, limit=1):
        return None
    if kind == "topic-feed":
        topic = facts.topic(TopicId(record_id))
        return _about(topic, topic.description) if topic else None
    author = facts.author(AuthorId(record_id))
    return _about(author, author.bio) if author else None


def _about(record: Section | Topic | Author, description: str) -> _Followed:
    return _Followed(record.id, record.name, description, record.address)


def _feed(
    here: ObjectKey, facts: Facts, theme: Theme, about: _Followed | None, list_name: ListName
) -> Feed:
    base_url = text_setting(facts, "base_url")
    name = text_setting(facts, "name")
    page_url = addresses.url_of(base_url, about.address if about else addresses.FRONT)
    entries = tuple(islice(_entries(list_name, facts, theme), ENTRIES))
    return Feed(
        id=f"urn:uuid:{about.id}" if about and about.id else page_url,
        url=addresses.url_of(base_url, here),
        page_url=page_url,
        hub=text_setting(facts, "websub_hub"),
        title=f"{name}: {about.name}" if about else name,
        paper=name,
        paper_url=addresses.url_of(base_url, addresses.FRONT),
        subtitle=about.description if about else text_setting(facts, "tagline"),
        language=text_setting(facts, "language"),
        updated_at=max((entry.updated_at for entry in entries), default=None),
        entries=entries,
    )


def _entries(list_name: ListName, facts: Facts, theme: Theme) -> Iterator[Entry]:
    for member in facts.newest(list_name, limit=ENTRIES):
        card = facts.story_card(member.story)
        if card is None:
            continue
        if list_name == CORRECTIONS:
            yield from note_entries(member, card, facts, theme)
        else:
            yield story_entry(card, facts, theme)
