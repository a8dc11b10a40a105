"""
Makes the entries of a feed, for RSS and Atom alike: the newest live or retracted stories.

A retracted story's entry stays, with its id, and becomes the notice. A feed's own date is
the newest significant time among the entries it shows, never the time of rendering.
"""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import NamedTuple

from broadsheet.projections import addresses
from broadsheet.projections.facets import StoryCard
from broadsheet.projections.facts import Facts
from broadsheet.projections.frame import text_setting
from broadsheet.projections.lists import FEED, ListName, section_feed, topic_feed
from broadsheet.projections.objects import Absent, Moved, Object, ObjectKey, Page, Rendered
from broadsheet.projections.theme.loading import Theme
from broadsheet.story.ids import Address, SectionId, TopicId
from broadsheet.story.records import Section, StoryState, Topic

ENTRIES = 20
NO_ENTRY_YET = datetime(1970, 1, 1, tzinfo=UTC)  # an empty Atom feed must have a date


class Entry(NamedTuple):
    """One story in a feed."""

    id: str
    url: str
    title: str
    summary: str
    language: str
    authors: tuple[str, ...]
    section: str
    published_at: datetime
    updated_at: datetime


class Feed(NamedTuple):
    """A feed before it is written as RSS or Atom."""

    id: str
    url: str  # of the feed itself
    page_url: str  # of the page it follows
    title: str
    paper: str
    subtitle: str
    language: str
    updated_at: datetime | None  # None while it has no entries
    entries: tuple[Entry, ...]


def feed(
    obj: Object, facts: Facts, theme: Theme, *, suffix: str, written: Callable[[Feed], bytes]
) -> Rendered:
    """Return what stands at one of a feed's addresses, past or present."""
    about = None
    if obj.subject != FEED:
        about = _followed(obj.subject, facts)
        if about is None:
            return Absent()
    here = addresses.feed(about.address if about else None, suffix)
    if here != obj.key:
        return Moved(here)
    return Page(written(_feed(here, facts, theme, about, obj.subject)))


def _followed(name: ListName, facts: Facts) -> Section | Topic | None:
    """Return the section whose feed this is, or the topic, if readers know of it yet."""
    of_topics = topic_feed(TopicId(""))
    if not name.startswith(of_topics):
        return facts.section(SectionId(name.removeprefix(section_feed(SectionId("")))))
    # As its page: what has nothing to show is nowhere.
    return (
        facts.topic(TopicId(name.removeprefix(of_topics))) if facts.newest(name, limit=1) else None
    )


def _feed(
    here: ObjectKey, facts: Facts, theme: Theme, about: Section | Topic | None, list_name: ListName
) -> Feed:
    base_url = text_setting(facts, "base_url")
    name = text_setting(facts, "name")
    home = about.address if about else Address(addresses.FRONT)
    members = facts.newest(list_name, limit=ENTRIES)
    cards = (facts.story_card(member.story) for member in members)
    entries = tuple(_entry(card, facts, theme, base_url) for card in cards if card is not None)
    return Feed(
        id=f"urn:uuid:{about.id}" if about else addresses.url_of(base_url, home),
        url=addresses.url_of(base_url, here),
        page_url=addresses.url_of(base_url, home),
        title=f"{name}: {about.name}" if about else name,
        paper=name,
        subtitle=about.description if about else text_setting(facts, "tagline"),
        language=text_setting(facts, "language"),
        updated_at=max((entry.updated_at for entry in entries), default=None),
        entries=entries,
    )


def _entry(card: StoryCard, facts: Facts, theme: Theme, base_url: str) -> Entry:
    title, summary, updated_at = _what_it_says(card, facts, theme)
    authors = (facts.author_card(byline.author) for byline in card.bylines)
    section = facts.section_card(card.section)
    return Entry(
        id=f"urn:uuid:{card.id}",
        url=addresses.url_of(base_url, card.address),
        title=title,
        summary=summary,
        language=card.language,
        authors=tuple(author[0] for author in authors if author is not None),
        section=section.name if section else "",
        published_at=card.first_published_at,
        updated_at=updated_at,
    )


def _what_it_says(card: StoryCard, facts: Facts, theme: Theme) -> tuple[str, str, datetime]:
    if card.state is not StoryState.RETRACTED or card.retraction is None:
        return card.headline, card.standfirst, card.updated_at
    words = theme.words_for(card.language, text_setting(facts, "language"))
    title = words.retracted_title.replace("{headline}", card.headline)
    return title, card.retraction.reason, card.retraction.at
