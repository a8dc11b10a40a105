"""
Says what each class promises, and compares that with what readers of the network see.

Nothing here looks at what the engine believes, except to learn what it reported.
"""

from collections.abc import Iterable, Iterator
from datetime import timedelta

from broadsheet.reconciler.memory import Row
from broadsheet.reconciler.outcomes import Found
from broadsheet.reconciler.planning import ABSENT
from broadsheet.reconciler.ports import Exactness
from broadsheet.reconciler.recovering import next_step
from broadsheet.reconciler.simulation.network import BAD_WORDS, Post
from broadsheet.reconciler.simulation.stage import Stage
from broadsheet.reconciler.simulation.surface import BEGINNING
from broadsheet.reconciler.steps import Cause, Park


def violations(stage: Stage, rows: Iterable[Row]) -> Iterator[str]:
    """Return what is wrong with these rows, in words; nothing if all promises are held."""
    for row in rows:
        for wrong in (*_of_settling(stage, row), *_of_doubling(stage, row)):
            yield f"{row.placement.key}: {wrong}"


def cause_of(stage: Stage, row: Row) -> Cause | None:
    """Return why a row is parked, None if it is not."""
    if not row.parked:
        return None
    now = BEGINNING + timedelta(seconds=stage.traffic.now)
    step = next_step(row.placement, stage.traffic.network.traits, now=now)
    return step.cause if isinstance(step, Park) else Cause.REFUSED


def _of_settling(stage: Stage, row: Row) -> Iterator[str]:
    """Say what is wrong with how a row came to rest."""
    cause = cause_of(stage, row)
    if cause is not None:
        if cause not in _allowed_causes(stage, row):
            yield f"parked without need ({cause.value}): {row.parked}"
        return
    if not row.is_equal:
        yield f"at rest, but live is {row.standing.live} and desired {row.placement.desired}"
        return
    if _is_excused(stage, row):
        return
    wanted = [] if row.placement.desired is ABSENT else [row.placement.desired]
    seen = [post.fingerprint for post in _copies(stage, row)]
    if wanted != seen:
        yield f"readers should see {wanted}, and see {seen}"


def _of_doubling(stage: Stage, row: Row) -> Iterator[str]:
    """Say where more copies stood at once than the class promises, or were sent."""
    delivery = row.placement.delivery_id
    network = stage.traffic.network
    peak = network.peak.get(delivery, 0)
    match network.traits.exactness:
        case Exactness.NATURAL_ID | Exactness.DEDUPE_KEY | Exactness.CONTAINER:
            if peak > 1:
                yield f"{peak} copies stood at once"
        case Exactness.READABLE:
            if peak > 1 and delivery not in stage.traffic.excused:
                yield f"{peak} copies stood at once, within the bound"
            if peak > 1 and _should_be_seen_twice(stage, row) and not _is_reported(row):
                yield f"{peak} copies stood at once, and nobody was told"
        case Exactness.WRITE_ONLY:
            sent = stage.traffic.creations[delivery]
            if sent > 1:
                yield f"{sent} creations were sent, where one was allowed"


def _allowed_causes(stage: Stage, row: Row) -> set[Cause]:
    network = stage.traffic.network
    allowed = set()
    if network.traits.exactness is Exactness.WRITE_ONLY:
        allowed.add(Cause.MAYBE_POSTED)
    if not network.traits.can_edit:
        allowed.add(Cause.CANNOT_EDIT)
    if not network.traits.can_withdraw:
        allowed.add(Cause.CANNOT_WITHDRAW)
    if network.temper.refuses_repeats:
        allowed.add(Cause.DUPLICATE)
    if str(row.placement.desired).startswith(BAD_WORDS):
        allowed.add(Cause.REFUSED)
    return allowed


def _is_excused(stage: Stage, row: Row) -> bool:
    """Say whether nobody can tell: class E, and a box on the way sent it twice."""
    is_blind = stage.traffic.network.traits.exactness is Exactness.WRITE_ONLY
    return is_blind and row.placement.delivery_id in stage.traffic.excused


def _should_be_seen_twice(stage: Stage, row: Row) -> bool:
    """Say whether two copies must be read together: not if one went anyway, or a person is due."""
    is_kept = stage.traffic.network.traits.can_edit and row.placement.desired is not ABSENT
    return is_kept and not row.parked


def _copies(stage: Stage, row: Row) -> list[Post]:
    return stage.traffic.network.copies(row.placement.delivery_id)


def _is_reported(row: Row) -> bool:
    """Say whether the journal tells of two copies."""
    return any(
        isinstance(attempt.outcome, Found) and len(attempt.outcome.copies) > 1
        for attempt in row.placement.attempts
    )
