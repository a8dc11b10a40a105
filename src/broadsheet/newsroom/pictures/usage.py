"""
Says where a picture is used: by stories readers have, by drafts and schedules, by authors,
and on which fronts somebody placed a story that shows it there.

What readers have is read from the log's lists, which know it exactly. Drafts are found by
Wagtail's index of references; changes of a live story that are not published yet are in no
index, so the newest of those are read.
"""

import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any, NamedTuple
from uuid import UUID

from django.urls import reverse
from wagtail.models import ReferenceIndex

from broadsheet.newsroom import to_version
from broadsheet.newsroom.fronts import fronts
from broadsheet.newsroom.models.author import Author
from broadsheet.newsroom.models.story import Story
from broadsheet.press.models import ListMember, Schedule
from broadsheet.projections.lists import picture_list

if TYPE_CHECKING:
    from broadsheet.newsroom.models.picture import Picture

MOST = 200  # stories told of each kind; a picture in more is an ornament
UNPUBLISHED_CHANGES_READ = 200  # newest drafts of live stories that are looked through
_NUMBER = re.compile(r"(?<![\w-])[0-9]+(?![\w-])")  # and no part of a block's id

AUTHOR_FORM = "wagtailsnippets_newsroom_author:edit"
# What readers see first.
STATES = ("live", "changes of a live story", "scheduled", "draft")


class Use(NamedTuple):
    """One thing that shows a picture."""

    what: str  # one of STATES, "author" or "front"
    title: str
    url: str


def uses_of(picture: "Picture") -> list[Use]:
    """Return what shows a picture, what readers see first."""
    found: dict[int, Use] = {}
    for story in (*_live(picture), *_named_in_rows(picture)):
        if story.pk not in found:
            found[story.pk] = _of_story(_state_of(story), story)
    for story in _named_in_changes(picture):
        found.setdefault(story.pk, _of_story("changes of a live story", story))
    authors = Author.objects.filter(avatar=picture).order_by("name")
    faces = [
        Use("author", author.name, reverse(AUTHOR_FORM, args=[author.pk])) for author in authors
    ]
    sorted_uses = sorted(found.values(), key=lambda use: STATES.index(use.what))
    return [*sorted_uses, *faces, *_on_fronts(picture)]


def live_stories(picture: "Picture") -> int:
    """Return how many live stories have a picture in them, shown or not."""
    return ListMember.objects.filter(list_name=_list_of(picture)).count()


def _live(picture: "Picture") -> list[Story]:
    members = ListMember.objects.filter(list_name=_list_of(picture)).order_by("-key")
    ids = [UUID(story) for story in members.values_list("story", flat=True)[:MOST]]
    return list(Story.objects.filter(uuid__in=ids).order_by("-first_published_at"))


def _on_fronts(picture: "Picture") -> Iterator[Use]:
    """Yield the fronts on which a live story was placed by hand, with this picture shown."""
    leads = Story.objects.filter(lead=picture, live=True).values_list("uuid", flat=True)[:MOST]
    shown = {str(uuid) for uuid in leads}
    for front in fronts.every_front() if shown else ():
        slots = fronts.newest_edition(front.key).board
        if any(slot.story in shown and slot.shows_picture for slot in slots):
            yield Use("front", str(front), reverse("front", args=[front.key]))


def _named_in_rows(picture: "Picture") -> Iterator[Story]:
    """Yield stories whose rows name the picture, some of them perhaps twice."""
    references = ReferenceIndex.get_references_to(picture)
    keys = [
        int(key)
        for key in references.values_list("object_id", flat=True).distinct()[: MOST * 2]
        if key.isdecimal()
    ]
    with_lead = Story.objects.filter(lead=picture).order_by("-latest_revision_created_at")
    yield from with_lead[:MOST]
    yield from Story.objects.filter(pk__in=keys).order_by("-latest_revision_created_at")[:MOST]


def _named_in_changes(picture: "Picture") -> Iterator[Story]:
    """Yield live stories of which a newer draft names the picture."""
    changed = Story.objects.filter(live=True, has_unpublished_changes=True)
    newest = changed.order_by("-latest_revision_created_at")[:UNPUBLISHED_CHANGES_READ]
    for story in newest.select_related("latest_revision"):
        draft = story.latest_revision
        if draft is None or not _may_name(draft.content, picture):
            continue  # Reading a draft whole takes ten statements and more.
        if picture in _pictures_in(story.get_latest_revision_as_object()):
            yield story


def _may_name(content: dict[str, Any], picture: "Picture") -> bool:
    """Say whether the number of a picture stands in a draft, as a picture's or as another's."""
    named = (content.get("lead"), *_NUMBER.findall(str(content.get("body"))))
    return str(picture.pk) in map(str, named)


def _pictures_in(draft: Any) -> Iterable[Any]:
    return to_version.pictures_of(draft)


def _state_of(story: Story) -> str:
    if story.live:
        return "live"
    if Schedule.objects.filter(story=str(story.uuid), act="go-live").exists():
        return "scheduled"
    return "draft"


def _of_story(what: str, story: Story) -> Use:
    title = story.draft_title or story.title
    return Use(what, title, reverse("wagtailadmin_pages:edit", args=[story.pk]))


def _list_of(picture: "Picture") -> str:
    return picture_list(to_version.picture_id(picture))
