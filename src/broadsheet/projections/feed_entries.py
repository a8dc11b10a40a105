"""
Makes the entries of feeds: a story with its full text, or one note of the list of corrections.

A retracted story's entry stays, with its id, and becomes the notice; nothing of its words or
pictures is read any more. A note's entry has an id of its own and leads to the note.
"""

from collections.abc import Iterator
from datetime import datetime
from typing import NamedTuple
from uuid import UUID, uuid5

from broadsheet.projections import addresses
from broadsheet.projections.around_story import topics_of
from broadsheet.projections.blocks import shown_blocks
from broadsheet.projections.corrections_page import Noted, anchor_of, noted_of
from broadsheet.projections.facets import StoryBody, StoryCard
from broadsheet.projections.facts import Facts
from broadsheet.projections.feed_content import EntryText, Note, html_of
from broadsheet.projections.feed_pictures import FeedPicture, avatar_of, pictures_of
from broadsheet.projections.frame import Link, text_setting
from broadsheet.projections.lists import Member
from broadsheet.projections.locales import direction_of, moment
from broadsheet.projections.pictures import shown
from broadsheet.projections.theme.furniture import Words
from broadsheet.projections.theme.loading import Theme
from broadsheet.story.body import PictureUse, pictures_in
from broadsheet.story.records import Byline, StoryState


class EntryAuthor(NamedTuple):
    """One author of an entry."""

    name: str
    url: str
    avatar: str  # "" if there is none that anybody may see


class Entry(NamedTuple):
    """One story, or one note, in a feed."""

    id: str
    url: str
    title: str
    summary: str
    content: str  # HTML, every address in it whole
    language: str
    authors: tuple[EntryAuthor, ...]
    categories: tuple[str, ...]  # the section, then the topics
    pictures: tuple[FeedPicture, ...]  # the lead first, each once
    published_at: datetime
    updated_at: datetime


def story_entry(card: StoryCard, facts: Facts, theme: Theme) -> Entry:
    """Return the entry of a live or a retracted story."""
    if card.state is StoryState.RETRACTED and card.retraction is not None:
        return _notice(card, facts, theme, reason=card.retraction.reason, at=card.retraction.at)
    base_url = text_setting(facts, "base_url")
    body = facts.story_body(card.id)
    topics = topics_of(body, facts) if body else ()
    return Entry(
        id=f"urn:uuid:{card.id}",
        url=addresses.url_of(base_url, card.address),
        title=card.headline,
        summary=card.standfirst,
        content=html_of(_full_text(card, body, facts, theme), theme),
        language=card.language,
        authors=tuple(_authors(card.bylines, facts, base_url)),
        categories=(*_section(card, facts), *(topic.text for topic in topics)),
        pictures=pictures_of(_uses(card, body), facts, base_url=base_url),
        published_at=card.first_published_at,
        updated_at=card.updated_at,
    )


def note_entries(member: Member, card: StoryCard, facts: Facts, theme: Theme) -> Iterator[Entry]:
    """Yield the entries of what was noted of a story at the time the list says."""
    words = _words(card, facts, theme)
    for note in noted_of(member, card, facts, words):
        yield _note_entry(note, member.published_at, card, facts, theme)


def _notice(card: StoryCard, facts: Facts, theme: Theme, *, reason: str, at: datetime) -> Entry:
    base_url = text_setting(facts, "base_url")
    words = _words(card, facts, theme)
    text = _text_around(card, facts, words)._replace(
        notes=(_note(words.retracted, at, reason, card, facts),)
    )
    return Entry(
        id=f"urn:uuid:{card.id}",
        url=addresses.url_of(base_url, card.address),
        title=words.retracted_title.replace("{headline}", card.headline),
        summary=reason,
        content=html_of(text, theme),
        language=card.language,
        authors=tuple(_authors(card.bylines, facts, base_url)),
        categories=_section(card, facts),
        pictures=(),
        published_at=card.first_published_at,
        updated_at=at,
    )


def _note_entry(note: Noted, at: datetime, card: StoryCard, facts: Facts, theme: Theme) -> Entry:
    story = addresses.url_of(text_setting(facts, "base_url"), card.address)
    words = _words(card, facts, theme)
    text = _text_around(card, facts, words)._replace(
        notes=(_note(note.label, at, note.text, card, facts),),
        about=Link(f"{story}{anchor_of(note)}", card.headline),
    )
    return Entry(
        # A story has many notes: each has an id made of both.
        id=f"urn:uuid:{uuid5(UUID(card.id), note.id or StoryState.RETRACTED.value)}",
        url=f"{story}{anchor_of(note)}",
        title=f"{note.label}: {card.headline}",
        summary=note.text,
        content=html_of(text, theme),
        language=card.language,
        authors=(),  # the paper says it, not who wrote the story
        categories=_section(card, facts),
        pictures=(),
        published_at=at,
        updated_at=at,
    )


def _full_text(card: StoryCard, body: StoryBody | None, facts: Facts, theme: Theme) -> EntryText:
    words = _words(card, facts, theme)
    around = _text_around(card, facts, words)._replace(
        standfirst=card.standfirst, lead=shown(facts, card.lead), dateline=card.dateline
    )
    if body is None:
        return around
    return around._replace(
        notes=tuple(
            _note(words.kinds[note.kind], note.at, note.text, card, facts)
            for note in reversed(body.corrections)
        ),
        blocks=shown_blocks(facts, body.blocks, language=card.language),
    )


def _text_around(card: StoryCard, facts: Facts, words: Words) -> EntryText:
    return EntryText(
        base_url=text_setting(facts, "base_url"),
        language=card.language,
        direction=direction_of(card.language),
        words_language=words.language,
    )


def _note(label: str, at: datetime, text: str, card: StoryCard, facts: Facts) -> Note:
    return Note(label, moment(at, zone=facts.zone(), language=card.language), text)


def _words(card: StoryCard, facts: Facts, theme: Theme) -> Words:
    return theme.words_for(card.language, text_setting(facts, "language"))


def _section(card: StoryCard, facts: Facts) -> tuple[str, ...]:
    section = facts.section_card(card.section)
    return (section.name,) if section else ()


def _authors(bylines: tuple[Byline, ...], facts: Facts, base_url: str) -> Iterator[EntryAuthor]:
    for byline in bylines:
        author = facts.author(byline.author)
        if author is not None:
            page = addresses.url_of(base_url, author.address)
            yield EntryAuthor(author.name, page, avatar_of(author, facts, base_url=base_url))


def _uses(card: StoryCard, body: StoryBody | None) -> Iterator[PictureUse]:
    if card.lead is not None:
        yield card.lead
    for block in body.blocks if body else ():
        yield from pictures_in(block)
