"""The simulation finds each broken twin of the protocol within 300 seeds."""

import random

import pytest

from broadsheet.reconciler.ports import Exactness
from broadsheet.reconciler.simulation.run import simulate
from tests.simulation import twins
from tests.simulation.twins import with_ledger, with_surface, with_traits

SEEDS = 300
YEAR_S = 365 * 86_400.0

TWINS = {
    "a timeout means not sent, A": ("A", with_surface(twins.TimeoutMeansNotSent)),
    "a timeout means not sent, B": ("B", with_surface(twins.TimeoutMeansNotSent)),
    "a timeout means not sent, C": ("C", with_surface(twins.TimeoutMeansNotSent)),
    "a timeout means not sent, D": ("D", with_surface(twins.TimeoutMeansNotSent)),
    "a timeout means not sent, E": ("E", with_surface(twins.TimeoutMeansNotSent)),
    "a change without an answer is done": ("D", with_surface(twins.SilenceMeansDone)),
    "a reading cut short is complete": ("D", with_surface(twins.UnreadableMeansMissing)),
    "a reading ends at the first copy": ("D", with_surface(twins.SeesOneCopy)),
    "a new natural id for each try": ("A", with_surface(twins.FreshKeyEachTry)),
    "a new dedupe key for each try": ("B", with_surface(twins.FreshKeyEachTry)),
    "no check just before bytes leave": ("D", with_surface(twins.NeverChecksAgain)),
    "the intent is not written down, A": ("A", with_ledger(twins.ForgetsTheIntent)),
    "the intent is not written down, B": ("B", with_ledger(twins.ForgetsTheIntent)),
    "the intent is not written down, C": ("C", with_ledger(twins.ForgetsTheIntent)),
    "the intent is not written down, D": ("D", with_ledger(twins.ForgetsTheIntent)),
    "the intent is not written down, E": ("E", with_ledger(twins.ForgetsTheIntent)),
    "no lease, B": ("B", with_ledger(twins.TakesAnyRow)),
    "no lease, D": ("D", with_ledger(twins.TakesAnyRow)),
    "no lease, E": ("E", with_ledger(twins.TakesAnyRow)),
    "nothing is read back": ("D", with_ledger(twins.NeverReadsBack)),
    "withdrawals are not read back": ("D", with_ledger(twins.NeverReadsBackWithdrawals)),
    "what has settled is never read again": ("D", with_ledger(twins.NeverReadsAgain)),
    "no wait for the network to settle, B": ("B", with_traits(settle_s=0.0)),
    "no wait for the network to settle, C": ("C", with_traits(settle_s=0.0)),
    "no wait for the network to settle, D": ("D", with_traits(settle_s=0.0)),
    "a dedupe key lives for ever": ("B", with_traits(key_life_s=YEAR_S)),
    "a container lives for ever": ("C", with_traits(key_life_s=YEAR_S)),
}


@pytest.mark.parametrize("name", TWINS)
def test_twin_is_found(name):
    """A protocol with one rule broken breaks its promise within a few seeds."""
    letter, crew = TWINS[name]

    found = next((seed for seed in range(SEEDS) if _violations(letter, seed, crew)), None)

    assert found is not None, f"{name}: no violation in {SEEDS} seeds"


def _violations(letter, seed, crew):
    chance = random.Random(seed).random
    return simulate(Exactness(letter), chance=chance, crew=crew, say=None).violations
