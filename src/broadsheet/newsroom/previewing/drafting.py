"""
Makes of a story's row the version that publishing it now would commit, or says what it lacks.

Nothing is saved: a preview leaves every row as it was.
"""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError

from broadsheet.newsroom import acting, publishing, to_version
from broadsheet.newsroom.blocks import body_problems
from broadsheet.newsroom.writing.body import pictures_in
from broadsheet.press import previewing
from broadsheet.press.actions import edit
from broadsheet.press.actions.errors import ActRefused
from broadsheet.story import records
from broadsheet.story.ids import TopicId

if TYPE_CHECKING:
    # The rows import this module; only the checker needs them here.
    from broadsheet.newsroom import models as rows


class NoPreviewYet(Exception):
    """A draft cannot be shown as readers would see it; problems says why."""

    def __init__(self, problems: Sequence[str]) -> None:
        """Keep what is missing, a sentence each."""
        super().__init__("; ".join(problems))
        self.problems = problems


def draft_of(story: "rows.Story", *, pictures_under: str) -> previewing.Draft:
    """
    Return a story as publishing it now would commit it.

    Raises:
        NoPreviewYet: something is missing, or the story cannot be published again.

    """
    problems = list(_unfinished(story))
    if problems:
        raise NoPreviewYet(problems)
    try:
        return previewing.Draft(
            _next_version(story),
            (*_pictures_of(story), *_topics_of(story)),
            pictures_under,
        )
    except ValidationError as refused:
        raise NoPreviewYet(refused.messages) from refused
    except ActRefused as refused:
        raise NoPreviewYet([str(refused)]) from refused


def _next_version(story: "rows.Story") -> records.Story:
    # A story that is to go live later is dated then.
    times = (acting.current().now, story.go_live_at, story.embargo_until)
    now = max(at for at in times if at is not None)
    significant = story.is_significant()
    with acting.acting(acting.current().by, now=now):
        story.date_corrections()
        content = publishing.content_of(story)
    return previewing.next_story(
        to_version.story_id(story.uuid), content, now=now, significant=significant
    )


def _pictures_of(story: "rows.Story") -> Iterator[records.Record]:
    """Yield the pictures that publishing a story commits before it."""
    for picture in to_version.pictures_of(story):
        yield to_version.picture(picture)


def _topics_of(story: "rows.Story") -> Sequence[records.Record]:
    """Return the topics that publishing a story commits before it, in their order."""
    found: dict[TopicId, records.Topic] = {}
    for row in story.topics.all():
        topic = row.topic
        found[to_version.topic_id(topic)] = edit.next_topic(
            to_version.topic_id(topic),
            name=topic.name,
            slug=topic.slug,
            description=topic.description,
            besides={each.address for each in found.values()},  # namesakes, both of them new
        )
    return list(found.values())


def _unfinished(story: "rows.Story") -> Iterator[str]:
    """Yield what a draft may lack while it is written, and no page can be made without."""
    if any(picture is None for picture in pictures_in(story.body)):
        yield from body_problems(story.body)
    if any(byline.author_id is None for byline in story.bylines.all()):
        yield "a byline has no author yet; choose one, or remove it"
