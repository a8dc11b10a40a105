"""
Says which site objects a record, a calendar period or a theme calls for.

What hangs off a section's address (its front, feeds and archive) is called for at the
section's address and at each former one, with the same recipe. When it is rendered, the
object at the present address shows the thing and every other leads there in one hop. So
the catalog depends on the newest record alone, never on when a period was first met: a
section that moves keeps its feeds and its archive, and folding the log in any stride
gives the same objects. Call objects_of_period again for a section's periods when its
address changes.

A month and each of its days are cataloged alike; which of them shows anything (a month
is cut into days above a number of stories) is found out when they are rendered.
"""

from collections.abc import Iterator, Mapping

from broadsheet.projections import addresses, partner_addresses
from broadsheet.projections.lists import (
    CORRECTIONS,
    FEED,
    HOME,
    ListName,
    Period,
    author_feed,
    author_list,
    has_periods,
    section_feed,
    section_list,
    topic_feed,
    topic_list,
)
from broadsheet.projections.objects import Object, ObjectKey, Recipe
from broadsheet.projections.theme.loading import Theme
from broadsheet.story.ids import Address
from broadsheet.story.records import (
    Author,
    Front,
    NewsWindow,
    Picture,
    Policy,
    Record,
    Section,
    Settings,
    Story,
    Topic,
)

FEED_RECIPES: Mapping[str, Recipe] = {
    "rss": Recipe.RSS,
    "atom": Recipe.ATOM,
    "json": Recipe.JSON_FEED,
}


def objects_of(record: Record) -> tuple[Object, ...]:  # noqa: PLR0911  # a line for each kind of record
    """Return the objects one record's newest version calls for."""
    match record:
        case Story(id=story):
            here, moved = Recipe.STORY, Recipe.MOVED_STORY
            return (
                *_at_each(record.address, record.former_addresses, here, moved, story),
                Object(partner_addresses.item(story), Recipe.NINJS, story),
                *_oembeds(record),
            )
        case Author():
            return tuple(_of_author(record))
        case Section():
            return tuple(_of_section(record))
        case Topic():
            return tuple(_of_topic(record))
        case Picture(id=picture):
            return tuple(
                Object(addresses.rendition(picture, size), Recipe.RENDITION, picture)
                for size in record.renditions
            )
        case Settings():
            return _OF_PAPER
        case Policy():
            return (Object(ObjectKey(record.address), Recipe.POLICY, record.id),)
        case NewsWindow() | Front():  # a front's page is called for by the paper, or the section
            return ()


def objects_of_period(
    name: ListName, period: Period, section: Section | None
) -> tuple[Object, ...]:
    """
    Return the objects one month or day of a list calls for.

    section is the record of the section whose list it is, None for every other list.
    """
    subject = subject_of_period(name, period)
    recipe = Recipe.ARCHIVE_MONTH if period.count("-") == 1 else Recipe.ARCHIVE_DAY
    if not has_periods(name):
        return ()
    in_api = Object(partner_addresses.period(name, period), Recipe.API_PERIOD, subject)
    if name == HOME:
        archive = addresses.archive_period(addresses.FRONT, period)
        sitemap = addresses.sitemap_period(period)
        return (
            Object(archive, recipe, subject),
            Object(sitemap, Recipe.SITEMAP_PERIOD, subject),
            in_api,
        )
    if name == CORRECTIONS:
        is_month = recipe is Recipe.ARCHIVE_MONTH
        month = Object(addresses.corrections_month(period), Recipe.CORRECTIONS_MONTH, subject)
        return (month, in_api) if is_month else ()
    if section is None or name != section_list(section.id):
        return ()
    return (
        *(
            Object(addresses.archive_period(root, period), recipe, subject)
            for root in (section.address, *section.former_addresses)
        ),
        in_api,
    )


def objects_of_theme(theme: Theme) -> tuple[Object, ...]:
    """
    Return the objects a theme calls for: its style sheet, script, icons and whatever it brings.

    An older theme's files render to Absent: take them away only after every page has been
    rendered with the new ones.
    """
    return tuple(Object(key, Recipe.ASSET, "") for key in theme.assets)


def subject_of_period(name: ListName, period: Period) -> str:
    """Return the subject that says which period of which list an object shows."""
    return f"{name} {period}"


def period_of_subject(subject: str) -> tuple[ListName, Period]:
    """Return the list and the period an object shows."""
    name, _, period = subject.partition(" ")
    return name, period


def _at_each(
    address: Address, former: tuple[Address, ...], here: Recipe, moved: Recipe, subject: str
) -> tuple[Object, ...]:
    return (
        Object(ObjectKey(address), here, subject),
        *(Object(ObjectKey(old), moved, subject) for old in former if old != address),
    )


def _oembeds(story: Story) -> Iterator[Object]:
    for address in dict.fromkeys((story.address, *story.former_addresses)):
        key = partner_addresses.oembed(address)
        if key is not None:
            yield Object(key, Recipe.OEMBED, story.id)


def _newest(name: ListName) -> Object:
    return Object(partner_addresses.newest(name), Recipe.API_NEWEST, name)


def _of_section(section: Section) -> Iterator[Object]:
    former = tuple(old for old in section.former_addresses if old != section.address)
    yield from _at_each(section.address, former, Recipe.SECTION, Recipe.MOVED_SECTION, section.id)
    yield _newest(section_list(section.id))
    for root in (section.address, *former):
        archive = addresses.archive_index(root)
        yield Object(archive, Recipe.ARCHIVE_INDEX, section_list(section.id))
        yield from _feeds(root, section_feed(section.id))


def _of_author(author: Author) -> Iterator[Object]:
    former = tuple(old for old in author.former_addresses if old != author.address)
    yield from _at_each(author.address, former, Recipe.AUTHOR, Recipe.MOVED_AUTHOR, author.id)
    yield _newest(author_list(author.id))
    for root in (author.address, *former):
        yield from _feeds(root, author_feed(author.id))


def _of_topic(topic: Topic) -> Iterator[Object]:
    former = tuple(old for old in topic.former_addresses if old != topic.address)
    yield from _at_each(topic.address, former, Recipe.TOPIC, Recipe.MOVED_TOPIC, topic.id)
    yield _newest(topic_list(topic.id))
    for root in (topic.address, *former):
        yield from _feeds(root, topic_feed(topic.id))


def _feeds(root: Address | None, name: ListName) -> Iterator[Object]:
    """Yield the feeds of what lives at root, or of the paper, one in each format."""
    for suffix, recipe in FEED_RECIPES.items():
        yield Object(addresses.feed(root, suffix), recipe, name)


_OF_PAPER = (
    Object(ObjectKey(addresses.FRONT), Recipe.HOME, ""),
    *_feeds(None, FEED),
    Object(addresses.archive_index(addresses.FRONT), Recipe.ARCHIVE_INDEX, HOME),
    Object(addresses.CORRECTIONS, Recipe.CORRECTIONS, ""),
    Object(addresses.TRENDING, Recipe.TRENDING, ""),
    Object(addresses.TRENDING_SLOT, Recipe.TRENDING_SLOT, ""),
    *_feeds(Address(addresses.CORRECTIONS), CORRECTIONS),
    Object(addresses.SITEMAP_INDEX, Recipe.SITEMAP_INDEX, ""),
    Object(addresses.PAGES_SITEMAP, Recipe.SITEMAP_PAGES, ""),
    Object(addresses.NEWS_SITEMAP, Recipe.NEWS_SITEMAP, ""),
    Object(addresses.ROBOTS, Recipe.ROBOTS, ""),
    Object(addresses.NOT_FOUND, Recipe.NOT_FOUND, ""),
    Object(addresses.SEARCH_CLOSED, Recipe.SEARCH_CLOSED, ""),
    Object(ObjectKey(partner_addresses.API), Recipe.API_INDEX, ""),
    Object(partner_addresses.INDEX, Recipe.API_INDEX, ""),
    Object(partner_addresses.DESCRIPTION, Recipe.API_DESCRIPTION, ""),
    Object(partner_addresses.SECTIONS, Recipe.API_SECTIONS, ""),
    _newest(HOME),
    _newest(CORRECTIONS),
)
