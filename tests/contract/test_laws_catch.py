"""Each law fails for a surface that breaks it: a suite that cannot fail proves nothing."""

import pytest

from tests.contract import broken_surfaces as broken
from tests.contract.surface_laws import SurfaceLaws

# For each law: the mistake it must notice, and a class of network where it shows.
TWINS = {
    "test_what_was_created_reads_back": (broken.TrimsTheWords, "D"),
    "test_the_same_order_twice": (broken.UsesANewKeyEachTime, "B"),
    "test_sending_again_after_a_lost_answer": (broken.UsesANewKeyEachTime, "B"),
    "test_an_edit_shows": (broken.EditsNothing, "D"),
    "test_an_edit_twice_is_one_edit": (broken.EditsByPostingAgain, "D"),
    "test_an_edit_of_a_withdrawn_post_revives_nothing": (broken.RevivesByEditing, "D"),
    "test_a_withdrawn_post_is_gone": (broken.WithdrawsNothing, "D"),
    "test_withdrawing_twice_is_done": (broken.WithdrawsOnlyWhatIsThere, "D"),
    "test_what_was_never_posted_is_missing": (broken.TakesAbsenceForFailure, "D"),
    "test_a_post_below_many_others_is_found": (broken.ReadsOnePage, "D"),
    "test_no_answer_in_time_is_unknown": (broken.TakesUnknownForNotSent, "D"),
    "test_an_unreachable_network_was_sent_nothing": (broken.TakesNotSentForUnknown, "D"),
    "test_a_deadline_in_the_past_sends_nothing": (broken.TakesItsTime, "D"),
    "test_a_throttled_request_names_a_time": (broken.TakesThrottlingForRefusal, "D"),
    "test_a_throttled_read_names_a_time": (broken.TakesThrottlingForRefusal, "D"),
    "test_a_refused_post_is_nowhere": (broken.TakesRefusalForUnknown, "D"),
    "test_a_lost_answer_is_unknown_and_the_post_is_found": (broken.RetriesWithoutLooking, "D"),
    "test_a_lost_request_is_unknown_and_the_post_is_missing": (broken.TakesUnknownForDone, "D"),
    "test_a_late_arrival_is_found_later": (broken.RemembersAbsence, "D"),
    "test_a_post_made_twice_is_found_twice": (broken.SeesTheNewestCopyOnly, "D"),
    "test_a_read_without_an_answer_is_unreadable": (broken.TakesUnreadableForMissing, "A"),
    "test_a_read_cut_short_is_unreadable": (broken.TakesUnreadableForMissing, "D"),
    "test_every_own_post_is_listed": (broken.ListsTheNewest, "D"),
    "test_a_listing_cut_short_is_no_list": (broken.ListsThePageItGot, "D"),
    "test_a_throttled_listing_names_a_time": (broken.ListsThePageItGot, "D"),
    "test_the_lease_is_asked_for_once_before_any_byte": (broken.AsksForTheLeaseNever, "D"),
    "test_a_lost_lease_stops_every_byte": (broken.AsksForTheLeaseLate, "D"),
    "test_a_dripping_answer_meets_the_deadline": (broken.TakesItsTime, "D"),
    "test_a_slow_timeline_meets_the_deadline": (broken.TakesItsTime, "D"),
}
LAWS = sorted(name for name in vars(SurfaceLaws) if name.startswith("test_"))


def test_every_law_has_a_broken_twin():
    """No law is without a surface that breaks it."""
    assert sorted(TWINS) == LAWS


@pytest.mark.parametrize("law", LAWS)
def test_the_law_notices(law, sandbox_stage_of):
    """A law fails for the mistake it is there to notice."""
    breaking, exactness = TWINS[law]
    stage = sandbox_stage_of("mastodon", exactness)
    twin = stage._replace(
        surface=breaking(stage.surface),
        surface_at=lambda base_url: breaking(stage.surface_at(base_url)),
    )

    with pytest.raises(AssertionError):
        getattr(SurfaceLaws(), law)(twin)


@pytest.mark.parametrize("exactness", "ABCDE")
def test_the_law_of_absence_notices(exactness, sandbox_stage_of):
    """In every class, a surface that calls a failed read absence is noticed."""
    stage = sandbox_stage_of("mastodon", exactness)
    twin = stage._replace(surface=broken.TakesUnreadableForMissing(stage.surface))

    with pytest.raises(AssertionError):
        SurfaceLaws().test_a_read_without_an_answer_is_unreadable(twin)
