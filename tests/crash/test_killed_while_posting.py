"""A press killed at any step of posting leaves one post on the network, with the right words."""

import pytest

# A: we choose the id. B: dedupe key. C: container. D: a timeline to be read. B and C show edits.
POSTS = [
    *(("A", act) for act in ("create", "retract")),
    *(("B", act) for act in ("create", "correct", "retract")),
    *(("C", act) for act in ("create", "correct", "retract")),
    *(("D", act) for act in ("create", "correct", "retract")),
]


@pytest.mark.parametrize(("exactness", "act"), POSTS)
def test_killed_at_any_step_there_is_exactly_one_post(ask, network, exactness, act):
    """After each death the network shows one post for each that is wanted, and no other."""
    found = ask("kill_posting", exactness=exactness, act=act, network=network)

    assert [] == found["broken"]
    assert {"before bytes leave", "after bytes left", "after bytes came"} <= set(found["steps"])


def test_killed_at_any_step_nothing_is_sent_twice_where_nobody_can_look(ask, network):
    """On a network that cannot be read a post is out once, or a person is asked; never silence."""
    found = ask("kill_posting", exactness="E", act="create", network=network)

    assert [] == found["broken"]
    assert {"before bytes leave", "after bytes left", "after bytes came"} <= set(found["steps"])


@pytest.mark.parametrize(("exactness", "finding"), [("D", "stood twice"), ("E", "stands 2 times")])
def test_a_request_without_a_journal_is_found_out(ask, network, exactness, finding):
    """The broken twin: with attempts written down afterwards, a death posts twice."""
    found = ask(
        "kill_posting",
        exactness=exactness,
        act="create",
        network=network,
        twin="request-without-a-journal",
    )

    assert any(finding in broken for broken in found["broken"])
