"""
Says what there is to know of each record: its facets, each a fact with a name and a value.

A projection may show no more of a record than this. A change of a record is the set of
facts that say something else afterwards.
"""

import hashlib
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import NamedTuple, NewType

from broadsheet.projections.lists import Key, ListName, Period
from broadsheet.story.body import Block, PictureUse, Update
from broadsheet.story.ids import Address, PictureId, SectionId, StoryId, TopicId
from broadsheet.story.records import (
    PAPER,
    Author,
    Byline,
    Correction,
    Coverage,
    Front,
    NewsWindow,
    Picture,
    Policy,
    PolicyPurpose,
    Record,
    Retraction,
    Section,
    Settings,
    Story,
    StoryState,
    Topic,
)
from broadsheet.story.versions import canonical, kind_of

Fact = NewType("Fact", str)  # "story/<id>/card"
Fingerprint = NewType("Fingerprint", str)  # 32 hexadecimal digits of a SHA-256

ABSENT = Fingerprint("absent")
LOWEST = ""  # below every key
# Above every key, and written like one: a sign that sorts last in Python, such as "~", sorts
# before digits in PostgreSQL under every language's collation.
HIGHEST = "9999-12-31T23:59:59.999999Z"


class StoryAddress(NamedTuple):
    """The facet of a story that links need: where it is, and whether it is there."""

    state: StoryState
    address: Address


class StoryCard(NamedTuple):
    """The facet of a story that lists show."""

    id: StoryId
    state: StoryState
    address: Address
    section: SectionId
    language: str
    kicker: str
    headline: str
    standfirst: str
    lead: PictureUse | None
    bylines: tuple[Byline, ...]
    dateline: str
    first_published_at: datetime
    updated_at: datetime
    retraction: Retraction | None
    coverage: Coverage
    topics: tuple[TopicId, ...]
    may_be_taken: bool  # by partners


class StoryBody(NamedTuple):
    """The facet of a story that only its own page shows."""

    blocks: tuple[Block, ...]
    corrections: tuple[Correction, ...]
    topics: tuple[TopicId, ...]
    related: tuple[StoryId, ...]
    source: str  # the agency that wrote it; "" is our own copy
    may_be_taken: bool  # by partners
    original: StoryId  # whose translations, and itself, are the story in other languages


def last_changed(card: "StoryCard", body: StoryBody | None) -> datetime:
    """
    Return when a story last said something new to who reads it.

    A note on it does so, and an entry of its coverage; neither dates it anew in feeds and
    sitemaps, which go by updated_at: what an editor called significant.
    """
    notes = (note.at for note in body.corrections) if body else ()
    entries = (block.at for block in body.blocks if isinstance(block, Update)) if body else ()
    return max(card.first_published_at, card.updated_at, *notes, *entries)


class StoryTranslation(NamedTuple):
    """The facet of a story that its translations link to."""

    state: StoryState
    language: str
    address: Address


class MenuEntry(NamedTuple):
    """One section as the menu shows it."""

    id: SectionId
    name: str
    address: Address


class PolicyEntry(NamedTuple):
    """One policy page as every page names it."""

    purpose: PolicyPurpose
    title: str
    address: Address


def fact(kind: str, record_id: str, facet: str) -> Fact:
    """Return the name of a fact."""
    return Fact(f"{kind}/{record_id}/{facet}")


def fingerprint(value: object) -> Fingerprint:
    """Return the fingerprint of what a fact says."""
    return Fingerprint(hashlib.sha256(canonical(value)).hexdigest()[:32])


def key_text(key: Key) -> str:
    """Return a list key as text that sorts as the key does."""
    return f"{instant_text(key.published_at)}/{key.story}"


def instant_text(at: datetime) -> str:
    """Return a time, whatever its zone, as text that sorts as the time does."""
    return at.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")


def facets(record: Record) -> Mapping[Fact, object]:  # noqa: PLR0911  # a line for each kind of record
    """Return everything a projection can learn of one record, by fact."""
    match record:
        case Story(id=story_id):
            return {
                fact("story", story_id, "address"): address_of(record),
                fact("story", story_id, "card"): card_of(record),
                fact("story", story_id, "body"): body_of(record),
                fact("story", story_id, "translations"): translation_of(record),
            }
        case Section(id=section_id):
            return {
                fact("section", section_id, "card"): MenuEntry(
                    section_id, record.name, record.address
                ),
                fact("section", section_id, "whole"): record,
            }
        case Author(id=author_id):
            return {
                fact("author", author_id, "card"): (record.name, record.address, record.role),
                fact("author", author_id, "whole"): record,
            }
        case Topic(id=topic_id):
            return {
                fact("topic", topic_id, "card"): (record.name, record.address),
                fact("topic", topic_id, "whole"): record,
            }
        case Picture() | Front() | Policy():
            return {fact(kind_of(record), record.id, "whole"): record}
        case Settings():
            return {
                fact("settings", PAPER, field): getattr(record, field)
                for field in record.__struct_fields__
                if field != "id"
            }
        case NewsWindow():
            return {fact("news-window", PAPER, "opens_at"): record.opens_at}


def changed_facts(old: Record | None, new: Record) -> frozenset[Fact]:
    """Return the facts about one record that its new version changes."""
    before = facets(old) if old is not None else {}
    changed = {name for name, value in facets(new).items() if before.get(name, ABSENT) != value}
    if isinstance(new, Section) and (old is None or _menu_changed(old, new)):
        changed.add(MENU)
    if isinstance(new, Policy):
        changed.add(POLICIES)
    if isinstance(new, Author):
        avatars = {new.avatar, old.avatar if isinstance(old, Author) else None}
        if len(avatars) > 1:  # it was another, or none
            changed |= {portrayed_fact(picture) for picture in avatars if picture is not None}
    return frozenset(changed)


MENU = fact("paper", PAPER, "menu")
POLICIES = fact("paper", PAPER, "policies")


def portrayed_fact(picture: PictureId) -> Fact:
    """Return the fact of whose avatar a picture is."""
    return Fact(f"portrayed/{picture}")


def months_fact(name: ListName) -> Fact:
    """Return the fact of which months a list has members in."""
    return Fact(f"months/{name}")


def lastmods_fact(name: ListName) -> Fact:
    """Return the fact of each period's newest significant update."""
    return Fact(f"lastmods/{name}")


def days_fact(name: ListName, month: Period) -> Fact:
    """Return the fact of whether a month is cut into days, and into which."""
    return Fact(f"days/{name}/{month}")


def earlier_fact(name: ListName, month: Period) -> Fact:
    """Return the fact of which month stands before one."""
    return Fact(f"earlier/{name}/{month}")


def neighbors_fact(name: ListName, month: Period) -> Fact:
    """Return the fact of which months stand before and after one."""
    return Fact(f"neighbors/{name}/{month}")


def _menu_changed(old: Record, new: Section) -> bool:
    return not isinstance(old, Section) or (old.name, old.address, old.position) != (
        new.name,
        new.address,
        new.position,
    )


def address_of(story: Story) -> StoryAddress:
    """Return what links need of a story."""
    return StoryAddress(story.state, story.address)


def card_of(story: Story) -> StoryCard:
    """Return what lists, and posts, show of a story."""
    content = story.content
    return StoryCard(
        story.id,
        story.state,
        story.address,
        content.section,
        content.language,
        content.kicker,
        content.headline,
        content.standfirst,
        content.lead,
        content.bylines,
        content.dateline,
        story.first_published_at,
        story.updated_at,
        story.retraction,
        content.coverage,
        content.topics,
        content.may_be_taken,
    )


def body_of(story: Story) -> StoryBody:
    """Return what only a story's own page shows."""
    content = story.content
    return StoryBody(
        content.body,
        content.corrections,
        content.topics,
        content.related,
        content.source,
        content.may_be_taken,
        content.translation_of or story.id,
    )


def translation_of(story: Story) -> StoryTranslation:
    """Return what a story's translations show of it: nothing but where it is, and its language."""
    return StoryTranslation(story.state, story.content.language, story.address)
