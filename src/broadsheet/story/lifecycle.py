"""
Moves a story from state to state. The only place that sets its dates and addresses.

Each function takes what was and gives what is; nothing here knows the clock, a
database or how an address is found to be free. Rule of dates, held here and tested:
first publication <= newest significant update <= now; a typo fix moves neither.
"""

from datetime import datetime

import msgspec

from broadsheet.story.ids import Address, StoryId
from broadsheet.story.records import (
    Coverage,
    Retraction,
    Story,
    StoryContent,
    StoryState,
    Syndication,
)


class NotPossible(ValueError):
    """A story in this state cannot do that."""


def published(
    content: StoryContent, *, story_id: StoryId, address: Address, now: datetime
) -> Story:
    """Return a story at its first publication."""
    return Story(
        id=story_id,
        state=StoryState.LIVE,
        content=content,
        address=address,
        former_addresses=(),
        first_published_at=now,
        updated_at=now,
        retraction=None,
    )


def revised(story: Story, content: StoryContent) -> Story:
    """
    Return the story live with other words, its dates unmoved.

    Raises:
        NotPossible: the story is retracted or erased; those do not return.

    """
    if story.state in {StoryState.RETRACTED, StoryState.ERASED}:
        message = f"story {story.id} is {story.state.value} and cannot be published again; copy it"
        raise NotPossible(message)
    return msgspec.structs.replace(story, content=content, state=StoryState.LIVE)


def significantly_updated(story: Story, content: StoryContent, *, now: datetime) -> Story:
    """
    Return the story live with other words and a new update time.

    Raises:
        NotPossible: as revised.

    """
    return msgspec.structs.replace(revised(story, content), updated_at=max(now, story.updated_at))


def unpublished(story: Story) -> Story:
    """
    Return the story taken down to be fixed.

    Raises:
        NotPossible: the story is not live.

    """
    _must_be_live(story, "unpublish")
    return msgspec.structs.replace(story, state=StoryState.UNPUBLISHED)


def expired(story: Story) -> Story:
    """
    Return the story past its time.

    Raises:
        NotPossible: the story is not live.

    """
    _must_be_live(story, "expire")
    return msgspec.structs.replace(story, state=StoryState.EXPIRED)


def retracted(story: Story, *, reason: str, now: datetime) -> Story:
    """
    Return the story withdrawn for good, with the reason readers will see.

    Raises:
        NotPossible: it is withdrawn already.

    """
    if story.state in {StoryState.RETRACTED, StoryState.ERASED}:
        message = f"story {story.id} is {story.state.value} already"
        raise NotPossible(message)
    retraction = Retraction(reason=reason, at=max(now, story.updated_at))
    return msgspec.structs.replace(story, state=StoryState.RETRACTED, retraction=retraction)


def erased(story: Story, *, reason: str, now: datetime) -> Story:
    """Return the story without its words; the caller also replaces its older versions."""
    retraction = story.retraction or Retraction(reason=reason, at=max(now, story.updated_at))
    content = msgspec.structs.replace(
        story.content,
        headline="",
        slug="",
        standfirst="",
        lead=None,
        body=(),
        bylines=(),
        dateline="",
        corrections=(),
        kicker="",
        aliases=(),
        topics=(),
        related=(),
        translation_of=None,
        social_text="",
        coverage=Coverage.NONE,
        source="",
        syndication=Syndication.BY_SOURCE,
    )
    return msgspec.structs.replace(
        story, state=StoryState.ERASED, content=content, retraction=retraction
    )


def moved(story: Story, *, address: Address) -> Story:
    """Return the story at another address; the old one will lead to it."""
    if address == story.address:
        return story
    former = tuple(a for a in story.former_addresses if a != address)
    return msgspec.structs.replace(
        story, address=address, former_addresses=(*former, story.address)
    )


def _must_be_live(story: Story, act: str) -> None:
    if story.state is not StoryState.LIVE:
        message = f"cannot {act} story {story.id}: it is {story.state.value}, not live"
        raise NotPossible(message)
