"""
Says which lists a story stands in, and in what order.

A list is named; its members are (first publication, id), newest first. A list is
read only through windows (projections.facts), so a change of membership dirties
just the objects whose window it crosses. No other query exists.
"""

from datetime import datetime
from typing import NamedTuple
from zoneinfo import ZoneInfo

from broadsheet.story.body import pictures_in
from broadsheet.story.ids import Address, AuthorId, PictureId, SectionId, StoryId, TopicId
from broadsheet.story.records import Story, StoryState

# "home", "section/<id>", "author/<id>", "topic/<id>", "translations/<original>", "feed",
# "feed/<section>", "topic-feed/<id>", "author-feed/<id>", "picture/<id>", "corrections"
ListName = str
Period = str  # "2026-11" or "2026-11-22", in the paper's zone

HOME: ListName = "home"  # every live story
FEED: ListName = "feed"  # every live or retracted story: a feed item becomes its notice
CORRECTIONS: ListName = (
    "corrections"  # every note on a live story, and every retraction, by its time
)

# A month with more members than this is cut into days. Source: shared design, "cut into days
# above 200 stories".
MONTH_IS_CUT_ABOVE = 200


def has_periods(name: ListName) -> bool:
    """Return whether a list has calendar archives: the paper's, sections' and corrections do."""
    return name in {HOME, CORRECTIONS} or name.startswith("section/")


def section_list(section: SectionId) -> ListName:
    """Return the list of a section's live stories."""
    return f"section/{section}"


def section_feed(section: SectionId) -> ListName:
    """Return the list a section's feeds show: live and retracted stories."""
    return f"feed/{section}"


def author_list(author: AuthorId) -> ListName:
    """Return the list of an author's live stories."""
    return f"author/{author}"


def topic_list(topic: TopicId) -> ListName:
    """Return the list of a topic's live stories."""
    return f"topic/{topic}"


def topic_feed(topic: TopicId) -> ListName:
    """Return the list a topic's feeds show: live and retracted stories."""
    return f"topic-feed/{topic}"


def author_feed(author: AuthorId) -> ListName:
    """Return the list an author's feeds show: live and retracted stories."""
    return f"author-feed/{author}"


def translations_list(original: StoryId) -> ListName:
    """Return the list of a story's live translations, the story itself not among them."""
    return f"translations/{original}"


def picture_list(picture: PictureId) -> ListName:
    """Return the list of live stories that show a picture: its file is public while it has one."""
    return f"picture/{picture}"


class Key(NamedTuple):
    """A member's place in every list: order everywhere is (first published, id)."""

    published_at: datetime
    story: StoryId


class Member(NamedTuple):
    """A list entry: just what sitemaps need, so that they read no story."""

    published_at: datetime
    story: StoryId
    updated_at: datetime
    address: Address

    @property
    def key(self) -> Key:
        """Return the member's place in the list."""
        return Key(self.published_at, self.story)


def entries(story: Story) -> frozenset[tuple[ListName, Member]]:
    """Return the story's entries in all lists, by its state; one for each note on it, too."""
    listed = member(story)
    found = {(name, listed) for name in memberships(story)}
    return frozenset(found | {(CORRECTIONS, _note(story, at)) for at in _noted_at(story)})


def memberships(story: Story) -> frozenset[ListName]:
    """Return the lists the story itself stands in, by its state; its notes have their own."""
    content = story.content
    sections = {content.section, *content.aliases}
    feeds = frozenset(
        {
            FEED,
            *(section_feed(section) for section in sections),
            *(topic_feed(topic) for topic in content.topics),
            *(author_feed(byline.author) for byline in content.bylines),
        }
    )
    match story.state:
        case StoryState.LIVE:
            authors = (author_list(byline.author) for byline in content.bylines)
            pictures = (picture_list(picture) for picture in pictures_shown(story))
            topics = (topic_list(topic) for topic in content.topics)
            original = content.translation_of
            group = () if original is None else (translations_list(original),)
            shown = (section_list(section) for section in sections)
            return feeds | {HOME, *shown, *authors, *topics, *group, *pictures}
        case StoryState.RETRACTED:
            return feeds
        case StoryState.UNPUBLISHED | StoryState.EXPIRED | StoryState.ERASED:
            return frozenset()


def _noted_at(story: Story) -> frozenset[datetime]:
    match story.state:
        case StoryState.LIVE:
            return frozenset(note.at for note in story.content.corrections)
        case StoryState.RETRACTED:
            return frozenset({story.retraction.at} if story.retraction else ())
        case _:
            return frozenset()


def _note(story: Story, at: datetime) -> Member:
    """Return the entry of the notes of one time: the list of corrections is in their order."""
    return Member(at, story.id, at, story.address)


def pictures_shown(story: Story) -> tuple[PictureId, ...]:
    """Return the pictures on the story's page, lead first, each once."""
    uses = [story.content.lead] if story.content.lead else []
    uses += [use for block in story.content.body for use in pictures_in(block)]
    return tuple(dict.fromkeys(use.picture for use in uses))


def member(story: Story) -> Member:
    """Return the story's entry in each list it stands in."""
    return Member(story.first_published_at, story.id, story.updated_at, story.address)


def month_of(at: datetime, zone: ZoneInfo) -> Period:
    """Return the calendar month of a time in the paper's zone: "2026-11"."""
    return at.astimezone(zone).strftime("%Y-%m")


def day_of(at: datetime, zone: ZoneInfo) -> Period:
    """Return the calendar day of a time in the paper's zone: "2026-11-22"."""
    return at.astimezone(zone).strftime("%Y-%m-%d")


def bounds(period: Period, zone: ZoneInfo) -> tuple[datetime, datetime]:
    """Return the first instant of a month or day, and the first after it."""
    year, month, day = (*map(int, period.split("-")), 1)[:3]
    first = datetime(year, month, day, tzinfo=zone)
    if period.count("-") == 1:
        return first, datetime(year + month // 12, month % 12 + 1, 1, tzinfo=zone)
    from_ordinal = datetime.fromordinal(first.toordinal() + 1)
    return first, from_ordinal.replace(tzinfo=zone)
