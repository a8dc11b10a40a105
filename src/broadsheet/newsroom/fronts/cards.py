"""
Shows an editor what they arrange: stories as cards, and those they may still put on a front.

Read from the newsroom's rows: a placed story may not be in the log yet. Of one that is not live,
who may not see it at the desk learns only that it is there. Costs the same in a large
archive: the newest are read by the list's index, the words of others by the desk's own search.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import Q, QuerySet
from wagtail.permissions import page_permission_policy

from broadsheet.newsroom import to_version
from broadsheet.newsroom.fronts import finding
from broadsheet.newsroom.fronts.differences import UNSEEN
from broadsheet.newsroom.models.front import Front
from broadsheet.newsroom.models.section import SectionPage
from broadsheet.newsroom.models.story import Story
from broadsheet.newsroom.previewing.modes import PICTURES_UNDER
from broadsheet.press.models import ListMember, Schedule
from broadsheet.projections import addresses
from broadsheet.projections.lists import HOME, section_list
from broadsheet.story.ids import SectionId, StoryId

STORIES_OFFERED = 40
SCHEDULED_OFFERED = 10
LONGEST_QUESTION = 200  # characters; more is no search


class DeskCard(NamedTuple):
    """A story as the front's editor shows it."""

    story: StoryId
    headline: str
    section: str
    is_live: bool
    state: str  # "Live", "Scheduled", "Draft" ...
    at: datetime | None  # when it went live, or will
    thumbnail: str  # address of a small picture; "" has none
    is_unseen: bool = False  # the editor may not see it yet: nothing here is the story's


def cards_of(stories: Iterable[StoryId | None], user: Any) -> Mapping[StoryId, DeskCard]:
    """Return the cards of stories, by id; ids of no story are left out."""
    there = _rows_of(stories)
    seen = _seen_by(user, there).select_related("lead").defer("body")
    known = {card.story: card for card in _cards(seen)}
    ids = (to_version.story_id(uuid) for uuid in there.values_list("uuid", flat=True))
    return {story: known.get(story) or _unseen(story) for story in ids}


def headlines_of(stories: Iterable[StoryId | None], user: Any) -> Mapping[str, str]:
    """Return what the desk calls stories, by id; those somebody may not see are left out."""
    rows = _seen_by(user, _rows_of(stories)).values_list("uuid", "live", "title", "draft_title")
    return {str(uuid): title if live else draft for uuid, live, title, draft in rows}


def may_place(user: Any, story: StoryId) -> bool:
    """Return whether a story is there, and is one that readers or this editor can see."""
    return _is_there(story, _is_seen_by(user))


def is_live(story: StoryId) -> bool:
    """Return whether a story is one that readers can see."""
    return _is_there(story, Q(live=True))


def _is_there(story: StoryId, how: Q) -> bool:
    try:
        uuid = UUID(story)
    except ValueError:
        return False
    is_as_written = str(uuid) == story
    return is_as_written and Story.objects.filter(how, uuid=uuid).exists()


def offered(front: Front, user: Any, *, question: str) -> Sequence[DeskCard]:
    """
    Return stories that may be put on a front: those found, else the next and the newest.

    Drafts are found by whoever may see them at the desk; without a question none is offered.
    """
    if question.strip():
        return _found(question[:LONGEST_QUESTION], user)
    name = HOME if front.section is None else section_list(SectionId(front.key))
    newest = ListMember.objects.filter(list_name=name).order_by("-key")
    live = list(newest.values_list("story", flat=True)[:STORIES_OFFERED])
    due = Schedule.objects.filter(act="go-live").order_by("due_at")
    coming = list(due.values_list("story", flat=True)[:SCHEDULED_OFFERED])
    seen = Story.objects.filter(_is_seen_by(user), uuid__in=[*coming, *live])
    known = {card.story: card for card in _cards(seen.select_related("lead").defer("body"))}
    order = dict.fromkeys([*(s for s in coming if s not in set(live)), *live])
    return [known[StoryId(story)] for story in order if story in known]


def _found(question: str, user: Any) -> Sequence[DeskCard]:
    seen = Story.objects.filter(_is_seen_by(user))
    mine = Story.objects.filter(pk__in=_mine(user))
    keys = finding.found(seen, mine, question=question, limit=STORIES_OFFERED)
    rows = Story.objects.filter(pk__in=keys).select_related("lead").defer("body")
    return list(_cards(rows.order_by("-pk")))


def _is_seen_by(user: Any) -> Q:
    return Q(live=True) | Q(pk__in=_mine(user))


def _mine(user: Any) -> Any:
    mine = page_permission_policy.instances_user_has_any_permission_for(user, {"change", "publish"})
    return mine.values("pk")


def _rows_of(stories: Iterable[StoryId | None]) -> QuerySet[Story]:
    return Story.objects.filter(uuid__in={story for story in stories if story})


def _seen_by(user: Any, rows: QuerySet[Story]) -> QuerySet[Story]:
    return rows.filter(_is_seen_by(user))


def _unseen(story: StoryId) -> DeskCard:
    return DeskCard(
        story,
        UNSEEN,
        section="",
        is_live=False,
        state="Not live",
        at=None,
        thumbnail="",
        is_unseen=True,
    )


def _cards(rows: QuerySet[Story]) -> Iterable[DeskCard]:
    found = list(rows)
    sections = dict(SectionPage.objects.values_list("path", "title"))
    due = dict(
        Schedule.objects.filter(
            act="go-live", story__in=[str(row.uuid) for row in found]
        ).values_list("story", "due_at")
    )
    for row in found:
        state, at = _state_of(row, due.get(str(row.uuid)))
        yield DeskCard(
            story=to_version.story_id(row.uuid),
            headline=row.title if row.live else row.draft_title,
            section=sections.get(row.path[: -row.steplen], ""),
            is_live=row.live,
            state=state,
            at=at,
            thumbnail=_thumbnail(row),
        )


def _state_of(row: Story, due_at: datetime | None) -> tuple[str, datetime | None]:
    if row.live:
        return "Live", row.first_published_at
    if row.withdrawn:
        return row.withdrawn.capitalize(), None
    if due_at is not None:
        return "Scheduled", due_at
    if row.expired:
        return "Expired", None
    return ("Unpublished" if row.first_published_at else "Draft"), None


def _thumbnail(row: Story) -> str:
    if row.lead is None:
        return ""
    picture = to_version.picture(row.lead)
    if not picture.renditions:
        return ""
    smallest = min(picture.renditions, key=lambda size: size.width_px)
    # Readers have those of live stories; the others lie where nobody but the desk gets them.
    return f"{'' if row.live else PICTURES_UNDER}{addresses.rendition(picture.id, smallest)}"
