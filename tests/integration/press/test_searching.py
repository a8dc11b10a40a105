"""Readers find live stories, whatever they type, and never one that is not live."""

from datetime import UTC, datetime, timedelta

import msgspec
import pytest
from django.db import connection, transaction

from broadsheet.press import deriving, log, search_index, searching
from broadsheet.press.actions import erase, publish, retract, schedule, unpublish
from broadsheet.press.models import Cursor, SearchEntry
from broadsheet.projections.searched_words import question
from broadsheet.story.ids import StoryId
from tests.factories.press import publish_story
from tests.factories.story import a_content, a_paragraph, an_id

pytestmark = pytest.mark.both_databases

HOSTILE = [
    '"',
    '" OR "',
    "headline : x",
    "NEAR(a b, 2)",
    "a AND NOT b",
    "'; DROP TABLE press_searchentry; --",
    "x' & 'y | !z",
    "a\0b",
    "%s %d {0}",
    "*" * 5000,
    "word " * 5000,
    "水" * 5000,
    "w" * 5000,
    "💥",
    "\\",
    "^ - + ( )",
]


def _found(asked):
    return [str(story) for story in searching.newest(question(asked), before=None).stories]


def _catch_up(worker):
    while search_index.catch_up(until=deriving.cursor(), find=worker.tables.record):
        pass


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("flood", {"headline": "The Floods"}),
        ("水库", {"headline": "昨天新水库建成"}),
        ("库", {"headline": "昨天新水库"}),
        ("新水库建成", {"standfirst": "昨天新水库建成"}),
        ("مدينة", {"body": (a_paragraph("عُمدة المَدِينَة"),)}),
        ("கல்வி", {"body": (a_paragraph("புதிய கல்வித் திட்டம்"),)}),
        ("ශ්‍රී", {"headline": "ශ්‍රී ලංකා"}),
        ("flood 水库", {"headline": "Flood: 水库"}),
        ("ada reporter", {}),
    ],
)
def test_a_live_story_is_found(worker, clock, asked, said):
    """A story is found by words of its headline, standfirst, text and byline, in every script."""
    story = publish_story(clock, 100, **said)

    worker.run_until_quiet()

    assert [story.id] == _found(asked)


def test_what_lacks_a_word_is_not_found(worker, clock):
    """Every word of a question must be there; characters must stand as they were typed."""
    publish_story(clock, 100, headline="Flood at the 水库", body=())

    worker.run_until_quiet()

    assert [] == _found("flood drought")
    assert [] == _found("库水")


@pytest.mark.parametrize("asked", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_questions_are_plain_words(worker, clock, asked):
    """Whatever is typed, both orders answer, and nothing but words is asked."""
    publish_story(clock, 100)
    worker.run_until_quiet()

    searching.newest(question(asked), before=None)
    searching.best(question(asked), skip=10**9)

    assert 1 == SearchEntry.objects.count()


def test_newest_come_first_page_by_page(worker, clock):
    """Pages go on where the last one ended; a story published meanwhile moves none of them."""
    for number in range(100, 145):
        publish_story(clock, number, headline="Harbor")
        clock.move(minutes=1)
    worker.run_until_quiet()
    _catch_up(worker)
    terms = question("harbor")

    first = searching.newest(terms, before=None)
    publish_story(clock, 145, headline="Harbor")
    worker.run_until_quiet()
    second = searching.newest(terms, before=first.older)
    third = searching.newest(terms, before=second.older)

    assert [an_id(n) for n in range(144, 99, -1)] == [
        *first.stories,
        *second.stories,
        *third.stories,
    ]
    assert third.older is None


def test_stories_of_one_instant_are_all_found(worker, clock):
    """Stories published in the same instant, as imports are, stand beside each other."""
    for number in (100, 101, 102):
        publish_story(clock, number, headline="Harbor")

    worker.run_until_quiet()

    assert {an_id(100), an_id(101), an_id(102)} == set(_found("harbor"))


def test_best_has_it_in_the_headline(worker, clock):
    """Best first, a headline counts more than a mention, though that is newer."""
    publish_story(clock, 100, headline="Harbor")
    clock.move(hours=1)
    publish_story(clock, 101, headline="Other", body=(a_paragraph("At the harbor."),))
    worker.run_until_quiet()

    best = searching.best(question("harbor"), skip=0)

    assert [an_id(101), an_id(100)] == _found("harbor")
    assert (an_id(100), an_id(101)) == best.stories


@pytest.mark.parametrize(
    "withdraw",
    [
        lambda story, now: retract.retract(story, reason="Wrong.", now=now, by="test"),
        lambda story, now: unpublish.unpublish(story, now=now, by="test"),
        lambda story, now: erase.erase(story, reason="By order.", now=now, by="test"),
    ],
    ids=["retracted", "unpublished", "erased"],
)
def test_a_withdrawn_story_is_not_found(worker, clock, withdraw):
    """A story is no longer found once it is withdrawn; its words go when the press follows."""
    story = publish_story(clock, 100, headline="Harbor")
    worker.run_until_quiet()
    before = _found("harbor")

    with transaction.atomic():
        withdraw(story.id, clock())
    at_once = _found("harbor")
    worker.run_until_quiet()

    assert ([story.id], []) == (before, at_once)
    assert _words_kept() == 0


def _words_kept():
    table = "press_searchwords" if connection.vendor == "sqlite" else "press_searchentry"
    with connection.cursor() as cursor:
        cursor.execute("SELECT COUNT(*) FROM " + table)  # noqa: S608  # one of ours
        return cursor.fetchone()[0]


def _is_found_early(worker, clock):
    """Say whether a story is found a second before its time."""
    story = StoryId(an_id(100))
    worker.wired.newsroom.contents[story] = a_content(headline="Harbor")
    schedule.schedule(
        story, act="go-live", due_at=clock() + timedelta(hours=1), now=clock(), by="test"
    )
    clock.move(minutes=59, seconds=59)
    worker.run_until_quiet()
    return bool(_found("harbor"))


def test_an_embargoed_story_is_not_found(worker, clock):
    """A second before its minute a story is not found; then it is."""
    was_early = _is_found_early(worker, clock)

    clock.move(seconds=1)
    worker.run_until_quiet()

    assert not was_early
    assert [an_id(100)] == _found("harbor")


def test_a_press_that_acts_early_is_found(worker, clock):
    """A press whose clock runs ahead is seen to let readers find a story before its minute."""
    worker.clock = lambda: clock() + timedelta(minutes=5)

    assert _is_found_early(worker, clock)


def test_a_story_of_more_than_a_database_takes_is_found_and_stops_nothing(worker, clock):
    """PostgreSQL takes a megabyte of words: what is beyond it is not found, the rest is."""
    many = " ".join(f"{number:05}{'word' * 5}" for number in range(50_000))
    publish_story(clock, 100, headline="Harbor", body=(a_paragraph(f"{'w' * 5000} {many}"),))

    done = worker.run_until_quiet()

    assert 0 == done.parked
    assert [an_id(100)] == _found("harbor")
    assert [an_id(100)] == _found(f"00001{'word' * 5}")
    assert deriving.cursor() == log.length()


@pytest.mark.parametrize("fault", ["in our code", "in the database"])
def test_a_story_no_index_takes_stops_nothing(worker, clock, monkeypatch, fault):
    """It is live, if not found; stories of the same batch are found, and later ones."""
    words, enter = search_index._words, search_index._enter

    def failing(story, find):
        if fault == "in our code" and story.id == an_id(100):
            raise ValueError
        return words(story, find)

    def refused(place, story, seq, said):
        enter(place, story, seq, said)
        if fault == "in the database" and story == an_id(100) and said.headline:
            enter(place, story, seq, said)  # twice in one place: PostgreSQL ends the transaction

    monkeypatch.setattr(search_index, "_words", failing)
    monkeypatch.setattr(search_index, "_enter", refused)
    story = publish_story(clock, 100, headline="Flood")
    other = publish_story(clock, 101, headline="Flood again")

    done = worker.run_until_quiet()
    third = publish_story(clock, 102, headline="Third flood")
    worker.run_until_quiet()

    assert done.parked == 0
    assert (worker.wired.run_folder.parent / "site" / story.address.strip("/")).is_dir()
    assert {other.id, third.id} == set(_found("flood"))
    assert search_index.is_abreast(log.length())


def test_a_story_too_large_for_the_database_stops_nothing(worker, clock, monkeypatch):
    """PostgreSQL calls it an operational error, which no time mends: it is the story's own."""
    monkeypatch.setattr(search_index, "_MOST_BYTES", 2**40)
    many = " ".join(f"{number:05}{'word' * 5}" for number in range(60_000))
    publish_story(clock, 100, headline="Flood", body=(a_paragraph(many),))
    other = publish_story(clock, 101, headline="Flood again")

    done = worker.run_until_quiet()

    assert 0 == done.parked
    assert other.id in _found("flood")
    assert search_index.is_abreast(log.length())


def test_stories_of_before_1970_are_found_page_by_page(worker, clock):
    """An archive that is older than computers' time is found in either order, to its end."""
    for number in range(100, 100 + searching.PAGE + 1):
        at = datetime(1955, 3, 1, tzinfo=UTC) + timedelta(days=number)
        content = a_content(headline=f"Tram {number}", slug=f"tram-{number}")
        with transaction.atomic():
            publish.import_story(
                StoryId(an_id(number)), content, first_published_at=at, now=clock(), by="test"
            )
    worker.run_until_quiet()
    _catch_up(worker)

    first = searching.newest(question("tram"), before=None)
    second = searching.newest(question("tram"), before=first.older)

    assert (searching.PAGE, 1) == (len(first.stories), len(second.stories))
    assert searching.PAGE == len(searching.best(question("tram"), skip=0).stories)


def test_words_taken_out_find_nothing(worker, clock):
    """A story is found by the words it has now, not by those an edit took out."""
    story = publish_story(clock, 100, standfirst="Secret")
    worker.run_until_quiet()
    harmless = msgspec.structs.replace(story.content, standfirst="Open")

    with transaction.atomic():
        publish.publish(story.id, harmless, now=clock(), by="test", significant=False)
    worker.run_until_quiet()

    assert ([], [story.id]) == (_found("secret"), _found("open"))


def test_an_old_home_is_filled_by_slices(worker, clock):
    """The index of a home from before there was one fills from the log, without being asked."""
    for number in range(100, 130):
        publish_story(clock, number, headline="Harbor")
        clock.move(minutes=1)
    worker.run_until_quiet()
    _catch_up(worker)
    whole = list(SearchEntry.objects.order_by("place").values_list("place", "story", "seq"))
    Cursor.objects.filter(name="search").update(generation="another")

    first = search_index.catch_up(until=deriving.cursor(), find=worker.tables.record)
    after_first = SearchEntry.objects.exclude(seq=0).count()
    found_meanwhile = len(searching.newest(question("harbor"), before=None).stories)
    _catch_up(worker)

    assert (search_index.AT_ONCE, search_index.AT_ONCE) == (first, after_first)
    assert searching.PAGE == found_meanwhile  # what was found before is, all the time
    assert whole == list(SearchEntry.objects.order_by("place").values_list("place", "story", "seq"))
    assert search_index.is_abreast(deriving.cursor())


def _emptied(clock, worker, count):
    """Bring out stories, and empty the index, as of a home from before there was one."""
    for number in range(100, 100 + count):
        publish_story(clock, number, headline="Harbor")
        clock.move(minutes=1)
    worker.run_until_quiet()
    Cursor.objects.filter(name="search").update(generation="another")
    return deriving.cursor()


def test_words_are_read_outside_the_transaction(worker, clock):
    """An act waits for the database while words are written, not while they are read."""
    until = _emptied(clock, worker, 3)
    depths = []

    def find(kind, record_id):
        depths.append(len(connection.savepoint_ids))
        return worker.tables.record(kind, record_id)

    search_index.catch_up(until=until, find=find)

    assert [len(connection.savepoint_ids)] * 3 == depths
    assert 3 == SearchEntry.objects.exclude(seq=0).count()


def test_filling_stops_when_told_to(worker, clock):
    """Somebody waits for what they published: the slice ends with the story it is at."""
    until = _emptied(clock, worker, 3)

    taken = [
        search_index.catch_up(until=until, find=worker.tables.record, is_stopping=lambda: True)
        for _ in range(4)
    ]

    assert [1, 1, 1, 0] == taken
    assert 3 == SearchEntry.objects.exclude(seq=0).count()
    assert search_index.is_abreast(until)


def test_what_left_while_words_were_read_is_not_taken_in(worker, clock):
    """A story retracted, and followed by the site, between reading and writing stays out."""
    until = _emptied(clock, worker, 2)

    def find(kind, record_id):
        if deriving.cursor() == until:
            with transaction.atomic():
                retract.retract(StoryId(an_id(100)), reason="Wrong", now=clock(), by="test")
            deriving.derive(worker.tables)
        return worker.tables.record(kind, record_id)

    taken = search_index.catch_up(until=until, find=find)
    after_the_act = set(SearchEntry.objects.values_list("story", flat=True))
    _catch_up(worker)

    assert (0, {an_id(101)}) == (taken, after_the_act)
    assert [an_id(101)] == _found("harbor")


def test_an_idle_press_fills_it(worker, clock):
    """A press that has nothing else to do fills the index."""
    publish_story(clock, 100, headline="Harbor")
    worker.run_until_quiet()
    Cursor.objects.filter(name="search").delete()
    SearchEntry.objects.all().delete()

    with worker.lock:
        worker.lock.try_to_take()
        worker._idle(_SilentBell())

    assert [an_id(100)] == _found("harbor")


class _SilentBell:
    """A bell that nobody rings."""

    def has_rung(self):
        """Say that it has not."""
        return False


def test_a_question_that_takes_too_long_ends(worker, clock, monkeypatch):
    """The database gives up on a question in time, and answers the next one."""
    publish_story(clock, 100, headline="Harbor")
    worker.run_until_quiet()
    endless = (
        "WITH RECURSIVE n(story, place) AS (SELECT 1, 1 UNION ALL SELECT story + 1, 1 FROM n)"
        " SELECT MAX(story), MAX(place) FROM n WHERE %s <> '' AND %s > 0"
    )
    with monkeypatch.context() as patched:
        patched.setattr(searching, "LONGEST_S", 0.2)
        patched.setattr(searching, "_newest_statement", lambda **_: endless)
        with pytest.raises(searching.TookTooLong):
            searching.newest(question("harbor"), before=None)

    assert [an_id(100)] == _found("harbor")
