"""A story's dates are true, and its states follow each other as an editor expects."""

from datetime import timedelta

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadsheet.story import lifecycle
from broadsheet.story.ids import Address, StoryId
from broadsheet.story.records import StoryState
from tests.factories.story import NOON, a_content, a_story, an_id

TYPO_FIXED = a_content(headline="Council approves new tram line")
ACTS = {
    "revise": lambda story, _now: lifecycle.revised(story, TYPO_FIXED),
    "update": lambda story, now: lifecycle.significantly_updated(story, TYPO_FIXED, now=now),
    "unpublish": lambda story, _now: lifecycle.unpublished(story),
    "expire": lambda story, _now: lifecycle.expired(story),
    "retract": lambda story, now: lifecycle.retracted(story, reason="Wrong person", now=now),
    "erase": lambda story, now: lifecycle.erased(story, reason="By order", now=now),
    "move": lambda story, now: lifecycle.moved(story, address=Address(f"/{now:%H%M}/")),
}
# A clock may be set back between acts: days, hours and minutes, either way.
STEPS = st.lists(
    st.tuples(st.sampled_from(sorted(ACTS)), st.integers(-100_000, 100_000)), max_size=12
)


def _first_published():
    return lifecycle.published(
        a_content(), story_id=StoryId(an_id(100)), address=Address("/2026/11/22/tram/"), now=NOON
    )


def _fault_in_dates(before, after, act, latest):
    """Return what is untrue about a story's dates after an act; "" if nothing."""
    if after.first_published_at != before.first_published_at:
        return "first publication moved"
    if after.updated_at < after.first_published_at or after.updated_at > latest:
        return "the update is not between first publication and now"
    if act != "update" and after.updated_at != before.updated_at:
        return "an act that is no significant update moved the update"
    return ""


@given(STEPS)
def test_dates_are_true_after_any_acts(steps):
    """First publication stands; only a significant update moves the update, never past now."""
    story = _first_published()
    now = latest = NOON
    for act, minutes in steps:
        now += timedelta(minutes=minutes)
        latest = max(latest, now)
        try:
            after = ACTS[act](story, now)
        except lifecycle.NotPossible:
            continue

        assert not _fault_in_dates(story, after, act, latest)
        story = after


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"first_published_at": NOON + timedelta(days=1)}, "first publication moved"),
        ({"updated_at": NOON - timedelta(days=1)}, "not between"),
        ({"updated_at": NOON + timedelta(days=9)}, "not between"),
        ({"updated_at": NOON + timedelta(minutes=1)}, "no significant update"),
    ],
)
def test_untrue_dates_are_caught(change, fault):
    """A lifecycle that moves a date it must not is seen to fail the property above."""
    story = _first_published()
    wrong = msgspec.structs.replace(story, **change)

    assert fault in _fault_in_dates(story, wrong, "revise", NOON + timedelta(hours=1))


@pytest.mark.parametrize("state", [StoryState.RETRACTED, StoryState.ERASED])
def test_what_is_withdrawn_does_not_return(state):
    """A retracted or erased story is not published again."""
    story = a_story(state=state)

    with pytest.raises(lifecycle.NotPossible, match="cannot be published again"):
        lifecycle.revised(story, TYPO_FIXED)


def test_a_fixed_story_returns_as_it_was():
    """Unpublishing and publishing again keeps id, address and both dates."""
    story = a_story()

    assert story == lifecycle.revised(lifecycle.unpublished(story), story.content)


@pytest.mark.parametrize("act", [lifecycle.unpublished, lifecycle.expired])
def test_only_a_live_story_can_be_taken_down(act):
    """What is not live is not taken down a second time, and the message says where it stands."""
    with pytest.raises(lifecycle.NotPossible, match="it is unpublished, not live"):
        act(a_story(state=StoryState.UNPUBLISHED))


def test_a_retraction_keeps_its_reason_and_time():
    """A retracted story says why, and when."""
    story = lifecycle.retracted(a_story(), reason="Wrong person", now=NOON + timedelta(hours=1))

    assert (StoryState.RETRACTED, "Wrong person") == (story.state, story.retraction.reason)
    assert story.retraction.at == NOON + timedelta(hours=1)


def test_an_erased_story_has_no_words_left():
    """Erasing leaves identity, address, dates and the reason."""
    story = a_story()

    erased = lifecycle.erased(story, reason="By order", now=NOON)

    assert ("", "", (), ()) == (
        erased.content.headline,
        erased.content.standfirst,
        erased.content.body,
        erased.content.bylines,
    )
    assert (story.id, story.address, "By order") == (
        erased.id,
        erased.address,
        erased.retraction.reason,
    )


def test_every_former_address_is_kept_once():
    """Moving there and back keeps the other address, and not the current one, as former."""
    story = a_story(address=Address("/a/"))

    there = lifecycle.moved(story, address=Address("/b/"))
    back = lifecycle.moved(there, address=Address("/a/"))

    assert ("/b/", ("/a/",)) == (there.address, there.former_addresses)
    assert ("/a/", ("/b/",)) == (back.address, back.former_addresses)
    assert back == lifecycle.moved(back, address=Address("/a/"))


def test_update_time_never_goes_back() -> None:
    """A significant update by a clock that was set back keeps the newest update time."""
    later = NOON + timedelta(hours=1)
    story = lifecycle.significantly_updated(a_story(), TYPO_FIXED, now=later)

    again = lifecycle.significantly_updated(story, a_content(headline="Again"), now=NOON)

    assert again.updated_at == story.updated_at
