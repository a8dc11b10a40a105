"""What is done next, class by class: the protocols of promise 3, one case a test."""

import pytest

from broadsheet.reconciler.outcomes import (
    Copy,
    Done,
    Duplicate,
    Found,
    Missing,
    NotSent,
    Ready,
    Unknown,
)
from broadsheet.reconciler.placements import Action, Rewrite
from broadsheet.reconciler.planning import ABSENT
from broadsheet.reconciler.steps import (
    Cause,
    Create,
    Edit,
    Find,
    Park,
    Prepare,
    Publish,
    Settled,
    WaitUntil,
    Withdraw,
)
from tests.unit.reconciler.journals import (
    KEY_LIFE_S,
    NEW,
    OLD,
    at,
    created,
    found,
    missing,
    step,
    traits,
    tried,
)

SILENCE = Unknown("timeout")
ALL = pytest.mark.parametrize("letter", "ABCDE")


def is_parked_for(cause, got):
    """Say whether a step parks for this cause, and says why."""
    return isinstance(got, Park) and got.cause is cause and got.reason.endswith(".")


@pytest.mark.parametrize("letter", "ABDE")
def test_new_post_is_created(letter):
    """A placement never acted on is created."""
    assert isinstance(step(traits(letter), now=0), Create)


@ALL
def test_request_in_flight_is_waited_for(letter):
    """While an attempt is open and its deadline ahead, nothing is done."""
    assert WaitUntil(at(10)) == step(traits(letter), created(None), now=9)


@ALL
def test_what_was_never_sent_is_simply_sent_again(letter):
    """A request of which no byte left leaves no doubt."""
    network = traits(letter)

    again = step(network, created(NotSent("no route")), now=5)

    assert isinstance(again, Prepare if letter == "C" else Create)


@ALL
def test_absence_of_what_never_was_is_settled(letter):
    """A placement withdrawn before it was ever sent is settled."""
    assert Settled() == step(traits(letter), desired=ABSENT, now=0)


# Class A: the natural id.


def test_natural_id_is_sent_again_at_once():
    """Class A: after silence the same id is created again; twice is once."""
    assert Create("mark-1") == step(traits("A"), created(SILENCE), now=2)


def test_natural_id_is_settled_by_its_answer():
    """Class A: repeated creations of the same words need no reading."""
    assert Settled() == step(traits("A"), created(SILENCE), created(Done("mark")), now=3)


def test_natural_id_is_withdrawn_without_an_answer():
    """Class A: a retraction after silence withdraws by the natural id."""
    assert Withdraw("mark") == step(traits("A"), created(SILENCE), desired=ABSENT, now=2)


def test_natural_id_withdrawn_in_doubt_is_read_back():
    """Class A: after that withdrawal the creation may still land, so it is read back."""
    journal = (
        created(SILENCE),
        tried(Action.WITHDRAW, Done("mark"), start=5, words="", target="mark"),
    )

    assert WaitUntil(at(75)) == step(traits("A"), *journal, desired=ABSENT, now=7)
    assert Find() == step(traits("A"), *journal, desired=ABSENT, now=75)


# Class B: the dedupe key.


def test_same_key_within_its_life():
    """Class B: after silence the same key is sent again while it surely lives."""
    assert Create("mark-1") == step(traits("B"), created(SILENCE), now=2)


def test_key_near_its_end_is_not_trusted():
    """Class B: a request that may land after the key's death is not sent; the timeline is read."""
    late = KEY_LIFE_S - 70

    assert Find() == step(traits("B"), created(SILENCE), now=late)


def test_new_creation_has_a_new_key():
    """Class B: once the first is proven absent, the next creation has another key."""
    again = step(traits("B"), created(SILENCE), missing(700), now=701)

    assert Create("mark-3") == again


def test_answer_under_other_words_is_edited():
    """Class B: a key first sent with older words may have given the older post: edit it."""
    journal = (created(SILENCE, words=OLD), created(Done("77"), start=5))

    assert Edit("77") == step(traits("B"), *journal, now=7)


# Class C: container, then publish.


def test_container_comes_first():
    """Class C: a new post begins with its container."""
    assert Prepare() == step(traits("C"), now=0)


def test_living_container_is_published():
    """Class C: a container of the desired words is published."""
    made = tried(Action.PREPARE, Ready("c-1"))

    assert Publish("c-1") == step(traits("C"), made, now=2)


def test_container_of_old_words_is_left():
    """Class C: a container whose words are outdated is never published."""
    made = tried(Action.PREPARE, Ready("c-1"), words=OLD)

    assert Prepare() == step(traits("C"), made, now=2)


def test_publication_is_repeated_while_the_container_lives():
    """Class C: after silence the same container is published again."""
    journal = (
        tried(Action.PREPARE, Ready("c-1")),
        tried(Action.PUBLISH, SILENCE, start=2, target="c-1"),
    )

    assert Publish("c-1") == step(traits("C"), *journal, now=4)
    assert Find() == step(traits("C"), *journal, now=KEY_LIFE_S)


def test_lost_container_is_made_again():
    """Class C: silence while preparing harms nobody; another container is made."""
    assert Prepare() == step(traits("C"), tried(Action.PREPARE, SILENCE), now=2)


# Class D: the readable timeline.


def test_silence_is_looked_into():
    """Class D: after silence the timeline is read; nothing is sent."""
    assert Find() == step(traits("D"), created(SILENCE), now=2)


def test_crash_is_silence():
    """Class D: an attempt left open by a dead worker is read back from its deadline on."""
    assert Find() == step(traits("D"), created(None), now=10)


def test_early_absence_proves_nothing():
    """Class D: a reading begun before all had settled does not allow another creation."""
    assert WaitUntil(at(70)) == step(traits("D"), created(SILENCE), missing(5), now=6)
    assert Find() == step(traits("D"), created(SILENCE), missing(5), now=70)


def test_settled_absence_allows_another_creation():
    """Class D: a complete reading begun settle_s after the deadline proves absence."""
    assert Create("mark-3") == step(traits("D"), created(SILENCE), missing(70), now=71)
    assert Find() == step(traits("D"), created(SILENCE), missing(69.9), now=71)


def test_found_copy_is_adopted_and_read_again():
    """Class D: what an early reading found is ours; it is read back once all has settled."""
    journal = (created(SILENCE), found(5, ("77", NEW)))

    assert WaitUntil(at(70)) == step(traits("D"), *journal, now=6)
    assert Settled() == step(traits("D"), *journal, found(70, ("77", NEW)), now=71)


def test_answered_creation_is_read_back():
    """Class D: even an answered request may have been doubled on its way: it is read back."""
    assert WaitUntil(at(70)) == step(traits("D"), created(Done("77")), now=2)
    assert Find() == step(traits("D"), created(Done("77")), now=70)


def test_younger_copy_is_withdrawn():
    """Class D: of two copies the younger is withdrawn, whichever we knew first."""
    journal = (created(Done("78")), found(70, ("77", NEW), ("78", NEW)))

    assert Withdraw("78") == step(traits("D"), *journal, now=71)


def test_duplicate_is_read_back():
    """Class D: "you said this already" is evidence to read, not a failure."""
    journal = (created(Duplicate("said already")),)

    assert Find() == step(traits("D"), *journal, now=2)


def test_duplicate_that_is_not_there_is_for_a_person():
    """Class D: a duplicate whose first copy cannot be read parks."""
    got = step(traits("D"), created(Duplicate("said already")), missing(70), now=71)

    assert is_parked_for(Cause.DUPLICATE, got)


def test_retraction_in_doubt_looks_until_all_has_settled():
    """Class D: a retraction after silence finds, withdraws, and proves absence."""
    journal = [created(SILENCE)]
    assert Find() == step(traits("D"), *journal, desired=ABSENT, now=2)

    journal.append(found(5, ("77", NEW)))
    assert Withdraw("77") == step(traits("D"), *journal, desired=ABSENT, now=6)

    journal.append(tried(Action.WITHDRAW, Done("77"), start=6, words="", target="77"))
    assert WaitUntil(at(76)) == step(traits("D"), *journal, desired=ABSENT, now=8)

    journal.append(missing(76))
    assert Settled() == step(traits("D"), *journal, desired=ABSENT, now=77)


def test_late_answer_reopens_the_case():
    """Class D: an answer heard after the last reading has the timeline read again."""
    late = created(Done("77"))._replace(finished_at=at(200))
    journal = (late, missing(70), created(Done("78"), start=72), found(150, ("78", NEW)))

    assert Find() == step(traits("D"), *journal, now=201)


def test_removal_by_others_is_for_a_person():
    """A post that somebody else removed is not posted again unasked."""
    got = step(traits("D"), created(Done("77")), missing(70), now=71)

    assert is_parked_for(Cause.VANISHED, got)


def test_change_by_others_is_for_a_person():
    """A post that shows other words than we last put there, settled, is not fought over."""
    got = step(traits("D"), created(Done("77")), found(70, ("77", "other words")), now=71)

    assert is_parked_for(Cause.CHANGED, got)


# Class E: write only.


def test_silence_is_for_a_person():
    """Class E: after silence nothing is sent again; a person looks."""
    assert is_parked_for(Cause.MAYBE_POSTED, step(traits("E"), created(SILENCE), now=2))


def test_silence_under_retraction_is_for_a_person():
    """Class E: what may have been posted cannot be withdrawn without a person."""
    got = step(traits("E"), created(SILENCE), desired=ABSENT, now=2)

    assert is_parked_for(Cause.MAYBE_POSTED, got)


def test_answer_settles():
    """Class E: an answered creation is settled."""
    assert Settled() == step(traits("E"), created(Done("77")), now=2)


@pytest.mark.parametrize(
    ("seen", "expected"),
    [
        (Missing(at(100)), Create("mark-3")),
        (Found((Copy("77", NEW, at(0)),)), Settled()),
    ],
    ids=["not there", "there"],
)
def test_person_is_believed(seen, expected):
    """Class E: what a person saw decides."""
    looked = tried(Action.PERSON, seen, start=100, words="")

    assert expected == step(traits("E"), created(SILENCE), looked, now=102)


# Corrections and retractions, on all of them.


@ALL
def test_correction_is_an_edit(letter):
    """New words on a network that can edit are an edit."""
    assert Edit("77") == step(traits(letter), created(Done("77"), words=OLD), now=90)


def test_edit_overtaken_by_an_older_one_is_repeated():
    """An edit that an older one in flight may land over is read back, and repeated."""
    journal = (
        created(Done("77"), words=OLD),
        tried(Action.EDIT, SILENCE, start=100, words="middle words", target="77"),
        tried(Action.EDIT, Done("77"), start=105, target="77"),
    )

    assert WaitUntil(at(175)) == step(traits("D"), *journal, now=107)
    stale = found(175, ("77", "middle words"))
    assert Edit("77") == step(traits("D"), *journal, stale, now=176)


def test_repost_is_withdraw_read_back_create():
    """Delete-and-repost is three attempts, and the middle one proves absence."""
    network = traits("D", can_edit=False)
    journal = [created(Done("77"), words=OLD), found(70, ("77", OLD))]
    assert Withdraw("77") == step(network, *journal, now=100)

    journal.append(tried(Action.WITHDRAW, Done("77"), start=100, words="", target="77"))
    assert WaitUntil(at(170)) == step(network, *journal, now=102)

    journal.append(missing(170))
    assert Create("mark-5") == step(network, *journal, now=171)


def test_repost_is_asked_for():
    """Where the policy is to ask, new words on a network without edits park."""
    network = traits("D", can_edit=False)
    journal = (created(Done("77"), words=OLD), found(70, ("77", OLD)))

    got = step(network, *journal, rewrite=Rewrite.ASK, now=100)

    assert is_parked_for(Cause.CANNOT_EDIT, got)


def test_network_without_withdrawals_needs_a_person():
    """Where posts cannot be removed, a retraction parks with the post's name."""
    got = step(traits("D", can_withdraw=False), created(Done("77")), desired=ABSENT, now=9)

    assert is_parked_for(Cause.CANNOT_WITHDRAW, got)
    assert "77" in got.reason


def test_reading_asked_for_is_made():
    """A settled post is read once more when a sweep asks for it."""
    journal = (created(Done("77")), found(70, ("77", NEW)))

    assert Find() == step(traits("D"), *journal, verify_at=at(500), now=500)
    read = found(500, ("77", NEW))
    assert Settled() == step(traits("D"), *journal, read, verify_at=at(500), now=501)


# After a restore: somebody may have created it, under a key nobody remembers.


@pytest.mark.parametrize("letter", "BCD")
def test_creation_under_a_forgotten_key_is_looked_for(letter):
    """Where the key of a creation is not known, nothing is created again: it is looked for."""
    forgotten = tried(Action.CREATE, SILENCE, target="")

    assert Find() == step(traits(letter), forgotten, now=20)


def test_creation_under_a_forgotten_natural_id_is_made_again():
    """The natural id is known without the request."""
    forgotten = tried(Action.CREATE, SILENCE, target="")

    assert Create("mark") == step(traits("A"), forgotten, now=20)
