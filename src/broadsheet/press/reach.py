"""
Says how far withdrawing a story would reach, from ledger and log, without rendering anything.

What shows the story is what read of it when it was rendered last: its facts, and the
stretches of lists it stands in. What becomes of its posts is what routing would decide.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from enum import Enum
from typing import NamedTuple

import msgspec
from django.db.models import Q

from broadsheet.press.models import Account, FactRead, LedgerRow, ListMember, WindowRead
from broadsheet.press.models.ledger import WEBSITE
from broadsheet.press.posts import routing
from broadsheet.press.posts.routing import Fate
from broadsheet.projections.facets import facets, key_text
from broadsheet.projections.lists import member, memberships, picture_list, pictures_shown
from broadsheet.projections.objects import Recipe
from broadsheet.projections.posts import Post
from broadsheet.story.ids import StoryId
from broadsheet.story.records import Story

_OUT = ~Q(live__in=["", routing.ABSENT])


class Kind(Enum):
    """What an object is to the story."""

    PAGE = "page"
    FORMER = "former"  # an old address that leads to the page
    LISTS = "lists"  # fronts of paper, sections, authors and topics
    ARCHIVES = "archives"
    FEEDS = "feeds"
    SITEMAPS = "sitemaps"
    STORIES = "stories"  # pages that lead to it: related stories, translations
    PICTURES = "pictures"  # files that no other live story shows


KINDS: Mapping[str, Kind] = {
    Recipe.STORY.value: Kind.STORIES,
    Recipe.MOVED_STORY.value: Kind.STORIES,
    Recipe.HOME.value: Kind.LISTS,
    Recipe.SECTION.value: Kind.LISTS,
    Recipe.AUTHOR.value: Kind.LISTS,
    Recipe.TOPIC.value: Kind.LISTS,
    Recipe.ARCHIVE_INDEX.value: Kind.ARCHIVES,
    Recipe.ARCHIVE_MONTH.value: Kind.ARCHIVES,
    Recipe.ARCHIVE_DAY.value: Kind.ARCHIVES,
    Recipe.RSS.value: Kind.FEEDS,
    Recipe.ATOM.value: Kind.FEEDS,
    Recipe.SITEMAP_INDEX.value: Kind.SITEMAPS,
    Recipe.SITEMAP_PERIOD.value: Kind.SITEMAPS,
    Recipe.NEWS_SITEMAP.value: Kind.SITEMAPS,
}


class PostReached(NamedTuple):
    """One post of the story, and what withdrawing would do to it."""

    surface: str
    account: str
    remote_id: str  # "" before it is out
    says: str  # the first line of it
    fate: Fate
    on_hold: str  # why its account does nothing now, "" if it works


class Reach(NamedTuple):
    """Everything the story stands on."""

    objects: Mapping[Kind, int]  # those there are, in the order of Kind
    posts: Sequence[PostReached]


def reach_of(story: Story) -> Reach:
    """Return what shows a live story; some queries, whatever the archive holds."""
    rows = LedgerRow.objects.filter(_OUT, surface=WEBSITE)
    found = Counter(
        _kind(recipe, subject, story.id)
        for recipe, subject in rows.filter(id__in=_readers(story)).values_list("recipe", "subject")
    )
    found[Kind.PICTURES] = rows.filter(
        recipe=Recipe.RENDITION.value, subject__in=_only_here(story)
    ).count()
    objects = {kind: found[kind] for kind in Kind if found[kind]}
    posts = LedgerRow.objects.filter(story=story.id).exclude(surface=WEBSITE).order_by("id")
    return Reach(objects, [_post(row) for row in posts])


def _readers(story: Story) -> set[int]:
    facts = FactRead.objects.filter(fact__in=list(facets(story)))
    key = key_text(member(story).key)
    windows = WindowRead.objects.filter(
        list_name__in=memberships(story), low__lte=key, high__gt=key
    )
    return {
        *facts.values_list("row_id", flat=True),
        *windows.values_list("row_id", flat=True),
    }


def _kind(recipe: str, subject: str, story: StoryId) -> Kind | None:
    if subject == story:
        return Kind.PAGE if recipe == Recipe.STORY.value else Kind.FORMER
    return KINDS.get(recipe)


def _only_here(story: Story) -> list[str]:
    pictures = pictures_shown(story)
    shown_too = ListMember.objects.filter(
        list_name__in=[picture_list(picture) for picture in pictures]
    ).exclude(story=story.id)
    elsewhere = set(shown_too.values_list("list_name", flat=True))
    return [picture for picture in pictures if picture_list(picture) not in elsewhere]


def _post(row: LedgerRow) -> PostReached:
    account = Account.objects.filter(surface=row.surface, name=row.account).first()
    return PostReached(
        row.surface,
        row.account,
        row.remote_id,
        _first_line(bytes(row.payload)),
        routing.fate_if_withdrawn(row),
        account.on_hold if account else "",
    )


def _first_line(payload: bytes) -> str:
    if not payload:
        return ""
    return msgspec.json.decode(payload, type=Post).text.partition("\n")[0]
