"""
Finds rows that differ from the newest versions: edges that were lost.

Wagtail moves, updates and deletes by queryset in places, and so may a person with a
shell. States are compared by one query each minute; words a slice at a time.
"""

from collections.abc import Iterator
from datetime import datetime
from itertools import islice
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.db.models import Exists, OuterRef, Q
from wagtail.models import Revision

from broadsheet.newsroom import publishing, to_version
from broadsheet.newsroom.models.author import Author
from broadsheet.newsroom.models.live_mark import LiveMark
from broadsheet.newsroom.models.paper import PaperSettings
from broadsheet.newsroom.models.picture import Picture
from broadsheet.newsroom.models.section import SectionPage
from broadsheet.newsroom.models.story import Story
from broadsheet.newsroom.models.topic import Topic
from broadsheet.newsroom.writing.body import updates_in
from broadsheet.press import log
from broadsheet.press.models import Schedule
from broadsheet.press.ports import Mismatch
from broadsheet.story import records
from broadsheet.story.records import PAPER, StoryState

STORIES_A_SLICE = 500  # read word for word in one sweep; about a millisecond each
SCHEDULE = "schedule"  # the kind of a mismatch between row and schedule


def state_edges() -> Iterator[Mismatch]:
    """Yield stories and sections that are live in the row and not in the log, or the reverse."""
    mark = LiveMark.objects.filter(story_id=OuterRef("pk"))
    lost = Story.objects.filter(
        Q(live=True) & ~Exists(mark.filter(is_live=True))
        | Q(live=False) & Exists(mark.filter(is_live=True))
    )
    for story in lost.order_by("pk"):
        yield Mismatch("story", str(story.uuid), "the row and the log differ on whether it is live")
    section_mark = LiveMark.objects.filter(section_id=OuterRef("pk"))
    for section in SectionPage.objects.filter(~Exists(section_mark), live=True):
        yield Mismatch("section", str(section.uuid), "it is live and in no log")


def word_edges(*, after_pk: int) -> tuple[list[Mismatch], int]:
    """Return the stories of one slice whose words differ, and where the next slice begins."""
    stories = list(
        Story.objects.filter(pk__gt=after_pk, live=True).order_by("pk")[:STORIES_A_SLICE]
    )
    found = [
        Mismatch("story", str(story.uuid), "the row says something else than the log")
        for story in stories
        if _says_something_else(story)
    ]
    return found, stories[-1].pk if len(stories) == STORIES_A_SLICE else 0


def other_edges() -> Iterator[Mismatch]:
    """Yield sections, authors, shown pictures and settings that differ from the log."""
    differs = "the row says something else than the log"
    for section in SectionPage.objects.filter(live=True):
        if _section_facts(section) != _section_facts_of(log.newest("section", str(section.uuid))):
            yield Mismatch("section", str(section.uuid), differs)
    for author in Author.objects.select_related("avatar"):
        if _author_facts(author) != _author_facts_of(log.newest("author", str(author.uuid))):
            yield Mismatch("author", str(author.uuid), differs)
    shown = LiveMark.objects.filter(picture__isnull=False).values("picture_id")
    for picture in Picture.objects.filter(pk__in=shown):
        if to_version.picture(picture) != log.newest("picture", str(picture.uuid)):
            yield Mismatch("picture", str(picture.uuid), differs)
    settings = PaperSettings.objects.first()
    if settings is not None and settings.name:
        wanted = to_version.settings(settings)
        if wanted != log.newest("settings", PAPER):
            yield Mismatch("settings", PAPER, differs)


def topic_edges() -> Iterator[Mismatch]:
    """Yield topics readers know of that differ from the log."""
    known = LiveMark.objects.filter(topic__isnull=False).values("topic_id")
    for topic in Topic.objects.filter(pk__in=known):
        if _topic_facts(topic) != _topic_facts_of(log.newest("topic", str(topic.uuid))):
            yield Mismatch("topic", str(topic.uuid), "the row says something else than the log")


def schedule_edges() -> Iterator[Mismatch]:
    """Yield stories, and pictures, whose times here are not those on the press's schedule."""
    noted = {(row.story, row.act): row.due_at for row in Schedule.objects.exclude(act="front")}
    wanted = dict(_wanted_times())
    for key in sorted(noted.keys() | wanted.keys()):
        if noted.get(key) != wanted.get(key):
            yield Mismatch(SCHEDULE, key[0], f"{key[1]} is scheduled for another time, or not")


def first(limit: int, *found: Iterator[Mismatch]) -> Iterator[Mismatch]:
    """Return at most limit mismatches, each story only once."""
    seen: dict[tuple[str, str], Mismatch] = {}
    for mismatches in found:
        for mismatch in mismatches:
            seen.setdefault((mismatch.kind, mismatch.record_id), mismatch)
    return islice(iter(seen.values()), limit)


def _wanted_times() -> Iterator[tuple[tuple[str, str], datetime]]:
    content_type = ContentType.objects.get_for_model(Story)
    approved = Revision.objects.filter(
        content_type=content_type, approved_go_live_at__isnull=False
    ).values_list("object_id", "approved_go_live_at")
    times = {int(pk): at for pk, at in approved}
    for pk, uuid in Story.objects.filter(pk__in=times).values_list("pk", "uuid"):
        yield (str(uuid), "go-live"), times[pk]
    expiring = Story.objects.filter(live=True, expire_at__isnull=False)
    for uuid, expire_at in expiring.values_list("uuid", "expire_at"):
        yield (str(uuid), "expire"), expire_at
    ending = Picture.objects.filter(rights_end_at__isnull=False, have_rights_ended=False)
    for uuid, rights_end_at in ending.values_list("uuid", "rights_end_at"):
        yield (str(uuid), "rights-end"), rights_end_at


def _says_something_else(story: Story) -> bool:
    newest = publishing.newest_story(story)
    if newest is None or newest.state is not StoryState.LIVE or story.withdrawn:
        return True
    updates = updates_in(story.body)
    if any(row.at is None for row in story.corrections.all()) or any(
        update.value["at"] is None for update in updates
    ):
        return True
    try:
        return publishing.content_of(story) != newest.content
    except ValidationError:
        return True  # The repair will say in the worker's log what is wrong.


def _section_facts(row: SectionPage) -> tuple[Any, ...]:
    return (row.title, f"/{row.slug}/", row.position, row.description)


def _section_facts_of(record: Any) -> tuple[Any, ...]:
    if not isinstance(record, records.Section):
        return ()
    return (record.name, record.address, record.position, record.description)


def _topic_facts(row: Topic) -> tuple[Any, ...]:
    return (row.name, row.description)


def _topic_facts_of(record: Any) -> tuple[Any, ...]:
    if not isinstance(record, records.Topic):
        return ()
    return (record.name, record.description)


def _author_facts(row: Author) -> tuple[Any, ...]:
    avatar = None if row.avatar is None else to_version.picture_id(row.avatar)
    return (row.name, row.role, row.bio, to_version.lines(row.links), avatar)


def _author_facts_of(record: Any) -> tuple[Any, ...]:
    if not isinstance(record, records.Author):
        return ()
    return (record.name, record.role, record.bio, record.links, record.avatar)
