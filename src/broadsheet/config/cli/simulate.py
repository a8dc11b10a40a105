"""`broadsheet simulate`: run the reconciler against simulated networks, and judge it."""

import random
import sys
from collections import Counter
from collections.abc import Iterable

import click

from broadsheet.reconciler.ports import Exactness
from broadsheet.reconciler.simulation.faults import Fault
from broadsheet.reconciler.simulation.run import Result
from broadsheet.reconciler.simulation.run import simulate as run_one
from broadsheet.reconciler.simulation.stage import HONEST


@click.command()
@click.option("--class", "classes", default="A..E", help="one class (D) or a range (A..E)")
@click.option("--seed", default=0, help="the seed, or the first of them")
@click.option("--seeds", default=1, help="how many seeds to run for each class")
@click.option("--trace", is_flag=True, help="print what happens, step by step")
def simulate(classes: str, seed: int, seeds: int, trace: bool) -> None:  # noqa: FBT001  # click's
    """
    Run the reconciler against simulated networks under faults.

    Prints one line for each class; ends with 1 if a promise was broken. The same seed
    always gives the same run.
    """
    is_broken = False
    for exactness in _classes(classes):
        results = {
            number: run_seed(exactness, number, trace=trace) for number in range(seed, seed + seeds)
        }
        for number, result in results.items():
            for violation in result.violations:
                is_broken = True
                click.echo(f"class {exactness.value}, seed {number}: {violation}", err=True)
        click.echo(_line(exactness, results.values()))
    sys.exit(int(is_broken))


def run_seed(exactness: Exactness, seed: int, *, trace: bool) -> Result:
    """Run one seed; with trace, print what happens."""
    chance = random.Random(seed).random  # noqa: S311  # a simulation's luck, repeatable
    return run_one(exactness, chance=chance, crew=HONEST, say=click.echo if trace else None)


def _classes(text: str) -> list[Exactness]:
    first, _, last = text.upper().partition("..")
    letters = [exactness.value for exactness in Exactness]
    if first not in letters or (last or first) not in letters:
        message = f"{text} is no class: say one of {', '.join(letters)}, or a range as A..E"
        raise click.BadParameter(message)
    chosen = letters[letters.index(first) : letters.index(last or first) + 1]
    return [Exactness(letter) for letter in chosen]


def _line(exactness: Exactness, results: Iterable[Result]) -> str:
    """Return one class's line: how much was tried, what went wrong on the way, and at the end."""
    results = list(results)
    faults = sum((result.faults for result in results), Counter[Fault]())
    told = ", ".join(
        f"{count} {fault.value}" for fault, count in faults.most_common() if fault is not Fault.NONE
    )
    return (
        f"class {exactness.value}: {len(results)} seeds,"
        f" {sum(result.placements for result in results)} placements,"
        f" {sum(result.requests for result in results)} requests,"
        f" {sum(result.parked for result in results)} parked,"
        f" {sum(len(result.violations) for result in results)} violations;"
        f" faults: {told or 'none'}"
    )
