"""Says which stories went live last, and how far they have come: page and posts."""

from collections.abc import Iterator, Mapping, Sequence

from broadsheet.newsroom.desk.items import Item, Known
from broadsheet.newsroom.desk.seeing import Viewer
from broadsheet.newsroom.desk.states import Lifecycle
from broadsheet.newsroom.models.listed_story import ListedStory
from broadsheet.newsroom.models.story import Story
from broadsheet.press.models import LedgerRow, ListMember
from broadsheet.press.models.ledger import ABSENT_TEXT, WEBSITE
from broadsheet.projections.lists import HOME

SHOWN = 10
READ = 100  # among them, as many that are live, or the paper has other worries
_LIVE = {Lifecycle.LIVE.value, Lifecycle.CHANGED.value}


def live(viewer: Viewer) -> list[Item]:
    """Return the stories published last, each with where it stands. Five questions."""
    # The states are told apart here: asked for them, SQLite sorts all that are live.
    rows = ListedStory.objects.filter(published_at__isnull=False)
    if not viewer.sees_all:
        rows = rows.filter(section_path__in=list(viewer.sections))
    read = rows.order_by("-published_at", "-pk")[:READ]
    newest = [row for row in read if row.state in _LIVE][:SHOWN]
    uuids = dict(Story.objects.filter(pk__in=[row.pk for row in newest]).values_list("pk", "uuid"))
    ids = [str(uuids[row.pk]) for row in newest]
    pages, posts = _pages(ids), _posts(ids)
    return [_item(row, uuid, viewer, pages, posts) for row, uuid in zip(newest, ids, strict=True)]


def _item(
    row: ListedStory,
    uuid: str,
    viewer: Viewer,
    pages: Mapping[str, str],
    posts: Mapping[str, list[LedgerRow]],
) -> Item:
    section = viewer.sections.get(row.section_path)
    story = Known(row.pk, row.headline, section.name if section else "", row.state)
    page = pages.get(uuid, "its page is being made")
    said = [page, *_posts_in_words(posts.get(uuid, []))]
    is_stuck = any("stuck" in each for each in said)
    return Item(
        what=story.headline,
        detail=" · ".join(said),
        icon="warning" if is_stuck else "success",
        tone="critical" if is_stuck else "positive",
        at=row.published_at,
        url=story.live_as_url,
        section=story.section,
    )


def _pages(stories: Sequence[str]) -> Mapping[str, str]:
    """Return how each story's page stands, in words."""
    # A story stands in few lists, and the front page's is as long as the archive.
    members = ListMember.objects.filter(story__in=stories)
    found = members.values_list("story", "list_name", "address")
    address = {story: address for story, name, address in found if name == HOME}
    keys = list(address.values())
    rows = {r.key: r for r in LedgerRow.objects.filter(surface=WEBSITE, account="", key__in=keys)}
    return {story: _page_in_words(rows.get(key)) for story, key in address.items()}


def _page_in_words(row: LedgerRow | None) -> str:
    if row is None or row.live in {"", ABSENT_TEXT}:
        return "its page is being made"
    if row.parked:
        return "its page is stuck"
    return "its page is being renewed" if row.dirty_seq is not None else "page out"


def _posts(stories: Sequence[str]) -> Mapping[str, list[LedgerRow]]:
    found: dict[str, list[LedgerRow]] = {}
    rows = LedgerRow.objects.filter(story__in=stories).exclude(story="").defer("payload")
    for row in rows.order_by("surface", "account", "id"):
        found.setdefault(row.story, []).append(row)
    return found


def _posts_in_words(rows: Sequence[LedgerRow]) -> Iterator[str]:
    out = sum(row.live == row.desired and row.live != ABSENT_TEXT for row in rows)
    stuck = sum(bool(row.parked) for row in rows)
    waiting = sum(row.live != row.desired and not row.parked for row in rows)
    if out:
        yield f"{out} {'post' if out == 1 else 'posts'} out"
    if waiting:
        yield f"{waiting} waiting"
    if stuck:
        yield f"{stuck} stuck"
