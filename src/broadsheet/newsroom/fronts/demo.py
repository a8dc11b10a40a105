"""Arranges the demo newspaper's fronts: three by hand, and one change that waits."""

from django.db import transaction

from broadsheet.newsroom.fronts import fronts, publishing, scheduling
from broadsheet.newsroom.fronts.arranging import Board, Words, added, board_of, worded
from broadsheet.newsroom.models.front import Front
from broadsheet.newsroom.models.section import SectionPage
from broadsheet.newsroom.models.story import Story
from broadsheet.press.models import Schedule
from broadsheet.story.ids import StoryId
from broadsheet.story.records import PAPER

# Each by the beginning of its headline, in the slot with this number. One is not live yet: the
# newest stands in its slot until it is.
HOME = {
    0: "Council votes to plant shade",
    1: "Ferry returns",
    2: "اليوم الأول",
    3: "Harbor United win the cup",
    4: "Storm night",
    5: "Marathon moves",
    6: "Seven days in pictures",
}
SECTIONS = {
    "culture": {0: "Kite festival", 1: "老城书店", 2: "A drum that nobody"},
    "science": {0: "Night sky returns", 1: "Dragonflies come back"},
}
KICKER = "Streets"


def arrange_fronts() -> None:
    """Arrange the paper's front and those of two sections, and have the paper's change later."""
    board = worded(_board(HOME), 0, Words(headline="", kicker=KICKER, shows_picture=True)).board
    home = fronts.front_at(PAPER)
    if home is None:
        message = "the demo arranges the front of a paper it has just made"
        raise LookupError(message)
    scheduled = _story(HOME[5])
    # The story it shows goes live first.
    due_at = Schedule.objects.get(act="go-live", story=scheduled).due_at
    later = added(board, scheduled, at=1).board
    with transaction.atomic():
        publishing.commit(home, board, user=None)
        for slug, placed in SECTIONS.items():
            publishing.commit(_front_of(slug), _board(placed), user=None)
        based_on = fronts.newest_seq(PAPER)
        scheduling.plan(home, later, based_on=based_on, due_at=due_at, user=None)


def _front_of(slug: str) -> Front:
    section = SectionPage.objects.get(slug=slug)
    front = fronts.front_at(str(section.uuid))
    if front is None:
        message = f"section “{section.title}”, which the demo has just made, has no front"
        raise LookupError(message)
    return front


def _board(placed: dict[int, str]) -> Board:
    board = board_of(None)
    for slot, headline in placed.items():
        board = added(board, _story(headline), at=slot).board
    return board


def _story(headline: str) -> StoryId:
    return StoryId(str(Story.objects.get(draft_title__startswith=headline).uuid))
