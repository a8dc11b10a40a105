"""Stories are moved about on a board as an editor expects; differences are said in words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadsheet.newsroom.fronts.arranging import (
    NotOnTheBoard,
    Words,
    added,
    board_of,
    emptied,
    is_same,
    moved,
    removed,
    slot_in_words,
    stories_on,
    worded,
)
from broadsheet.newsroom.fronts.differences import differences
from broadsheet.projections.layouts import FRONT, places_of, stories_in
from broadsheet.story.ids import StoryId
from tests.factories.story import a_front, an_id

HOLDS = stories_in(FRONT)
A, B, C, D = (StoryId(an_id(number)) for number in (1, 2, 3, 4))
HEADLINES = {A: "Trams", B: "Harbor", C: "Goats", D: "Wells"}


def shown(board, count=5):
    """Return the first slots as letters, "-" for the newest."""
    letters = {A: "A", B: "B", C: "C", D: "D", None: "-"}
    return "".join(letters[slot.story] for slot in board[:count])


def test_empty_board_has_a_slot_for_each_story():
    """A front nobody arranged is a board of slots that show the newest."""
    board = board_of(None)

    assert HOLDS == len(board)
    assert [] == stories_on(board)
    assert [place.name for place in places_of(FRONT)] == [slot.place for slot in board]


@pytest.mark.parametrize(
    ("before", "story", "at", "after"),
    [
        ((), A, 0, "A----"),
        ((1,), B, 0, "BA---"),
        ((1, 2, None, 3), D, 0, "DABC-"),
        ((1, 2), A, 1, "BA---"),
        ((1, None, 3), B, 1, "ABC--"),
    ],
)
def test_added_story_makes_room(before, story, at, after):
    """What stands in the slot moves on, up to the next free slot; the rest stays."""
    assert after == shown(added(board_of(a_front(*before)), story, at=at).board)


def test_added_story_pushes_the_last_off_a_full_board():
    """On a full board the last story falls off, and the editor is told which."""
    full = board_of(a_front(*range(100, 100 + HOLDS)))

    arranged = added(full, A, at=0)

    assert an_id(100 + HOLDS - 1) == arranged.fell_off
    assert HOLDS == len(stories_on(arranged.board))


@pytest.mark.parametrize(
    ("slot", "to", "after"),
    [(0, 2, "BCAD-"), (2, 0, "CABD-"), (1, 2, "ACBD-"), (0, -1, "ABCD-"), (3, 4, "ABC-D")],
)
def test_moved_story_stands_where_it_was_put(slot, to, after):
    """Those between make room; past the ends nothing happens."""
    assert after == shown(moved(board_of(a_front(1, 2, 3, 4)), slot, to=to).board)


def test_removed_story_leaves_its_slot_to_the_newest():
    """The others stay where they are."""
    board = board_of(a_front(1, 2, 3))

    assert "A-C--" == shown(removed(board, 1).board)
    assert "-----" == shown(emptied(board).board)


def test_words_go_with_their_story():
    """What a slot says of its story moves with it, and goes when it is removed."""
    words = Words(headline="Trams at last", kicker="", shows_picture=False)
    board = worded(board_of(a_front(1, 2)), 0, words).board

    assert "Trams at last" == moved(board, 0, to=4).board[4].headline
    assert "" == removed(board, 0).board[0].headline


@pytest.mark.parametrize(
    "act",
    [
        lambda board: moved(board, HOLDS, to=0),
        lambda board: removed(board, -1),
        lambda board: added(board, A, at=99),
        lambda board: worded(board, 0, Words("x", "", shows_picture=True)),
    ],
    ids=["moved", "removed", "added", "worded"],
)
def test_slots_there_are_not_are_refused(act):
    """A slot that is not on the board is refused, and so are words for no story."""
    with pytest.raises(NotOnTheBoard):
        act(board_of(None))


ACTS = st.lists(
    st.tuples(
        st.sampled_from(["add", "move", "remove"]),
        st.integers(0, HOLDS - 1),
        st.integers(0, HOLDS - 1),
        st.integers(1, 30),
    ),
    max_size=40,
)


@given(ACTS)
def test_board_stays_whole(acts):
    """Whatever is done, a board has its slots in their places and no story twice."""
    board = board_of(None)
    for what, slot, to, number in acts:
        if what == "add":
            board = added(board, StoryId(an_id(number)), at=slot).board
        elif what == "move":
            board = moved(board, slot, to=to).board
        else:
            board = removed(board, slot).board

    assert [place.name for place in places_of(FRONT)] == [slot.place for slot in board]
    assert len(set(stories_on(board))) == len(stories_on(board))


def test_addition_without_a_look_is_found():
    """A story inserted without a look whether it is there stands twice: the check sees it."""
    board = board_of(a_front(1))
    blind = [board[0], *board[:-1]]

    assert len(set(stories_on(blind))) != len(stories_on(blind))
    assert [A] == stories_on(added(board, A, at=1).board)


def test_boards_that_say_the_same_are_the_same():
    """Free slots after a place's last story say nothing."""
    assert is_same(board_of(a_front(1)), a_front(1).slots)
    assert not is_same(board_of(a_front(1)), board_of(a_front(2)))


def test_slots_have_names():
    """A slot is called by its place, with a number where the place has several."""
    assert ["Lead", "Second row 1", "Second row 3", "List 1"] == [
        slot_in_words(number) for number in (0, 1, 3, 4)
    ]


def test_differences_are_said_in_words():
    """What came, moved, went and is worded otherwise is said, a sentence each."""
    before = board_of(a_front(1, 2, 3))
    after = worded(
        board_of(a_front(2, None, 4, 3)), 0, Words("Harbor again", "", shows_picture=False)
    ).board

    assert [
        "“Harbor” moves from Second row 1 to Lead",
        "“Harbor” is headed “Harbor again”",
        "“Harbor” hides its picture",
        "“Wells” comes to Second row 2",
        "“Goats” moves from Second row 2 to Second row 3",
        "“Trams” leaves Lead",
    ] == [
        f"“{each.headline}” {each.says}" for each in differences(before, after, headlines=HEADLINES)
    ]
    assert [] == differences(before, before, headlines=HEADLINES)
