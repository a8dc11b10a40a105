"""Lets real processes publish at once, slowly and interleaved, while another brings out."""

import random
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.db import connection, transaction
from django.db.models import Max

from broadsheet.newsroom import commands
from broadsheet.newsroom.models import SectionPage, Story
from broadsheet.press import log
from broadsheet.press.models import Counter, LogEntry
from broadsheet.story.records import Record
from broadsheet.story.versions import content_hash, encoded, kind_of
from tests.crash import checking
from tests.crash.forks import at_once, in_a_fork
from tests.crash.paper import a_story, work

MOST_S = 60.0  # a writer waits for another, on a busy machine
TWIN = "a-plain-sequence"


def write_at_once(writers: int, stories: int, *, slowest_s: float) -> list[str]:
    """Have writers publish stories of their own at once, and say what is broken after."""
    drafts = [[f"s{writer}-{number}" for number in range(stories)] for writer in range(writers)]
    in_a_fork(lambda: _draft([words for own in drafts for words in own]))
    at_once([*(_publishing(own, slowest_s=slowest_s) for own in drafts), _bringing_out])
    return list(in_a_fork(lambda: _read([words for own in drafts for words in own])))


def interleave_two(folder: Path, twin: str) -> list[str]:
    """Have the second writer begin and end, if it can, while the first is about to commit."""
    plant = _plant_sequence if twin == TWIN else _nothing
    in_a_fork(lambda: _draft(["first", "second"]))
    if twin == TWIN:
        in_a_fork(_create_sequence)

    def first() -> None:
        plant()
        with transaction.atomic():
            commands.publish_story("first", by="first")
            (folder / "first-has-its-turn").touch()
            _await(lambda: (folder / "second-is-out").exists() or _somebody_waits())

    def second() -> None:
        plant()
        _await((folder / "first-has-its-turn").exists)
        commands.publish_story("second", by="second")
        work()
        (folder / "second-is-out").touch()

    at_once([first, second])
    in_a_fork(_count_again)
    return list(in_a_fork(lambda: _read(["first", "second"])))


def _draft(words: list[str]) -> None:
    city = SectionPage.objects.get(slug="city")
    for one in words:
        a_story(city, one)


def _publishing(words: list[str], *, slowest_s: float) -> Callable[[], None]:
    def publish() -> None:
        pauses = random.Random(words[0])
        for one in words:
            with transaction.atomic():
                commands.publish_story(one, by=one)
                time.sleep(pauses.uniform(0, slowest_s))
            time.sleep(pauses.uniform(0, slowest_s))

    return publish


def _bringing_out() -> None:
    wanted = Story.objects.filter(address_words__startswith="s", title__contains="The s").count()
    deadline = time.monotonic() + MOST_S
    while time.monotonic() < deadline:
        work()
        if Story.objects.filter(title__contains="The s", live=True).count() == wanted:
            return
    message = f"not all of {wanted} stories were live in time"
    raise TimeoutError(message)


def _read(words: list[str]) -> list[str]:
    work()
    lost = Story.objects.filter(address_words__in=words, live=False)
    return [f"{story} was lost" for story in lost] + checking.broken_world()


def _await(is_so: Callable[[], bool]) -> None:
    deadline = time.monotonic() + MOST_S
    while not is_so():
        if time.monotonic() > deadline:
            message = "the other writer did not come this far"
            raise TimeoutError(message)
        time.sleep(0.01)


def _somebody_waits() -> bool:
    """Return whether another connection of this database waits for a lock."""
    with connection.cursor() as cursor:
        # Or each look within a transaction would see what the first one saw.
        cursor.execute("SELECT pg_stat_clear_snapshot()")
        cursor.execute(
            "SELECT count(*) FROM pg_stat_activity"
            " WHERE datname = current_database() AND wait_event_type = 'Lock'"
        )
        return bool(cursor.fetchone()[0])


def _nothing() -> None:
    """Plant nothing."""


def _plant_sequence() -> None:
    """Number entries from a sequence, which gives out numbers in no order of commits."""

    def take_turn(now: Any) -> log.Turn:
        with connection.cursor() as cursor:
            cursor.execute("SELECT nextval('twin')")
            return log.Turn(cursor.fetchone()[0], now)

    def append(record: Record, *, turn: log.Turn, act: Any, by: str) -> LogEntry:
        return LogEntry.objects.create(
            seq=turn.seq,
            at=turn.at,
            act=act.value,
            kind=kind_of(record),
            record_id=record.id,
            version=encoded(record),
            content_hash=content_hash(record),
            by=by,
        )

    def length() -> int:
        return int(LogEntry.objects.aggregate(seq=Max("seq"))["seq"])

    log.take_turn, log.append, log.length = take_turn, append, length


def _create_sequence() -> None:
    """Create the twin's sequence, once: both writers at once would be in each other's way."""
    with connection.cursor() as cursor:
        cursor.execute("DROP SEQUENCE IF EXISTS twin")
        cursor.execute(f"CREATE SEQUENCE twin START {log.length() + 1}")


def _count_again() -> None:
    """Make the counter say what the log has, where a twin left it behind."""
    newest = LogEntry.objects.aggregate(seq=Max("seq"))["seq"]
    Counter.objects.filter(name="log").update(value=newest)
