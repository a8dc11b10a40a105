"""Each law that keeps a post from being doubled or forgotten catches a ledger that breaks it."""

import pytest

from broadsheet.reconciler.memory import MemoryLedger
from tests.contract.ledger_laws import NOON, LedgerLaws, a_placement
from tests.contract.test_memory_ledger import MemoryBook
from tests.simulation import twins

BROKEN = {
    "test_intent_is_kept_before_anything_leaves": twins.ForgetsTheIntent,
    "test_row_has_one_owner": twins.TakesAnyRow,
    "test_nothing_begins_without_the_lease": twins.TakesAnyRow,
    "test_nothing_begins_on_an_old_journal": twins.TakesAnyRow,
    "test_nothing_begins_for_an_old_wish": twins.ActsOnTheOldWish,
    "test_no_verdict_without_the_lease": twins.TakesAnyRow,
    "test_late_answer_wakes_the_row": twins.SleepsOverLateAnswers,
    "test_late_answer_outlasts_the_others_verdict": twins.OverwritesTheWish,
    "test_wish_while_held_is_not_lost": twins.OverwritesTheWish,
    "test_reading_asked_for_while_held_is_not_lost": twins.OverwritesTheWish,
    "test_reading_falls_due": twins.NeverReadsBack,
    "test_settled_row_is_read_again_when_asked": twins.NeverReadsAgain,
    "test_dead_workers_row_is_never_taken_for_equal": twins.KeepsTheOldStanding,
}
MORE = {
    "test_wish_while_held_is_not_lost": {"desired": a_placement().desired},
    "test_dead_workers_row_is_never_taken_for_equal": {"kind": "attempt"},
}


@pytest.mark.parametrize("law", BROKEN)
def test_law_catches_its_twin(law):
    """A ledger that breaks the law fails its test."""
    laws, book = LedgerLaws(), MemoryBook(BROKEN[law](MemoryLedger()))
    arguments = dict(MORE.get(law, {}))
    if "desired" not in arguments:
        book.place(a_placement())
        arguments["claim"] = laws.claimed(book, owner="one", now=NOON)

    with pytest.raises((AssertionError, pytest.fail.Exception)):
        getattr(laws, law)(book, **arguments)
