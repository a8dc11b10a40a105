"""
Every class of network keeps its promise under 5,000 seeds of faults (promises 2, 3 and 5).

A seed decides everything: the network's temper, the editor's acts, what is dropped, delayed
and doubled, when workers stall and die. On a violation, the message holds the whole trace.
"""

import random

import pytest

from broadsheet.reconciler.ports import Exactness
from broadsheet.reconciler.simulation.run import simulate
from broadsheet.reconciler.simulation.stage import HONEST

SEEDS = 5_000
SHARE = 625  # seeds of one test, so that both cores have work


@pytest.mark.parametrize("first", range(0, SEEDS, SHARE))
@pytest.mark.parametrize("exactness", list(Exactness), ids=lambda exactness: exactness.value)
def test_class_keeps_its_promise(count, exactness, first):
    """Whatever goes wrong on the way, readers see what the class promises, and then all rests."""
    broken = [seed for seed in range(first, first + SHARE) if _run(exactness, seed, None)]

    count("simulation seeds", f"class {exactness.value}", SHARE)
    assert not broken, _told(exactness, broken[0])


def test_same_seed_gives_the_same_run():
    """A run is repeated by its seed, step for step."""
    runs = []
    for _ in range(2):
        lines: list[str] = []
        _run(Exactness.READABLE, 7, lines.append)
        runs.append(lines)

    assert runs[0]
    assert runs[0] == runs[1]


def _run(exactness, seed, say):
    """Return what is wrong with one run."""
    chance = random.Random(seed).random
    return simulate(exactness, chance=chance, crew=HONEST, say=say).violations


def _told(exactness, seed):
    lines: list[str] = []
    violations = _run(exactness, seed, lines.append)
    trace = "\n".join(lines)
    return f"class {exactness.value}, seed {seed}: {violations}\n{trace}"
