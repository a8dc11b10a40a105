"""What a network carries out long after it should have is found, taken back, and told."""

from datetime import timedelta

import pytest
from click.testing import CliRunner

from broadsheet.config.main import cli
from broadsheet.press.models import LedgerRow
from broadsheet.press.posts.ledger import PostLedger
from broadsheet.press.worker import Worker
from broadsheet.reconciler.rereading import READ_AGAIN_AFTER_S
from tests.factories.press import Clock, publish_story
from tests.factories.story import an_id
from tests.integration.press.timeline import Timeline, run_for

pytestmark = pytest.mark.both_databases


def arrive_late(timeline: Timeline, row: LedgerRow, clock: Clock) -> str:
    """Let a copy of a settled post appear, and return its id."""
    late = f"{row.delivery_id}-late"
    timeline.posts[late] = (bytes(row.payload), row.desired, clock())
    return late


def settled(poster: Worker, clock: Clock) -> LedgerRow:
    """Publish a story, and return its post's row at rest."""
    publish_story(clock)
    run_for(poster, clock, seconds=60)
    row = LedgerRow.objects.get(surface="sandbox")
    assert (row.desired, None) == (row.live, row.verify_at)
    return row


def let_pass(poster: Worker, clock: Clock, *, seconds: float) -> None:
    """Let time pass, then let the worker work."""
    clock.move(seconds=seconds)
    run_for(poster, clock, seconds=60)


def test_late_arrival_is_found_withdrawn_and_told(
    poster: Worker, clock: Clock, timeline: Timeline, caplog: pytest.LogCaptureFixture
) -> None:
    """A copy that appears after all had settled is withdrawn, and a person is told of both."""
    row = settled(poster, clock)
    clock.move(seconds=60)
    late = arrive_late(timeline, row, clock)

    let_pass(poster, clock, seconds=READ_AGAIN_AFTER_S[0])

    assert [row.remote_id] == list(timeline.posts)
    told = [record.getMessage() for record in caplog.records if record.levelname == "WARNING"]
    assert any(
        all(word in line for word in ("sandbox/main", an_id(100), row.remote_id, late))
        for line in told
    )
    said = CliRunner().invoke(cli, ["status"]).output
    assert "1 doubles found" in said
    assert f"post/{an_id(100)}/first: stood as {row.remote_id} and as {late}" in said


def test_without_reading_again_a_late_arrival_stands(
    poster: Worker, clock: Clock, timeline: Timeline, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A press that never reads again what has settled leaves both copies: the test has teeth."""
    monkeypatch.setattr(PostLedger, "read_again", lambda *_, **__: 0)
    row = settled(poster, clock)
    arrive_late(timeline, row, clock)

    let_pass(poster, clock, seconds=10 * READ_AGAIN_AFTER_S[-1])

    assert len(timeline.posts) == 2


def test_withdrawn_post_that_returns_is_withdrawn_again(
    poster: Worker, clock: Clock, timeline: Timeline
) -> None:
    """A post that appears after it was withdrawn goes again, days later too."""
    row = settled(poster, clock)
    LedgerRow.objects.filter(id=row.id).update(desired="absent")
    run_for(poster, clock, seconds=60)
    let_pass(poster, clock, seconds=READ_AGAIN_AFTER_S[1])
    arrive_late(timeline, row, clock)

    let_pass(poster, clock, seconds=READ_AGAIN_AFTER_S[2])

    assert {} == timeline.posts


def test_settled_post_is_read_a_few_times_and_then_no_more(
    poster: Worker, clock: Clock, timeline: Timeline
) -> None:
    """Once the last look was had, the press asks the network for nothing."""
    row = settled(poster, clock)
    readings = row.attempts.filter(action="find").count()
    for after_s in READ_AGAIN_AFTER_S:
        let_pass(poster, clock, seconds=after_s)
    assert readings + len(READ_AGAIN_AFTER_S) == row.attempts.filter(action="find").count()

    let_pass(poster, clock, seconds=timedelta(days=365).total_seconds())

    assert readings + len(READ_AGAIN_AFTER_S) == row.attempts.filter(action="find").count()
    assert 1 == timeline.creates
