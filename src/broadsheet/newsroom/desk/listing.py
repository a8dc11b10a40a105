"""
Keeps the row that lists a story, in the transaction that saves the story.

Level-triggered like the log: it writes what the story now says, so writing twice does
nothing. One statement where the authors stay the same, which is nearly always.
"""

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

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
    authors = list(dict.fromkeys(byline.author_id for byline in story.bylines.all()))
    said = facts(story)
    key = ",".join(map(str, authors))
    if ListedStory.objects.filter(pk=story.pk, authors=key).update(**said):
        return
    listed, _ = ListedStory.objects.update_or_create(pk=story.pk, defaults={**said, "authors": key})
    ListedAuthor.objects.filter(listed=listed).exclude(author__in=authors).delete()
    ListedAuthor.objects.bulk_create(
        [ListedAuthor(listed=listed, author_id=author) for author in authors],
        ignore_conflicts=True,
    )


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
    changes = (story.latest_revision_created_at, story.last_published_at)
    return {
        "section_path": section_path_of(story.path),
        "headline": story.draft_title or story.title,
        "kicker": getattr(story, "kicker", ""),
        "state": lifecycle_of(story).value,
        "created_at": created_at,
        "changed_at": max((at for at in changes if at is not None), default=created_at),
        "published_at": story.first_published_at,
        "embargo_until": story.embargo_until,
        "owner_id": story.owner_id,
    }
