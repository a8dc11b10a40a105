"""
Keeps the row that lists a story, in the transaction that saves the story.

Level-triggered like the log: it writes what the story now says, so writing twice does
nothing. One statement where the authors stay the same, which is nearly always.

The desk's list shows the newest draft. What a draft says is in its revision and, once the
story is live, not in the story's own row: that keeps what readers have.
"""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.utils.dateparse import parse_datetime

from broadsheet.newsroom.desk.states import lifecycle_of
from broadsheet.newsroom.models.listed_story import ListedAuthor, ListedStory

if TYPE_CHECKING:
    # The rows import this module through publishing; only the checker needs them here.
    from broadsheet.newsroom import models as rows

_FACTS = (
    "section_path",
    "headline",
    "kicker",
    "state",
    "created_at",
    "changed_at",
    "published_at",
    "embargo_until",
    "owner_id",
)
_STEP = 4  # characters of each level in a path of Wagtail's tree
_MILLISECOND = 80  # bits below the time in a UUID of version 7


def note(story: "rows.Story") -> None:
    """Make the row that lists a story say what the story now says."""
    authors, said = authors_of(story), facts(story)
    key = key_of(authors)
    if ListedStory.objects.filter(pk=story.pk, authors=key).update(**said):
        return
    listed, _ = ListedStory.objects.update_or_create(pk=story.pk, defaults={**said, "authors": key})
    ListedAuthor.objects.filter(listed=listed).exclude(author__in=authors).delete()
    ListedAuthor.objects.bulk_create(
        [ListedAuthor(listed=listed, author_id=author) for author in authors],
        ignore_conflicts=True,
    )


def authors_of(story: "rows.Story") -> list[int]:
    """Return the keys of those who wrote the newest draft, each once, in their order."""
    draft = _draft_of(story)
    if draft is None:
        return list(dict.fromkeys(byline.author_id for byline in story.bylines.all()))
    bylines = sorted(draft.get("bylines", ()), key=lambda byline: byline.get("sort_order") or 0)
    return list(dict.fromkeys(byline["author"] for byline in bylines if byline.get("author")))


def key_of(authors: Sequence[int]) -> str:
    """Return a list of authors as one row keeps it."""
    return ",".join(map(str, authors))


def section_path_of(path: str) -> str:
    """Return the path of the section a story's path lies in."""
    return path[:-_STEP]


def begun_at(uuid: UUID) -> datetime:
    """Return when a story was begun: its id says so."""
    return datetime.fromtimestamp((uuid.int >> _MILLISECOND) / 1000, tz=UTC)


def facts_of(row: ListedStory) -> dict[str, Any]:
    """Return what a row says of its story."""
    return {name: getattr(row, name) for name in _FACTS}


def facts(story: "rows.Story") -> dict[str, Any]:
    """Return what the row of a story should say, its authors aside."""
    created_at = begun_at(story.uuid)
    kicker, embargo_until = _kept_back(story)
    changes = (story.latest_revision_created_at, story.last_published_at)
    return {
        "section_path": section_path_of(story.path),
        "headline": story.draft_title or story.title,
        "kicker": kicker,
        "state": lifecycle_of(story).value,
        "created_at": created_at,
        "changed_at": max((at for at in changes if at is not None), default=created_at),
        "published_at": story.first_published_at,
        "embargo_until": embargo_until,
        "owner_id": story.owner_id,
    }


def _kept_back(story: "rows.Story") -> tuple[str, datetime | None]:
    """Return kicker and embargo as the newest draft has them."""
    draft = _draft_of(story)
    if draft is None:
        return story.kicker, story.embargo_until
    embargo = draft.get("embargo_until")  # a text once it was read from the table
    if isinstance(embargo, str):
        embargo = parse_datetime(embargo)
    return draft.get("kicker", ""), embargo


def _draft_of(story: "rows.Story") -> Mapping[str, Any] | None:
    """Return what the newest revision says where the story's own row says something older."""
    if not story.has_unpublished_changes or story.latest_revision is None:
        return None
    content: Mapping[str, Any] = story.latest_revision.content
    return content
