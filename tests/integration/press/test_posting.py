"""Editorial acts decide on posts inside their transaction; the engine carries them out."""

from datetime import timedelta

import pytest
from django.db import transaction

from broadsheet.press import mass_change
from broadsheet.press.actions import publish, retract
from broadsheet.press.models import Account, Attempt, LedgerRow, MassChange
from broadsheet.press.posts import looking, releasing
from broadsheet.press.standing import standing
from broadsheet.press.worker import Worker
from broadsheet.story.ids import StoryId
from broadsheet.story.records import Correction, CorrectionKind
from tests.factories.press import Clock, publish_story
from tests.factories.story import a_content, an_id
from tests.integration.press.timeline import Timeline, an_account, run_for, texts

pytestmark = pytest.mark.both_databases


def test_first_publication_posts_once(poster: Worker, clock: Clock, timeline: Timeline) -> None:
    """A published story is posted once, with its headline and its delivery link."""
    publish_story(clock, headline="Harbor reopens")

    run_for(poster, clock, seconds=120)

    row = LedgerRow.objects.get(surface="sandbox")
    assert len(timeline.posts) == 1
    assert texts(timeline)[0].startswith("Harbor reopens")
    assert f"?d={row.delivery_id}" in texts(timeline)[0]
    assert row.live == row.desired


def test_typo_fix_touches_no_post(poster: Worker, clock: Clock, timeline: Timeline) -> None:
    """A change that is no correction leaves the post as it is."""
    publish_story(clock, headline="Harbor reopens")
    run_for(poster, clock, seconds=60)

    publish_story(clock, headline="Harbour reopens")
    run_for(poster, clock, seconds=60)

    assert texts(timeline)[0].startswith("Harbor reopens")


def test_correction_edits_the_post(poster: Worker, clock: Clock, timeline: Timeline) -> None:
    """A correction rewrites the post in place."""
    publish_story(clock, headline="Harbor reopens Monday")
    run_for(poster, clock, seconds=60)
    note = Correction(id=an_id(9), kind=CorrectionKind.CORRECTION, at=clock(), text="On Tuesday.")

    publish_story(clock, headline="Harbor reopens Tuesday", corrections=(note,))
    run_for(poster, clock, seconds=60)

    assert [text.splitlines()[0] for text in texts(timeline)] == ["Harbor reopens Tuesday"]


def test_retraction_removes_the_post(poster: Worker, clock: Clock, timeline: Timeline) -> None:
    """A retraction withdraws the post and reads that it is gone."""
    story = publish_story(clock)
    run_for(poster, clock, seconds=60)

    with transaction.atomic():
        retract.retract(story.id, reason="Wrong.", now=clock(), by="test")
    run_for(poster, clock, seconds=120)

    row = LedgerRow.objects.get(surface="sandbox")
    assert (timeline.posts, row.live) == ({}, "absent")
    assert Attempt.objects.filter(row=row, action="find", outcome="missing").exists()


def test_lost_answer_is_read_back(poster: Worker, clock: Clock, timeline: Timeline) -> None:
    """A post whose answer was lost is found on the timeline, never posted again."""
    timeline.loses_next_answer = True
    publish_story(clock)

    run_for(poster, clock, seconds=180)

    assert timeline.creates == 1
    assert LedgerRow.objects.get(surface="sandbox").live != ""


def test_import_posts_nothing(poster: Worker, clock: Clock, timeline: Timeline) -> None:
    """A story taken over from elsewhere makes no post, now or at its next correction."""
    with transaction.atomic():
        publish.import_story(
            StoryId(an_id(700)),
            a_content(),
            first_published_at=clock() - timedelta(days=3),
            now=clock(),
            by="test",
        )

    run_for(poster, clock, seconds=30)

    assert (timeline.creates, LedgerRow.objects.filter(surface="sandbox").count()) == (0, 0)


def test_new_account_starts_empty(poster: Worker, clock: Clock, timeline: Timeline) -> None:
    """An account added later gets the next story, and none from before."""
    publish_story(clock, 100)
    run_for(poster, clock, seconds=30)
    an_account("second", clock)

    publish_story(clock, 101)
    run_for(poster, clock, seconds=30)

    rows = LedgerRow.objects.filter(surface="sandbox", account="second")
    assert [row.story for row in rows] == [an_id(101)]


def test_restored_home_holds_accounts_and_looks_first(
    poster: Worker, clock: Clock, timeline: Timeline
) -> None:
    """A home that was restored posts nothing until released, and then adopts what is out."""
    publish_story(clock)
    run_for(poster, clock, seconds=60)
    # The database forgets that the post was made, as one from a backup would.
    Attempt.objects.all().delete()
    LedgerRow.objects.filter(surface="sandbox").update(live="", remote_id="")
    poster.wired.instance_file.write_text('{"id": "elsewhere", "seq": 0}', encoding="utf-8")

    restored = Worker(poster.wired, owner="restored", clock=clock)
    run_for(restored, clock, seconds=60)
    held = Account.objects.get()
    assert held.on_hold != ""
    assert timeline.creates == 1

    releasing.release(held, poster.wired.networks, now=clock(), by="publisher")
    run_for(restored, clock, seconds=180)
    row = LedgerRow.objects.get(surface="sandbox")
    assert (timeline.creates, row.live == row.desired) == (1, True)


def test_mass_withdrawal_of_posts_waits(poster: Worker, clock: Clock, timeline: Timeline) -> None:
    """A plan to withdraw more than twenty posts stops until a publisher confirms it."""
    stories = [publish_story(clock, number) for number in range(100, 122)]
    run_for(poster, clock, seconds=60)
    LedgerRow.objects.filter(surface="sandbox").update(desired="absent")

    run_for(poster, clock, seconds=60)
    assert len(timeline.posts) == len(stories)

    mass_change.confirm(MassChange.objects.get().id, now=clock(), by="publisher")
    run_for(poster, clock, seconds=120)
    assert timeline.posts == {}


def test_mass_withdrawal_of_pages_waits(poster: Worker, clock: Clock) -> None:
    """Retracting a twentieth of the paper and more than twenty stories waits for a publisher."""
    stories = [publish_story(clock, number) for number in range(100, 130)]
    poster.run_until_quiet()
    for story in stories[:25]:
        with transaction.atomic():
            retract.retract(story.id, reason="Wrong.", now=clock(), by="test")

    poster.run_until_quiet()
    site = poster.wired.run_folder.parent / "site"
    assert (site / stories[0].address.strip("/") / "index.html").exists()

    mass_change.confirm(MassChange.objects.get(surface="website").id, now=clock(), by="publisher")
    poster.run_until_quiet()
    assert not (site / stories[0].address.strip("/") / "index.html").exists()


def test_standing_counts_posts(poster: Worker, clock: Clock, timeline: Timeline) -> None:
    """How things stand tells live, withdrawn, waiting and parked posts apart."""
    first, second, third = (publish_story(clock, number) for number in (100, 101, 102))
    run_for(poster, clock, seconds=60)
    with transaction.atomic():
        retract.retract(first.id, reason="Wrong.", now=clock(), by="test")
    run_for(poster, clock, seconds=60)
    LedgerRow.objects.filter(story=second.id).update(parked="Ask a person.")
    LedgerRow.objects.filter(story=third.id).update(desired="something else")

    posts = standing().posts[0]

    assert (posts.live, posts.withdrawn, posts.waiting, posts.parked) == (2, 1, 1, 1)


def test_person_can_say_what_is_out_there(poster: Worker, clock: Clock, timeline: Timeline) -> None:
    """A parked post that a person saw is adopted under its id, and never posted again."""
    publish_story(clock)
    LedgerRow.objects.filter(surface="sandbox").update(parked="Is it there?")
    row = looking.find_post("sandbox/main", f"post/{an_id(100)}/first")
    timeline.posts[f"{row.delivery_id}-seen"] = (bytes(row.payload), row.desired, clock())

    looking.is_out_there(row, remote_id=f"{row.delivery_id}-seen", now=clock(), by="ada")
    run_for(poster, clock, seconds=120)

    row.refresh_from_db()
    assert (timeline.creates, row.live, row.parked) == (0, row.desired, "")


def test_person_can_say_that_it_is_not_there(
    poster: Worker, clock: Clock, timeline: Timeline
) -> None:
    """A parked post that a person did not find is posted, once."""
    publish_story(clock)
    LedgerRow.objects.filter(surface="sandbox").update(parked="Is it there?")
    row = looking.find_post("sandbox/main", f"post/{an_id(100)}/first")

    looking.is_not_there(row, now=clock(), by="ada")
    run_for(poster, clock, seconds=120)

    assert timeline.creates == 1
