"""
Says how far withdrawing a story would reach, from ledger and log, without rendering anything.

What shows the story is what read of it when it was rendered last: the facts that will say
something else, and the stretches of lists it leaves or enters. What becomes of its posts is
what routing would decide.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from enum import Enum
from typing import NamedTuple

import msgspec
from django.db.models import Q

from broadsheet.press import log
from broadsheet.press.listing import Ending, without
from broadsheet.press.models import Account, FactRead, LedgerRow, ListMember, WindowRead
from broadsheet.press.models.ledger import ABSENT_TEXT, WEBSITE
from broadsheet.press.posts import routing
from broadsheet.press.posts.routing import Fate
from broadsheet.press.tables import Tables
from broadsheet.projections.catalog import FEED_RECIPES, subject_of_period
from broadsheet.projections.facets import LOWEST, Fact, changed_facts, instant_text, key_text
from broadsheet.projections.lists import (
    HOME,
    ListName,
    Member,
    author_feed,
    author_list,
    entries,
    memberships,
    picture_list,
    pictures_shown,
    topic_feed,
    topic_list,
)
from broadsheet.projections.objects import Recipe
from broadsheet.projections.posts import Post
from broadsheet.story.ids import AuthorId
from broadsheet.story.records import PAPER, NewsWindow, Retraction, Story, StoryState

_OUT = ~Q(live__in=["", ABSENT_TEXT])
# A notice brings an empty one back.
_IS_FEED = Q(recipe__in=[recipe.value for recipe in FEED_RECIPES.values()])


class Kind(Enum):
    """What an object is to the story."""

    PAGE = "page"
    FORMER = "former"  # an old address that leads to the page
    LISTS = "lists"  # fronts of paper, sections, authors and topics
    ARCHIVES = "archives"
    CORRECTIONS = "corrections"  # the lists of the paper's notes and retractions
    FEEDS = "feeds"
    COPIES = "copies"  # files by which others take the story, or show it
    API = "api"  # lists that other programs read
    SITEMAPS = "sitemaps"
    ENDS = "ends"  # pages and feeds of an author, a topic or a month that show nothing else
    STORIES = "stories"  # pages that lead to it: related stories, translations
    PICTURES = "pictures"  # files that no other live story shows


KINDS: Mapping[str, Kind] = {
    Recipe.STORY.value: Kind.STORIES,
    Recipe.MOVED_STORY.value: Kind.STORIES,
    Recipe.HOME.value: Kind.LISTS,
    Recipe.SECTION.value: Kind.LISTS,
    Recipe.AUTHOR.value: Kind.LISTS,
    Recipe.TRENDING.value: Kind.LISTS,
    Recipe.TRENDING_SLOT.value: Kind.LISTS,
    Recipe.TOPIC.value: Kind.LISTS,
    Recipe.CORRECTIONS.value: Kind.CORRECTIONS,
    Recipe.CORRECTIONS_MONTH.value: Kind.CORRECTIONS,
    Recipe.ARCHIVE_INDEX.value: Kind.ARCHIVES,
    Recipe.ARCHIVE_MONTH.value: Kind.ARCHIVES,
    Recipe.ARCHIVE_DAY.value: Kind.ARCHIVES,
    Recipe.RSS.value: Kind.FEEDS,
    Recipe.ATOM.value: Kind.FEEDS,
    Recipe.JSON_FEED.value: Kind.FEEDS,
    Recipe.API_NEWEST.value: Kind.API,
    Recipe.API_PERIOD.value: Kind.API,
    Recipe.SITEMAP_INDEX.value: Kind.SITEMAPS,
    Recipe.SITEMAP_PERIOD.value: Kind.SITEMAPS,
    Recipe.NEWS_SITEMAP.value: Kind.SITEMAPS,
}

_COPIES = [Recipe.NINJS.value, Recipe.OEMBED.value]

# When a story will be retracted: later than every time there is.
_NOT_YET = datetime(9999, 1, 1, tzinfo=UTC)


class PostReached(NamedTuple):
    """One post of the story, and what withdrawing would do to it."""

    surface: str
    account: str
    remote_id: str  # "" before it is out
    says: str  # the first line of it
    fate: Fate
    on_hold: str  # why its account does nothing now, "" if it works
    parked: str  # why it waits for a person, "" if it does not


class Reach(NamedTuple):
    """Everything the story stands on."""

    objects: Mapping[Kind, int]  # those there are, in the order of Kind
    posts: Sequence[PostReached]


def reach_of(story: Story, *, to: StoryState) -> Reach:
    """
    Return what changes when a story is withdrawn; some queries, whatever the archive holds.

    It is withdrawn to a state it is not in yet: unpublished, or retracted.
    """
    after = msgspec.structs.replace(story, state=to, retraction=_retraction(story, to))
    leaving, coming = entries(story) - entries(after), entries(after) - entries(story)
    left = memberships(story) - memberships(after)
    ending = without(leaving)
    # What is not live is shown nowhere: that it is not, in another way, changes no page.
    facts = changed_facts(story, after) | ending.facts if _is_live(story) else frozenset()
    rows = LedgerRow.objects.filter(surface=WEBSITE).exclude(subject=story.id)
    shown = rows.filter(_OUT | _IS_FEED, id__in=_readers(story, facts, leaving | coming))
    ends = _nothing_left(story, left) | _period_objects(ending)
    found = Counter(
        Kind.ENDS if (recipe, subject) in ends else KINDS.get(recipe)
        for recipe, subject in shown.values_list("recipe", "subject")
    )
    found[Kind.PAGE] = 1
    found[Kind.COPIES] = LedgerRow.objects.filter(
        _OUT, surface=WEBSITE, subject=story.id, recipe__in=_COPIES
    ).count()
    found[Kind.FORMER] = len(story.former_addresses)
    if _is_live(story):
        found[Kind.PICTURES] = rows.filter(
            _OUT, recipe=Recipe.RENDITION.value, subject__in=_only_here(story)
        ).count()
    objects = {kind: found[kind] for kind in Kind if found[kind]}
    posts = LedgerRow.objects.filter(story=story.id).exclude(surface=WEBSITE).order_by("id")
    return Reach(objects, [_post(row) for row in posts])


def _is_live(story: Story) -> bool:
    return story.state is StoryState.LIVE


def _retraction(story: Story, to: StoryState) -> Retraction | None:
    is_retracted = to is StoryState.RETRACTED
    return Retraction(reason="", at=_NOT_YET) if is_retracted else story.retraction


def _readers(
    story: Story, facts: frozenset[Fact], crossed: frozenset[tuple[ListName, Member]]
) -> set[int]:
    # Sitemaps ask what months stand beside one only to know the newest.
    asks_for_newest = Q(row__recipe=Recipe.SITEMAP_PERIOD.value, fact__startswith="neighbors/")
    readers = FactRead.objects.filter(fact__in=facts).exclude(asks_for_newest)
    crosses = Q(pk__in=[])
    for name, entry in crossed:
        key = key_text(entry.key)
        crosses |= Q(list_name=name, low__lte=key, high__gt=key)
    windows = WindowRead.objects.filter(crosses)
    if not _is_newest_news(story):
        # The index of sitemaps reads the news for nothing but their newest time.
        windows = windows.exclude(row__recipe=Recipe.SITEMAP_INDEX.value)
    return {
        *readers.values_list("row_id", flat=True),
        *windows.values_list("row_id", flat=True),
    }


def _is_newest_news(story: Story) -> bool:
    window = log.newest("news-window", PAPER)
    opens = instant_text(window.opens_at) if isinstance(window, NewsWindow) else LOWEST
    newer = ListMember.objects.filter(
        list_name=HOME, key__gte=opens, updated_at__gte=story.updated_at
    )
    return not newer.exclude(story=story.id).exists()


def _nothing_left(story: Story, left: frozenset[ListName]) -> set[tuple[str, str]]:
    """Return, by recipe and subject, what shows a list that has no other member."""
    content = story.content
    shows: dict[ListName, list[tuple[Recipe, str]]] = {
        name: [(Recipe.AUTHOR, byline.author), (Recipe.API_NEWEST, name)]
        for byline in content.bylines
        for name in [author_list(byline.author)]
    }
    shows |= {
        name: [(Recipe.TOPIC, topic), (Recipe.API_NEWEST, name)]
        for topic in content.topics
        for name in [topic_list(topic)]
    }
    feeds = {author_feed(byline.author) for byline in content.bylines}
    feeds |= {topic_feed(topic) for topic in content.topics}
    shows |= {feed: [(recipe, feed) for recipe in FEED_RECIPES.values()] for feed in feeds}
    return {
        (recipe.value, subject)
        for name, objects in shows.items()
        if name in left
        and not ListMember.objects.filter(list_name=name).exclude(story=story.id).exists()
        for recipe, subject in objects
    }


def _period_objects(ending: Ending) -> set[tuple[str, str]]:
    recipes = (
        Recipe.ARCHIVE_MONTH,
        Recipe.ARCHIVE_DAY,
        Recipe.SITEMAP_PERIOD,
        Recipe.CORRECTIONS_MONTH,
        Recipe.API_PERIOD,
    )
    return {
        (recipe.value, subject_of_period(name, period))
        for name, period in ending.periods
        for recipe in recipes
    }


def _only_here(story: Story) -> list[str]:
    pictures = pictures_shown(story)
    shown_too = ListMember.objects.filter(
        list_name__in=[picture_list(picture) for picture in pictures]
    ).exclude(story=story.id)
    elsewhere = set(shown_too.values_list("list_name", flat=True))
    return [
        picture
        for picture in pictures
        if picture_list(picture) not in elsewhere and not _portrays(picture, story)
    ]


def _portrays(picture: str, story: Story) -> bool:
    """Say whether a picture stays as the avatar of somebody who has another live story."""
    lists = [author_list(AuthorId(author)) for author in Tables().portrayed_in(picture)]
    others = ListMember.objects.filter(list_name__in=lists)
    return others.exclude(story=story.id).exists()


def _post(row: LedgerRow) -> PostReached:
    account = Account.objects.filter(surface=row.surface, name=row.account).first()
    return PostReached(
        row.surface,
        row.account,
        row.remote_id,
        _first_line(bytes(row.payload)),
        routing.fate_if_withdrawn(row),
        account.on_hold if account else "",
        row.parked,
    )


def _first_line(payload: bytes) -> str:
    if not payload:
        return ""
    return msgspec.json.decode(payload, type=Post).text.partition("\n")[0]
