"""
Words what a list shows of its stories: where each stands, who has it open, where it leads.

A fixed number of questions for a page of rows, however many rows there are.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from django.contrib.contenttypes.models import ContentType
from django.urls import reverse
from wagtail.admin.models import EditingSession

from broadsheet.newsroom.desk import under_way
from broadsheet.newsroom.desk.seeing import Viewer
from broadsheet.newsroom.desk.states import WORDS, Lifecycle, Words
from broadsheet.newsroom.desk.under_way import Afoot
from broadsheet.newsroom.models.listed_story import ListedAuthor, ListedStory
from broadsheet.newsroom.models.story import Story
from broadsheet.newsroom.people_names import name_of

OPEN_FOR = timedelta(minutes=1)  # after a form was last heard of; it speaks each ten seconds
_NO_HEADLINE = "(no headline yet)"


class Line(NamedTuple):
    """One story of a list."""

    pk: int
    headline: str
    kicker: str
    section: str
    byline: str
    is_live: bool  # for Wagtail's bulk actions
    state: Words
    others: tuple[Words, ...]  # where else it stands: live and scheduled
    detail: str
    due_at: datetime | None
    changed_at: datetime
    published_at: datetime | None
    created_at: datetime
    edit_url: str  # "" for who may not
    live_as_url: str
    versions_url: str
    open_by: tuple[str, ...] = ()  # others than who looks


def lines(rows: Sequence[ListedStory], viewer: Viewer, *, now: datetime) -> list[Line]:
    """Return the lines of a list's rows, in their order."""
    keys = [row.pk for row in rows]
    stories = Story.objects.defer("body", "standfirst").in_bulk(keys)
    names = _names(keys)
    opened = open_by(keys, now=now, besides=viewer.user)
    ids = {pk: str(story.uuid) for pk, story in stories.items()}
    afoot = under_way.of_stories(ids, now=now)
    return [
        _line(row, stories[row.pk], viewer, names.get(row.pk, {}), afoot.get(row.pk))._replace(
            open_by=opened.get(row.pk, ())
        )
        for row in rows
        if row.pk in stories
    ]


def open_by(
    stories: Sequence[int], *, now: datetime, besides: Any
) -> Mapping[int, tuple[str, ...]]:
    """Return who else has which of these stories open in its form."""
    sessions = EditingSession.objects.filter(
        content_type=ContentType.objects.get_for_model(Story),
        object_id__in=[str(pk) for pk in stories],
        last_seen_at__gte=now - OPEN_FOR,
    ).exclude(user=besides.pk)
    found: dict[int, dict[str, None]] = {}
    for session in sessions.select_related("user").order_by("user__username"):
        found.setdefault(int(session.object_id), {})[name_of(session.user)] = None
    return {pk: tuple(names) for pk, names in found.items()}


def _names(stories: Sequence[int]) -> Mapping[int, dict[int, str]]:
    """Return the names of these stories' authors by their keys."""
    by = ListedAuthor.objects.filter(listed__in=stories)
    names: dict[int, dict[int, str]] = {}
    for story, author, name in by.values_list("listed_id", "author_id", "author__name"):
        names.setdefault(story, {})[author] = name
    return names


def _line(
    row: ListedStory,
    story: Story,
    viewer: Viewer,
    known: Mapping[int, str],
    afoot: Afoot | None,
) -> Line:
    order = [int(key) for key in row.authors.split(",") if key]
    lifecycle = WORDS[Lifecycle(row.state)]
    section = viewer.sections.get(row.section_path)
    may_edit = story.permissions_for_user(viewer.user).can_edit()
    return Line(
        pk=row.pk,
        headline=row.headline or _NO_HEADLINE,
        kicker=row.kicker,
        section=section.name if section else "",
        byline=", ".join(known[key] for key in order if key in known),
        is_live=story.live,
        state=WORDS[afoot.what] if afoot else lifecycle,
        others=(lifecycle,) if afoot and lifecycle is not WORDS[Lifecycle.DRAFT] else (),
        detail=afoot.detail if afoot else "",
        due_at=afoot.due_at if afoot else None,
        changed_at=row.changed_at,
        published_at=row.published_at,
        created_at=row.created_at,
        edit_url=reverse("wagtailadmin_pages:edit", args=[row.pk]) if may_edit else "",
        live_as_url=reverse("story_live_as", args=[row.pk]),
        versions_url=reverse("story_versions", args=[row.pk]),
    )
