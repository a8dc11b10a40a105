"""What the reconciler is told of a sandbox account."""

import pytest

from broadsheet.reconciler.ports import Exactness
from broadsheet.surfaces.sandbox.rules import BLUESKY, KEY_LIFE_S, MASTODON, NETWORKS, traits


@pytest.mark.parametrize("exactness", Exactness, ids=lambda each: each.value)
@pytest.mark.parametrize("rules", NETWORKS.values(), ids=NETWORKS)
def test_a_lease_outlives_the_deadline(rules, exactness):
    """Nobody else may act while a request can still be under way."""
    account = traits(rules, exactness=exactness)

    assert account.lease_s > account.deadline_s


def test_only_keys_and_containers_have_a_life():
    """A class without a key has none to live."""
    lives = {each: traits(MASTODON, exactness=each).key_life_s for each in Exactness}

    assert {each for each, life in lives.items() if life} == {
        Exactness.DEDUPE_KEY,
        Exactness.CONTAINER,
    }
    assert lives[Exactness.DEDUPE_KEY] == KEY_LIFE_S


def test_an_edit_nobody_sees_is_no_edit():
    """Bluesky's app shows no edits, so an account by its rules cannot edit."""
    assert not traits(BLUESKY, exactness=Exactness.NATURAL_ID).can_edit
    assert traits(MASTODON, exactness=Exactness.NATURAL_ID).can_edit
