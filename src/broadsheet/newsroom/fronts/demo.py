"""Arranges the demo newspaper's fronts: two by hand, and one change that waits."""

from django.db import transaction

from broadsheet.newsroom.fronts import fronts, publishing, scheduling
from broadsheet.newsroom.fronts.arranging import Board, Words, added, board_of, worded
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
    5: "Marathon moves",
}
CULTURE = {0: "Kite festival", 1: "老城书店"}
KICKER = "Streets"


def arrange_fronts() -> None:
    """Arrange the paper's front and that of Culture, and have the paper's change later."""
    board = worded(_board(HOME), 0, Words(headline="", kicker=KICKER, shows_picture=True)).board
    home = fronts.front_at(PAPER)
    culture = SectionPage.objects.get(slug="culture")
    of_culture = fronts.front_at(str(culture.uuid))
    if home is None or of_culture is None:
        message = "the demo's fronts are those of its paper and of a section it has just made"
        raise LookupError(message)
    scheduled = _story(HOME[5])
    # The story it shows goes live first.
    due_at = Schedule.objects.get(act="go-live", story=scheduled).due_at
    later = added(board, scheduled, at=1).board
    with transaction.atomic():
        publishing.commit(home, board, user=None)
        publishing.commit(of_culture, _board(CULTURE), user=None)
        based_on = fronts.newest_seq(PAPER)
        scheduling.plan(home, later, based_on=based_on, due_at=due_at, user=None)


def _board(placed: dict[int, str]) -> Board:
    board = board_of(None)
    for slot, headline in placed.items():
        board = added(board, _story(headline), at=slot).board
    return board


def _story(headline: str) -> StoryId:
    return StoryId(str(Story.objects.get(draft_title__startswith=headline).uuid))
