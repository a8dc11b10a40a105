"""A post waits a moment for its lead picture, and goes out with it or, in the end, without."""

from datetime import timedelta

import msgspec
import pytest
from django.db import transaction

from broadsheet.press.actions import edit, retract
from broadsheet.press.models import Account, Attempt, LedgerRow
from broadsheet.press.posts import pictures_first, taking_along
from broadsheet.press.worker import Worker
from broadsheet.projections.posts import Post
from broadsheet.story.body import PictureUse
from broadsheet.story.records import Correction, CorrectionKind, Picture
from tests.factories.press import Clock, publish_story
from tests.factories.story import a_picture, an_id
from tests.integration.press.timeline import Timeline, run_for

pytestmark = pytest.mark.both_databases

MADE = a_picture(30, width_px=1200, height_px=800)
BEING_MADE = msgspec.structs.replace(MADE, renditions=())
LEAD = PictureUse(picture=MADE.id, caption="")


def say(picture: Picture, clock: Clock) -> None:
    """Commit what is known of a picture by now."""
    with transaction.atomic():
        edit.edit_picture(picture, now=clock(), by="test")


def shown(timeline: Timeline) -> list[bool]:
    """Return of each post whether it has a picture."""
    posts = [msgspec.json.decode(payload, type=Post) for payload, _, _ in timeline.posts.values()]
    return [bool(post.pictures) for post in posts]


def test_post_waits_for_the_sizes_of_its_picture(
    poster: Worker, clock: Clock, timeline: Timeline
) -> None:
    """A post whose lead picture is still being made waits, and goes out with it, once."""
    say(BEING_MADE, clock)
    publish_story(clock, lead=LEAD)
    run_for(poster, clock, seconds=20)
    before = timeline.creates

    say(MADE, clock)
    run_for(poster, clock, seconds=20)

    assert (before, timeline.creates, shown(timeline)) == (0, 1, [True])


def test_post_does_not_wait_for_ever(poster: Worker, clock: Clock, timeline: Timeline) -> None:
    """A post whose picture cannot be made goes without it after a minute, and stays so."""
    say(BEING_MADE, clock)
    publish_story(clock, lead=LEAD)
    run_for(poster, clock, seconds=pictures_first.AT_MOST_S + 20)

    say(MADE, clock)
    run_for(poster, clock, seconds=60)

    assert (timeline.creates, shown(timeline)) == (1, [False])


def test_post_does_not_wait_for_a_file_that_is_not_there(
    poster: Worker, clock: Clock, timeline: Timeline
) -> None:
    """A picture that waits for its file, which may take hours, keeps no post back."""
    say(msgspec.structs.replace(BEING_MADE, width_px=0, height_px=0), clock)
    publish_story(clock, lead=LEAD)

    run_for(poster, clock, seconds=20)

    assert shown(timeline) == [False]


def test_correction_does_not_prolong_the_wait(
    poster: Worker, clock: Clock, timeline: Timeline
) -> None:
    """A story corrected while its post waits is posted a minute after it went out, not later."""
    say(BEING_MADE, clock)
    story = publish_story(clock, lead=LEAD)
    run_for(poster, clock, seconds=30)
    note = Correction(id=an_id(9), kind=CorrectionKind.CORRECTION, at=clock(), text="On Tuesday.")

    publish_story(clock, lead=LEAD, corrections=(note,))

    due_at = LedgerRow.objects.get(surface="sandbox").due_at
    assert story.first_published_at is not None
    assert due_at is not None
    assert pictures_first.AT_MOST_S == (due_at - story.first_published_at).total_seconds()
    assert 0 == timeline.creates


def test_retraction_while_waiting_posts_nothing(
    poster: Worker, clock: Clock, timeline: Timeline
) -> None:
    """A story retracted while its post waits is never posted, also when the sizes come."""
    say(BEING_MADE, clock)
    story = publish_story(clock, lead=LEAD)
    with transaction.atomic():
        retract.retract(story.id, reason="Wrong.", now=clock(), by="test")

    say(MADE, clock)
    run_for(poster, clock, seconds=120)

    assert 0 == timeline.creates


def test_sizes_rolled_back_take_the_new_post_with_them(
    poster: Worker, clock: Clock, timeline: Timeline
) -> None:
    """A crash leaves sizes and posts as they were: the sizes, made again, bring the picture."""
    say(BEING_MADE, clock)
    publish_story(clock, lead=LEAD)
    fitted = LedgerRow.objects.get(surface="sandbox").desired
    with transaction.atomic():
        edit.edit_picture(MADE, now=clock(), by="test")
        transaction.set_rollback(True)
    after_crash = LedgerRow.objects.get(surface="sandbox").desired

    say(MADE, clock)
    run_for(poster, clock, seconds=20)

    assert (fitted, [True]) == (after_crash, shown(timeline))


def test_parked_post_stays_parked(poster: Worker, clock: Clock, timeline: Timeline) -> None:
    """A post that a person must look at is not sent because its picture came."""
    say(BEING_MADE, clock)
    publish_story(clock, lead=LEAD)
    LedgerRow.objects.filter(surface="sandbox").update(parked="Is it there?")

    say(MADE, clock)
    run_for(poster, clock, seconds=120)

    assert 0 == timeline.creates


def is_fitted_again_when_in_doubt(poster: Worker, clock: Clock, timeline: Timeline) -> bool:
    """Have sizes come while nobody knows whether the post is out; say if they changed it."""
    say(BEING_MADE, clock)
    publish_story(clock, lead=LEAD)
    timeline.loses_next_answer = True
    while not timeline.creates:
        run_for(poster, clock, seconds=1)
    LedgerRow.objects.filter(surface="sandbox").update(live="", due_at=clock())
    fitted = LedgerRow.objects.get(surface="sandbox").desired

    say(MADE, clock)

    return LedgerRow.objects.get(surface="sandbox").desired != fitted


def test_post_that_may_be_out_is_left_alone(
    poster: Worker, clock: Clock, timeline: Timeline
) -> None:
    """A post whose answer was lost may be out, so no picture changes it any more."""
    assert not is_fitted_again_when_in_doubt(poster, clock, timeline)


def test_a_press_that_forgets_what_may_be_out_would_be_found(
    poster: Worker, clock: Clock, timeline: Timeline, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The test above sees a press that takes every post for unsent."""
    monkeypatch.setattr(taking_along, "_may_be_out", lambda _: False)

    assert is_fitted_again_when_in_doubt(poster, clock, timeline)


def test_network_that_asked_to_wait_is_waited_for(
    poster: Worker, clock: Clock, timeline: Timeline
) -> None:
    """A post a network put off takes its picture along, and is sent no sooner for it."""
    say(BEING_MADE, clock)
    publish_story(clock, lead=LEAD)
    row = LedgerRow.objects.get(surface="sandbox")
    asked = clock() + timedelta(minutes=10)
    LedgerRow.objects.update(due_at=asked)
    Attempt.objects.create(
        row=row,
        number=1,
        action="create",
        started_at=clock(),
        deadline_at=clock(),
        outcome="throttled",
        worker="test",
    )

    say(MADE, clock)

    row.refresh_from_db()
    post = msgspec.json.decode(bytes(row.payload), type=Post)
    assert (1, asked) == (len(post.pictures), row.due_at)


def test_post_that_cannot_be_made_waits_for_a_person_only(
    poster: Worker, clock: Clock, timeline: Timeline
) -> None:
    """A post parked from the start names no time at which it would be tried again."""
    say(BEING_MADE, clock)
    Account.objects.update(settings={"rules": "of a network nobody knows"})

    publish_story(clock, lead=LEAD)

    row = LedgerRow.objects.get(surface="sandbox")
    assert (True, None) == (row.parked != "", row.due_at)
