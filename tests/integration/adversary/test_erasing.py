"""An erased story's words are nowhere: not in rows, revisions, comments, index, fronts or log."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from click.testing import CliRunner
from django.apps import apps
from django.contrib.auth import get_user_model
from wagtail.models import Comment
from wagtail.search.backends import get_search_backend

from broadsheet.config.main import cli
from broadsheet.newsroom import edges
from broadsheet.newsroom.acting import acting
from broadsheet.newsroom.fronts import desk_acts, drafts, fronts, scheduling
from broadsheet.newsroom.fronts.arranging import Words, stories_on, worded
from broadsheet.newsroom.models import FrontChange, FrontDraft, Story
from broadsheet.press.models import LogEntry
from broadsheet.story.records import Act
from tests.factories import rows
from tests.factories.fronts import a_board, a_publisher, publish_front, the_front

pytestmark = pytest.mark.both_databases

# Stands nowhere else. An address stays, since its 410 does, but in small letters.
SECRET = "Verwechslung"


@pytest.fixture
def erased(db: None) -> Story:
    """Return a story that was commented, indexed, published and erased by the command line."""
    del db
    story: Story = rows.a_draft(title=f"Headline with {SECRET}")
    with acting("ada", now=datetime.now(UTC)):
        story.save_revision().publish()
    user = get_user_model()._default_manager.create_user(username="ada", password="")
    Comment.objects.create(page=story, user=user, text=f"Is {SECRET} right?", contentpath="title")
    get_search_backend().add(Story.objects.get(pk=story.pk))
    _place_on_fronts(story)

    command = ["erase", str(story.uuid), "--reason", "By order of the court.", "--yes"]
    answer = CliRunner().invoke(cli, ["story", *command], catch_exceptions=False)

    assert (0, "") == (answer.exit_code, answer.stderr)
    return story


def test_erased_words_are_in_no_table(erased: Story) -> None:
    """No text or bytes of any table hold a word of the erased story."""
    del erased

    assert [] == list(_places_with(SECRET))


def test_command_line_erases_at_the_desk_too(erased: Story) -> None:
    """After an erasure by the command line, newsroom and log agree: no sweep has work."""
    found = [*edges.state_edges(), *edges.word_edges(after_pk=0)[0], *edges.schedule_edges()]

    assert [] == found
    assert "(erased)" == Story.objects.get(pk=erased.pk).title


def test_what_stood_beside_it_on_a_front_stays(erased: Story) -> None:
    """The erased story leaves every arrangement, past and planned; the other stories stay."""
    boards = [each.board for each in fronts.editions("paper", limit=9)]
    boards += [
        drafts.board_from("paper", row.slots)
        for rows_of in (FrontDraft, FrontChange)
        for row in rows_of.objects.all()
    ]

    assert 5 == len(boards)
    assert all([1] == [n for n, slot in enumerate(board) if slot.story] for board in boards)
    assert not any(str(erased.uuid) in stories_on(board) for board in boards)
    # Readers' front goes on by an entry of its own: no projection reads an entry twice.
    acts = LogEntry.objects.exclude(kind="news-window").order_by("-seq")
    newest = acts.values_list("kind", "act")[:2]
    assert [("front", Act.EDIT.value), ("story", Act.ERASE.value)] == list(newest)


def test_a_form_from_before_brings_no_word_back(erased: Story) -> None:
    """A board that was open while its story was erased saves none of the words it still shows."""
    before = fronts.editions("paper", limit=9)[1]

    taken = desk_acts.take_words(
        before.board, {"story-0": str(erased.uuid), "headline-0": f"{SECRET} again"}
    )

    assert not any(SECRET in slot.headline for slot in taken.board)


def _place_on_fronts(story: Story) -> None:
    """Place a story, in words of the front's own, in two editions, a draft and a change."""
    petra, other = a_publisher(), rows.a_live_story(title="Trams return")
    board = worded(a_board(story, other), 0, Words(f"{SECRET} at last", SECRET, True)).board
    now = datetime.now(UTC)
    publish_front(board, by=petra, at=now)
    publish_front(worded(board, 0, Words(SECRET, "", False)).board, by=petra, at=now)
    front = the_front()
    drafts.save(front, petra, board, seen=drafts.draft_of(front, petra))
    seen, due_at = fronts.newest_seq("paper"), datetime.now(UTC) + timedelta(days=1)
    scheduling.schedule(front, board, based_on=seen, due_at=due_at, user=petra)


def _places_with(word: str) -> Iterator[str]:
    """Give each column that holds the word, in any row, whatever its kind."""
    for model in apps.get_models():
        for values in model._default_manager.values().iterator():
            for column, value in values.items():
                text = (
                    bytes(value).decode(errors="replace")
                    if isinstance(value, bytes | memoryview)
                    else str(value)
                )
                if word in text:
                    yield f"{model._meta.label}.{column}"
