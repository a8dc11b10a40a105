"""Arranges fronts at the desk with plain defaults: publishers, drafts, boards."""

from typing import Any

from broadsheet.newsroom.acting import acting
from broadsheet.newsroom.fronts import fronts, publishing
from broadsheet.newsroom.fronts.arranging import Board, added, board_of
from broadsheet.newsroom.models import Front, SectionPage, Story
from broadsheet.newsroom.roles.names import Role
from broadsheet.story.ids import StoryId
from broadsheet.story.records import PAPER
from tests.factories import rows


def a_publisher(name: str = "petra") -> Any:
    """Return a user who may publish every front."""
    return rows.a_person(name, Role.PUBLISHER)


def the_front(section: SectionPage | None = None) -> Front:
    """Return the paper's front, or a section's; not saved unless it is."""
    front = fronts.front_at(PAPER if section is None else str(section.uuid))
    assert front is not None
    return front


def a_board(*stories: Story | None) -> Board:
    """Return a board with stories in its first slots; None leaves one to the newest."""
    board = board_of(None)
    for number, story in enumerate(stories):
        if story is not None:
            board = added(board, StoryId(str(story.uuid)), at=number).board
    return board


def publish_front(board: Board, *, by: Any, section: SectionPage | None = None, at: Any) -> None:
    """Publish a front as it is seen to be, whoever arranged it last."""
    front = the_front(section)
    with acting(by.get_username(), now=at):
        seen = fronts.newest_seq(front.key)
        publishing.publish(front, board, seen=seen, user=by)
