"""No account, and no moment of an act, keeps a story from readers or a correction from a post."""

import msgspec
import pytest
from django.db import transaction

from broadsheet.press.actions import edit, erase, retract, unpublish
from broadsheet.press.models import Account, LedgerRow
from broadsheet.press.worker import Worker
from broadsheet.story.records import Correction, CorrectionKind, StoryState
from tests.factories.press import Clock, OneNetwork, newest_story, publish_story
from tests.factories.story import an_id, paper_settings
from tests.integration.adversary.network import Wall, run_for

pytestmark = pytest.mark.both_databases


def a_note(clock: Clock) -> Correction:
    """Return a note to readers."""
    return Correction(id=an_id(9), kind=CorrectionKind.CORRECTION, at=clock(), text="On Tuesday.")


def test_correction_made_while_taken_down_reaches_the_post(
    worker: Worker, clock: Clock, wall: Wall
) -> None:
    """A story taken down to be fixed comes back corrected, and so does its post."""
    story = publish_story(clock, headline="Harbor reopens Monday")
    run_for(worker, clock, seconds=60)
    with transaction.atomic():
        unpublish.unpublish(story.id, now=clock(), by="test")

    publish_story(clock, headline="Harbor reopens Tuesday", corrections=(a_note(clock),))
    run_for(worker, clock, seconds=60)

    assert ["Harbor reopens Tuesday"] == [text.splitlines()[0] for text in wall.texts]


def test_correction_before_the_first_post_went_out(
    worker: Worker, clock: Clock, wall: Wall, network: OneNetwork
) -> None:
    """What has not gone out yet goes out corrected, once, also where nothing can be edited."""
    network.traits_of_all = network.traits_of_all._replace(can_edit=False)
    publish_story(clock, headline="Harbor reopens Monday")

    publish_story(clock, headline="Harbor reopens Tuesday", corrections=(a_note(clock),))
    run_for(worker, clock, seconds=60)

    assert ["Harbor reopens Tuesday"] == [text.splitlines()[0] for text in wall.texts]


def test_story_retracted_before_its_post_went_out_is_never_posted(
    worker: Worker, clock: Clock, wall: Wall, network: OneNetwork
) -> None:
    """Where posts can be edited and not removed, an unsent post is dropped, not sent as notice."""
    network.traits_of_all = network.traits_of_all._replace(can_withdraw=False)
    story = publish_story(clock)
    with transaction.atomic():
        retract.retract(story.id, reason="Wrong.", now=clock(), by="test")

    run_for(worker, clock, seconds=60)

    assert {} == wall.posts


def test_erased_story_leaves_a_readable_notice(
    worker: Worker, clock: Clock, wall: Wall, network: OneNetwork
) -> None:
    """Where posts can be edited and not removed, an erased story's post becomes the notice."""
    network.traits_of_all = network.traits_of_all._replace(can_withdraw=False)
    story = publish_story(clock)
    run_for(worker, clock, seconds=60)

    with transaction.atomic():
        erase.erase(story.id, reason="A court said so.", now=clock(), by="test")
    run_for(worker, clock, seconds=60)

    assert [True] == ["A court said so." in text for text in wall.texts]


def test_link_too_long_for_a_network_does_not_refuse_the_story(
    worker: Worker, clock: Clock
) -> None:
    """A post that cannot be made is parked with its reason; the story is published."""
    base_url = f"https://{'very-long.' * 24}example"
    with transaction.atomic():
        edit.edit_settings(
            msgspec.structs.replace(paper_settings(), base_url=base_url), now=clock(), by="test"
        )

    publish_story(clock, slug="long-" * 39)
    run_for(worker, clock, seconds=30)

    parked = LedgerRow.objects.get(surface="sandbox").parked
    assert StoryState.LIVE is newest_story().state
    assert "no post could be made for sandbox/main" in parked


def test_account_that_is_gone_does_not_refuse_a_retraction(worker: Worker, clock: Clock) -> None:
    """A retraction stands, and the post of an account no longer connected waits for a person."""
    story = publish_story(clock)
    run_for(worker, clock, seconds=60)
    Account.objects.all().delete()

    with transaction.atomic():
        retract.retract(story.id, reason="Wrong.", now=clock(), by="test")

    row = LedgerRow.objects.get(surface="sandbox")
    assert StoryState.RETRACTED is newest_story().state
    assert ("absent", True) == (row.desired, "not connected any more" in row.parked)
