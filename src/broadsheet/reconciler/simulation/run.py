"""Runs one seed: sets the stage, lets it rest, lets days pass, lets a person look, judges."""

from collections import Counter
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from typing import NamedTuple

from broadsheet.reconciler.memory import MemoryLedger, Row
from broadsheet.reconciler.outcomes import Copy, Found, Missing
from broadsheet.reconciler.placements import Placement, Rewrite
from broadsheet.reconciler.planning import ABSENT, Absent, Fingerprint
from broadsheet.reconciler.ports import Exactness, Traits
from broadsheet.reconciler.simulation import guarantees
from broadsheet.reconciler.simulation.faults import Chance, Fault
from broadsheet.reconciler.simulation.network import BAD_WORDS, Network, Temper
from broadsheet.reconciler.simulation.stage import ACCOUNT, Crew, NeverQuiet, Stage
from broadsheet.reconciler.simulation.surface import BEGINNING, MOST_SKEW_S, Traffic, in_words
from broadsheet.reconciler.steps import Cause

DEADLINE_S = 10.0
SETTLE_S = 60.0
LEASE_S = 20.0  # outlives a deadline by more than clocks differ
KEY_LIFE_S = 240.0  # short, so that runs outlive keys and containers

# Shares of the runs, or of the stories, in which it is so.
CAN_EDIT = 0.6
CAN_WITHDRAW = 0.9
TELLS_WORDS = 0.7
MINDS_OTHER_WORDS = 0.5
REFUSES_REPEATS = 0.2
GOES_DOWN = 0.2
REPOSTS = 0.6
RETRACTED = 0.4
HURRIED = 0.5
BAD = 0.03

MOST_LOOKS = 3  # "it stands" may be answered by "then remove it"


class Result(NamedTuple):
    """What came of one run."""

    violations: tuple[str, ...]
    faults: Counter[Fault]
    placements: int
    requests: int
    parked: int


def simulate(
    exactness: Exactness,
    *,
    chance: Chance,
    crew: Crew,
    say: Callable[[str], None] | None,
) -> Result:
    """Run a network of this class with the chance's luck, and judge what readers see."""
    stage = _set_stage(exactness, chance, crew, say)
    wrong: tuple[str, ...]
    parked = 0
    try:
        stage.run_until_quiet()
        wrong = _judge_what_landed(stage)
        _let_days_pass(stage)
        parked = sum(1 for row in stage.ledger.rows.values() if row.parked)
        wrong = wrong or tuple(guarantees.violations(stage, _all(stage)))
        wrong = wrong or _judge_with_a_person(stage)
    except NeverQuiet:
        wrong = ("it never came to rest",)
    return Result(
        violations=wrong,
        faults=stage.traffic.faults,
        placements=len(stage.ledger.rows),
        requests=stage.traffic.requests,
        parked=parked,
    )


def _set_stage(
    exactness: Exactness, chance: Chance, crew: Crew, say: Callable[[str], None] | None
) -> Stage:
    network = Network(
        Traits(
            exactness=exactness,
            can_edit=chance() < CAN_EDIT,
            can_withdraw=chance() < CAN_WITHDRAW,
            deadline_s=DEADLINE_S,
            settle_s=SETTLE_S,
            key_life_s=KEY_LIFE_S,
            lease_s=LEASE_S,
        ),
        Temper(
            tells_words=chance() < TELLS_WORDS,
            minds_other_words=chance() < MINDS_OTHER_WORDS,
            refuses_repeats=chance() < REFUSES_REPEATS,
        ),
    )
    traffic = Traffic(network, chance, say, rate=0.1 + 0.5 * chance())
    stage = Stage(MemoryLedger(), traffic, crew)
    stage.hire(2)
    if chance() < GOES_DOWN:
        begins = traffic.draw(0, 200)
        traffic.down = (begins, begins + traffic.draw(5, 120))
    for number in range(1 + int(chance() * 3)):
        _write_script(stage, number)
    return stage


def _write_script(stage: Stage, number: int) -> None:
    """Decide what the editor will do with one story: post, correct, perhaps retract."""
    traffic = stage.traffic
    key, delivery_id = f"post/story-{number}/first", f"delivery{number}"
    placement = Placement(
        account=ACCOUNT,
        key=key,
        delivery_id=delivery_id,
        desired=_words(stage, key, 0),
        payload=b"{}",
        rewrite=Rewrite.REPOST if traffic.chance() < REPOSTS else Rewrite.ASK,
        attempts=(),
        verify_at=None,
        failures=0,
    )

    def post() -> None:
        stage.ledger.place(placement)
        stage.say("editor", f"posts {key}: {placement.desired}")
        stage.wake()

    def want(desired: Fingerprint | Absent) -> None:
        stage.ledger.want(ACCOUNT, key, desired, b"")
        stage.say("editor", f"wants {key}: {desired}")
        stage.wake()

    at = traffic.draw(0, 3)
    stage.call(at, post)
    span_s = 20.0 if traffic.chance() < HURRIED else 400.0
    for correction in range(1, 1 + int(traffic.chance() * 3)):
        at += traffic.draw(0, span_s)
        words = _words(stage, key, correction)
        stage.call(at, partial(want, words))
    if traffic.chance() < RETRACTED:
        stage.call(at + traffic.draw(0, span_s), partial(want, ABSENT))


def _words(stage: Stage, key: str, version: int) -> Fingerprint:
    bad = f"{BAD_WORDS} " if stage.traffic.chance() < BAD else ""
    return Fingerprint(f"{bad}{key} v{version}")


def _judge_what_landed(stage: Stage) -> tuple[str, ...]:
    """Judge, before anything is read again, what no request outside the bounds had a part in."""
    traffic = stage.traffic
    traffic.now = traffic.last_landing() + DEADLINE_S + SETTLE_S
    traffic.land(traffic.now)
    rows = [row for row in _all(stage) if row.placement.delivery_id not in traffic.late]
    return tuple(guarantees.violations(stage, rows))


def _all(stage: Stage) -> list[Row]:
    return list(stage.ledger.rows.values())


def _let_days_pass(stage: Stage) -> None:
    """Let the workers read back what has settled, whenever they find it is time, till they rest."""
    stage.is_calm, stage.traffic.rate = True, 0.0
    at = BEGINNING
    while (then := stage.ledger.next_reading_at(ACCOUNT, after=at)) is not None:
        at = then
        # Late enough for the worker whose clock is slowest.
        due_s = (at - BEGINNING).total_seconds() + MOST_SKEW_S
        stage.traffic.now = max(stage.traffic.now, due_s)
        stage.say("days", "pass")
        stage.wake()
        stage.run_until_quiet()


def _now(stage: Stage) -> datetime:
    return BEGINNING + timedelta(seconds=stage.traffic.now)


def _judge_with_a_person(stage: Stage) -> tuple[str, ...]:
    """Let a person do what each parked row asks for; then nothing may be wrong or parked."""
    for _ in range(MOST_LOOKS):
        for row in _parked(stage):
            _help(stage, row)
        stage.wake()
        stage.run_until_quiet()
    parked = [f"{row.placement.key} stays parked: {row.parked}" for row in _parked(stage)]
    return (*parked, *guarantees.violations(stage, _all(stage)), *_unquiet(stage))


def _unquiet(stage: Stage) -> tuple[str, ...]:
    """Run once more; there must be nothing to do."""
    before = stage.traffic.requests
    stage.wake()
    stage.run_until_quiet()
    more = stage.traffic.requests - before
    return (f"all was equal, and {more} more requests were sent",) if more else ()


def _parked(stage: Stage) -> list[Row]:
    return [
        row
        for row in stage.ledger.rows.values()
        if guarantees.cause_of(stage, row) not in (None, Cause.CANNOT_EDIT)
    ]


def _help(stage: Stage, row: Row) -> None:
    """Act as the reason says."""
    network, placement = stage.traffic.network, row.placement
    cause = guarantees.cause_of(stage, row)
    if cause is Cause.REFUSED:
        words = Fingerprint(f"{placement.key} good words")
        stage.ledger.want(ACCOUNT, placement.key, words, b"{}")
        return
    copies = network.copies(placement.delivery_id)
    if cause is Cause.CANNOT_WITHDRAW:
        for post in copies[0 if placement.desired is ABSENT else 1 :]:
            del network.posts[post.remote_id]
        copies = network.copies(placement.delivery_id)
    now = _now(stage)
    seen = tuple(Copy(post.remote_id, post.fingerprint, now) for post in copies)
    answer = Found(seen) if seen else Missing(now)
    stage.say("person", f"looks for {placement.key}: {in_words(answer)}")
    stage.traffic.creations[placement.delivery_id] = 0  # what the person saw is a new beginning
    stage.ledger.hear(ACCOUNT, placement.key, answer, who="a person", now=now)
