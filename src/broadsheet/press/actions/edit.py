"""
Commits a new version of what is not a story: section, author, topic, picture, front, the paper.

Addresses of sections, authors and topics are given once each and kept: a new slug gives a
new address, and the old one leads to it.
"""

from collections import Counter
from collections.abc import Collection
from datetime import datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import msgspec

from broadsheet.press import addresses, log
from broadsheet.press.actions.errors import ActRefused
from broadsheet.press.models import LogEntry
from broadsheet.press.posts.taking_along import take_along
from broadsheet.projections.layouts import FRONT as LAYOUT
from broadsheet.projections.layouts import placed
from broadsheet.story.body import Heading, Paragraph, Points
from broadsheet.story.ids import Address, AuthorId, PictureId, SectionId, TopicId
from broadsheet.story.records import (
    PAPER,
    Act,
    Author,
    Front,
    Picture,
    Policy,
    PolicyPurpose,
    Record,
    Section,
    Settings,
    Topic,
)
from broadsheet.story.slugs import SLUG_LIMIT_BYTES, free_segment, is_reserved
from broadsheet.story.versions import kind_of


def edit_section(
    section_id: SectionId,
    *,
    name: str,
    slug: str,
    position: int,
    description: str,
    now: datetime,
    by: str,
) -> LogEntry | None:
    """
    Commit a section's newest name, place and address; None when nothing changed.

    Raises:
        ActRefused: the slug is reserved for something else, or too long for a file.
        AddressTaken: the address is, or was, another record's.

    """
    if is_reserved(slug):
        message = f"a section cannot be at /{slug}/: that part of the site is taken; choose another"
        raise ActRefused(message)
    if len(slug.encode()) > SLUG_LIMIT_BYTES:
        message = f"a section's address has at most {SLUG_LIMIT_BYTES} bytes; choose a shorter one"
        raise ActRefused(message)
    log.take_turn(now)  # before anything is read that another act may change
    before = log.newest("section", section_id)
    address = Address(f"/{slug}/")
    section = Section(
        id=section_id,
        name=name,
        address=address,
        former_addresses=_former(before, address),
        position=position,
        description=description,
    )
    return _commit(section, now=now, by=by)


def edit_author(
    author_id: AuthorId,
    *,
    name: str,
    slug: str,
    role: str,
    bio: str,
    links: tuple[str, ...],
    avatar: PictureId | None,
    now: datetime,
    by: str,
) -> LogEntry | None:
    """
    Commit an author's newest card; None when nothing changed.

    Namesakes get addresses of their own.
    """
    log.take_turn(now)
    before = log.newest("author", author_id)
    free = free_segment(
        slug or name,
        is_taken=lambda s: addresses.is_taken(Address(f"/authors/{s}/"), by_other_than=author_id),
    )
    address = Address(f"/authors/{free}/")
    author = Author(
        id=author_id,
        name=name,
        role=role,
        bio=bio,
        address=address,
        former_addresses=_former(before, address),
        links=links,
        avatar=avatar,
    )
    return _commit(author, now=now, by=by)


def edit_topic(
    topic_id: TopicId, *, name: str, slug: str, description: str, now: datetime, by: str
) -> LogEntry | None:
    """
    Commit a topic's newest name, words and address; None when nothing changed.

    Namesakes get addresses of their own.
    """
    log.take_turn(now)
    topic = next_topic(topic_id, name=name, slug=slug, description=description)
    return _commit(topic, now=now, by=by)


def next_topic(
    topic_id: TopicId,
    *,
    name: str,
    slug: str,
    description: str,
    besides: Collection[Address] = (),
) -> Topic:
    """
    Return the version that editing a topic now would commit, at the address it would be given.

    besides are addresses that others will have been given by then.
    """
    before = log.newest("topic", topic_id)

    def is_taken(segment: str) -> bool:
        address = Address(f"/topics/{segment}/")
        return address in besides or addresses.is_taken(address, by_other_than=topic_id)

    address = Address(f"/topics/{free_segment(slug or name, is_taken=is_taken)}/")
    return Topic(
        id=topic_id,
        name=name,
        description=description,
        address=address,
        former_addresses=_former(before, address),
    )


def edit_picture(picture: Picture, *, now: datetime, by: str) -> LogEntry | None:
    """
    Commit a picture's newest texts and renditions; None when nothing changed.

    With its first renditions, posts that wait for them take it along.
    """
    log.take_turn(now)
    before = log.newest("picture", picture.id)
    entry = _commit(picture, now=now, by=by)
    if picture.renditions and isinstance(before, Picture) and not before.renditions:
        take_along(picture)
    return entry


def edit_front(front: Front, *, now: datetime, by: str) -> LogEntry | None:
    """
    Commit how a front is arranged; None when nothing changed.

    A story need not be live: until it is, the newest stands in its slot.

    Raises:
        ActRefused: there is no such front, a slot is nowhere on it, or a story is on it twice.

    """
    _must_fit(front)
    fewest = msgspec.structs.replace(front, slots=placed(front.slots, LAYOUT))
    return _commit(fewest, now=now, by=by)


def edit_policy(
    purpose: PolicyPurpose,
    *,
    title: str,
    body: tuple[Paragraph | Points | Heading, ...],
    now: datetime,
    by: str,
) -> LogEntry | None:
    """Commit what the paper says of itself on one matter; None when nothing changed."""
    turn = log.take_turn(now)
    before = log.newest("policy", purpose.value)
    if isinstance(before, Policy) and (before.title, before.body) == (title, body):
        return None
    policy = Policy(id=purpose.value, purpose=purpose, title=title, body=body, changed_at=turn.at)
    return _commit(policy, now=now, by=by)


def edit_settings(settings: Settings, *, now: datetime, by: str) -> LogEntry | None:
    """
    Commit the paper's newest settings; None when nothing changed.

    Raises:
        ActRefused: the time zone is none that exists.

    """
    try:
        ZoneInfo(settings.time_zone)
    except (ZoneInfoNotFoundError, ValueError) as error:
        message = f"there is no time zone {settings.time_zone!r}; use a name like Europe/Berlin"
        raise ActRefused(message) from error
    return _commit(
        msgspec.structs.replace(settings, base_url=settings.base_url.rstrip("/")), now=now, by=by
    )


def _commit(record: Record, *, now: datetime, by: str) -> LogEntry | None:
    turn = log.take_turn(now)
    if log.newest(kind_of(record), record.id) == record:
        return None
    if isinstance(record, Section | Author | Topic):
        addresses.assign(record.address, kind=kind_of(record), record_id=record.id)
    return log.append(record, turn=turn, act=Act.EDIT, by=by)


def _must_fit(front: Front) -> None:
    if front.id != PAPER and not isinstance(log.newest("section", front.id), Section):
        message = f"there is no section {front.id}, and so no front of it"
        raise ActRefused(message)
    holds = {place.name: place.stories for place in LAYOUT}
    for name, count in Counter(slot.place for slot in front.slots).items():
        if name not in holds:
            message = f"a front has no place {name!r}; it has {', '.join(holds)}"
            raise ActRefused(message)
        if count > holds[name]:
            message = f"{name} of a front holds {holds[name]}, not {count}; take some away"
            raise ActRefused(message)
    twice = [
        story
        for story, count in Counter(slot.story for slot in front.slots if slot.story).items()
        if count > 1
    ]
    if twice:
        message = f"a front has each story once; remove one of the two slots of {twice[0]}"
        raise ActRefused(message)


def _former(before: Record | None, address: Address) -> tuple[Address, ...]:
    if not isinstance(before, Section | Author | Topic):
        return ()
    kept = tuple(a for a in before.former_addresses if a != address)
    return kept if before.address == address else (*kept, before.address)
