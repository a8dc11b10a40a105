"""What the story acts share: finding the newest version, and committing the next."""

from collections.abc import Callable
from datetime import datetime

from broadsheet.press import log
from broadsheet.press.actions.errors import NeverPublished, NotNow
from broadsheet.press.models import LogEntry
from broadsheet.press.posts import routing
from broadsheet.story.ids import StoryId
from broadsheet.story.lifecycle import NotPossible
from broadsheet.story.records import Act, Story


def published_story(story_id: StoryId) -> Story:
    """
    Return a story's newest version.

    Raises:
        NeverPublished: it has none.

    """
    story = log.newest("story", story_id)
    if not isinstance(story, Story):
        message = f"story {story_id} was never live; publish it first"
        raise NeverPublished(message)
    return story


def commit_step(
    story_id: StoryId,
    step: Callable[[Story, datetime], Story],
    *,
    act: Act,
    now: datetime,
    by: str,
) -> LogEntry:
    """
    Take a live or once live story one step on, and commit the act and its routing.

    Raises:
        NeverPublished: the story has no version.
        NotNow: its state does not allow the step.

    """
    turn = log.take_turn(now)
    story = published_story(story_id)
    try:
        after = step(story, turn.at)
    except NotPossible as error:
        raise NotNow(str(error)) from error
    entry = log.append(after, turn=turn, act=act, by=by)
    routing.route(before=story, after=after, act=act)
    return entry
