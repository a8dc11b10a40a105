"""Fronts in the press: the act that arranges one, its time, and what it costs."""

from datetime import timedelta

import pytest
from django.db import transaction

from broadsheet.press import log
from broadsheet.press.actions import edit, retract
from broadsheet.press.actions.errors import ActRefused
from broadsheet.press.actions.schedule import schedule
from broadsheet.press.models import LogEntry, Schedule
from broadsheet.press.ports import Wiring
from broadsheet.press.worker import Worker
from broadsheet.projections import facets
from broadsheet.projections.layouts import FRONT, stories_in
from broadsheet.story.ids import StoryId
from broadsheet.story.records import PAPER, Front, Slot
from tests.factories.press import Clock, publish_story
from tests.factories.story import a_content, a_front, an_id
from tests.properties.front_acts import ActingNewsroom

pytestmark = pytest.mark.both_databases

HOLDS = stories_in(FRONT)


def arrange(clock: Clock, front: Front) -> LogEntry | None:
    """Arrange a front in a transaction of its own."""
    with transaction.atomic():
        return edit.edit_front(front, now=clock(), by="test")


def headlines(worker: Worker, key: str = "index.html") -> str:
    """Return what readers of a front get."""
    return (worker.wired.run_folder.parent / "site" / key).read_text(encoding="utf-8")


def _order(page: str, *numbers: int) -> list[int]:
    return sorted(numbers, key=lambda number: page.index(f"Story {number}<"))


def test_front_is_put_out(worker: Worker, clock: Clock) -> None:
    """An arranged front is in the log, once, and readers get it."""
    for number in (100, 101, 102):
        publish_story(clock, number)
        clock.move(hours=1)
    worker.run_until_quiet()

    assert arrange(clock, a_front(100)) is not None
    assert arrange(clock, a_front(100)) is None
    worker.run_until_quiet()

    assert [100, 102, 101] == _order(headlines(worker), 100, 101, 102)
    assert [("edit", "test")] == list(
        LogEntry.objects.filter(kind="front", record_id=PAPER).values_list("act", "by")
    )


@pytest.mark.usefixtures("worker")
@pytest.mark.parametrize(
    ("front", "says"),
    [
        (Front(id=PAPER, slots=(Slot(place="attic", story=None),)), "no place 'attic'"),
        (Front(id=PAPER, slots=(Slot(place="lead", story=None),) * 2), "holds 1, not 2"),
        (a_front(100, 100), "each story once"),
        (a_front(100, of=an_id(77)), "there is no section"),
    ],
)
def test_front_that_does_not_fit_is_refused(clock: Clock, front: Front, says: str) -> None:
    """A front of no section, with a place the theme has not, too full, or double, is refused."""
    before = log.length()

    with pytest.raises(ActRefused, match=says):
        arrange(clock, front)

    assert before == log.length()


def test_retracted_story_leaves_its_slot_at_once(worker: Worker, clock: Clock) -> None:
    """When a placed story is retracted the newest stands in its slot, without an editor."""
    for number in (100, 101):
        publish_story(clock, number)
    arrange(clock, a_front(100))
    worker.run_until_quiet()
    assert "Story 100<" in headlines(worker)

    with transaction.atomic():
        retract.retract(StoryId(an_id(100)), reason="Wrong.", now=clock(), by="test")
    worker.run_until_quiet()

    assert "Story 100<" not in headlines(worker)
    assert "Story 101<" in headlines(worker)


def _renderings(worker: Worker) -> list[str]:
    """Have the worker note each object it renders, and return the list it writes to."""
    rendered: list[str] = []
    press = worker.wired.printing

    class Noting:
        """A press that notes what it renders."""

        generation = press.generation
        objects = press.objects

        def render(self, obj, facts):
            """Render and note."""
            rendered.append(obj.key)
            return press.render(obj, facts)

    noting: Wiring = worker.wired._replace(printing=Noting())
    worker.wired = noting
    return rendered


def _many(worker: Worker, clock: Clock) -> None:
    for number in range(200, 200 + 2 * HOLDS):
        publish_story(clock, number)
        clock.move(hours=1)
    worker.run_until_quiet()


def _change_words(clock: Clock, number: int) -> None:
    publish_story(clock, number, headline=f"New {number}")


def test_front_costs_what_it_shows(worker: Worker, clock: Clock) -> None:
    """A placed story's change renders the front; that of one neither placed nor shown does not."""
    _many(worker, clock)
    arrange(clock, a_front(201))
    worker.run_until_quiet()
    rendered = _renderings(worker)

    _change_words(clock, 201)
    worker.run_until_quiet()
    assert "/" in rendered

    rendered.clear()
    _change_words(clock, 205)  # among the oldest, and not placed
    worker.run_until_quiet()
    assert "/" not in rendered
    assert "/2026/11/22/" in "".join(rendered)


def test_front_that_depends_on_too_much_is_found(
    worker: Worker, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A front whose window has no lower end is rendered for stories it does not show: seen."""
    _many(worker, clock)
    monkeypatch.setattr("broadsheet.projections.facts.key_text", lambda _: facets.LOWEST)
    arrange(clock, a_front(201))
    worker.run_until_quiet()
    monkeypatch.undo()
    rendered = _renderings(worker)

    with transaction.atomic():
        retract.retract(StoryId(an_id(205)), reason="Wrong.", now=clock(), by="test")
    worker.run_until_quiet()

    assert "/" in rendered


@pytest.fixture
def fronts(worker: Worker) -> ActingNewsroom:
    """Have the worker's newsroom change fronts when it is time."""
    newsroom = ActingNewsroom()
    worker.wired = worker.wired._replace(newsroom=newsroom)
    return newsroom


def _scheduled(clock: Clock, newsroom: ActingNewsroom, change: str, front: Front, **after) -> None:
    newsroom.fronts[change] = front
    with transaction.atomic():
        due_at = clock() + timedelta(**after)
        schedule(change, act="front", due_at=due_at, now=clock(), by="test")


def test_front_changes_at_its_time(worker: Worker, clock: Clock, fronts: ActingNewsroom) -> None:
    """Changes of one front happen each at its time, in their order, and once."""
    for number in (100, 101):
        publish_story(clock, number)
    _scheduled(clock, fronts, "second", a_front(101), hours=2)
    _scheduled(clock, fronts, "first", a_front(100), hours=1)
    worker.run_until_quiet()
    assert log.newest("front", PAPER) is None

    clock.move(hours=1)
    worker.run_until_quiet()
    assert a_front(100) == log.newest("front", PAPER)

    clock.move(hours=1)
    worker.run_until_quiet()
    assert a_front(101) == log.newest("front", PAPER)
    assert not Schedule.objects.exists()


def test_late_changes_happen_in_their_order(
    worker: Worker, clock: Clock, fronts: ActingNewsroom
) -> None:
    """What fell due while no press ran is done late, the earliest first."""
    _scheduled(clock, fronts, "second", a_front(101), hours=2)
    _scheduled(clock, fronts, "first", a_front(100), hours=1)
    clock.move(hours=9)

    worker.run_until_quiet()

    entries = LogEntry.objects.filter(kind="front").order_by("seq")
    assert [a_front(100), a_front(101)] == [
        log.decoded(bytes(version)) for version in entries.values_list("version", flat=True)
    ]


def test_stories_go_live_before_the_front_of_their_minute(
    worker: Worker, clock: Clock, fronts: ActingNewsroom
) -> None:
    """A front due in the minute of a story it places comes after it, whoever was asked first."""
    _scheduled(clock, fronts, "change", a_front(100), hours=1)
    story = StoryId(an_id(100))
    fronts.contents[story] = a_content(headline="Story 100")
    with transaction.atomic():
        due_at = clock() + timedelta(hours=1)
        schedule(story, act="go-live", due_at=due_at, now=clock(), by="test")
    clock.move(hours=1)

    worker.run_until_quiet()

    kinds = LogEntry.objects.order_by("-seq").values_list("kind", flat=True)
    assert ["front", "story"] == [kind for kind in kinds if kind != "news-window"][:2]


def test_failing_change_stops_no_other(
    worker: Worker, clock: Clock, fronts: ActingNewsroom
) -> None:
    """A change of a front that fails stands on the schedule with its reason; others go on."""
    _scheduled(clock, fronts, "good", a_front(100), hours=1)
    _scheduled(clock, fronts, "bad", a_front(101), minutes=30)
    del fronts.fronts["bad"]
    clock.move(hours=1)

    worker.run_until_quiet()

    assert a_front(100) == log.newest("front", PAPER)
    waiting = Schedule.objects.get()
    assert ("bad", 1, True) == (waiting.story, waiting.failures, "KeyError" in waiting.reason)
