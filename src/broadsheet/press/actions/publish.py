"""
Puts a story before readers: for the first time, again, or with other words.

One transaction holds the newsroom's row, the version, the log entry, the address and
the routing decision. It costs the same whatever the archive holds.
"""

from datetime import datetime
from zoneinfo import ZoneInfo

from broadsheet.press import addresses, log
from broadsheet.press.actions.errors import ActRefused, NotNow
from broadsheet.press.models import LogEntry
from broadsheet.press.posts import routing
from broadsheet.story import lifecycle
from broadsheet.story.ids import Address, StoryId
from broadsheet.story.lifecycle import NotPossible
from broadsheet.story.records import PAPER, Act, Settings, Story, StoryContent, StoryState


def publish(
    story_id: StoryId, content: StoryContent, *, now: datetime, by: str, significant: bool
) -> LogEntry | None:
    """
    Publish a story, or the newest words of a live one; None when nothing changed.

    Raises:
        NotNow: the story is retracted or erased.
        ActRefused: the paper has no settings yet.

    """
    turn = log.take_turn(now)
    before = log.newest("story", story_id)
    if not isinstance(before, Story):
        after = _first(story_id, content, at=turn.at)
        act = Act.PUBLISH
    else:
        if before.content == content and before.state is StoryState.LIVE and not significant:
            return None
        after, act = next_version(before, content, at=turn.at, significant=significant)
    entry = log.append(after, turn=turn, act=act, by=by)
    routing.route(before=before if isinstance(before, Story) else None, after=after, act=act)
    return entry


def import_story(
    story_id: StoryId,
    content: StoryContent,
    *,
    first_published_at: datetime,
    now: datetime,
    by: str,
    address: Address | None = None,
) -> LogEntry:
    """
    Take over a story published elsewhere, with its date and, if given, its address.

    An import posts nothing.

    Raises:
        ActRefused: it is known already, or dated in the future.
        AddressTaken: the address is another record's.

    """
    turn = log.take_turn(now)
    if log.newest("story", story_id) is not None:
        message = f"story {story_id} is in the log already; publish the change instead"
        raise ActRefused(message)
    if first_published_at > turn.at:
        message = f"story {story_id} cannot have been published at {first_published_at:%c}: not yet"
        raise ActRefused(message)
    addresses.check_imported(address, first_published_at=first_published_at)
    story = _first(story_id, content, at=first_published_at, address=address)
    return log.append(story, turn=turn, act=Act.IMPORT, by=by)


def zone_of_paper() -> ZoneInfo:
    """
    Return the time zone addresses are made in.

    Raises:
        ActRefused: the paper has no settings yet.

    """
    settings = log.newest("settings", PAPER)
    if not isinstance(settings, Settings):
        message = "the paper has no name, zone or address yet: fill in the paper's settings first"
        raise ActRefused(message)
    return ZoneInfo(settings.time_zone)


def next_version(
    before: Story, content: StoryContent, *, at: datetime, significant: bool
) -> tuple[Story, Act]:
    """
    Return what publishing these words makes of a story that was live, and the act's name.

    Raises:
        NotNow: the story is retracted or erased.

    """
    known = {correction.id for correction in before.content.corrections}
    corrected = any(correction.id not in known for correction in content.corrections)
    try:
        if significant:
            after = lifecycle.significantly_updated(before, content, now=at)
        else:
            after = lifecycle.revised(before, content)
    except NotPossible as error:
        raise NotNow(str(error)) from error
    if before.state is not StoryState.LIVE:
        return after, Act.PUBLISH
    if corrected:
        return after, Act.CORRECT
    return after, Act.SIGNIFICANT_UPDATE if significant else Act.UPDATE


def _first(
    story_id: StoryId, content: StoryContent, *, at: datetime, address: Address | None = None
) -> Story:
    zone = zone_of_paper()
    if address is None:
        address = addresses.assign_for_story(story_id, content, at=at, zone=zone)
    else:
        addresses.assign(address, kind="story", record_id=story_id)
    return lifecycle.published(content, story_id=story_id, address=address, now=at)
