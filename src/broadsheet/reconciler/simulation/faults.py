"""Says what can go wrong with a request on its way, and how often."""

from collections.abc import Callable
from enum import Enum

from broadsheet.reconciler.ports import Exactness

Chance = Callable[[], float]  # the next draw from [0, 1): the simulation's only source of chance


class Fault(Enum):
    """What happens to one request."""

    NONE = "none"
    NOT_SENT = "not sent"  # no connection; no byte leaves
    DROP_BEFORE = "drop before commit"  # bytes leave, nothing is carried out, no answer
    DROP_AFTER = "drop after commit"  # carried out, no answer
    ERROR_AFTER = "500 after commit"
    DELAY = "delay past timeout"  # no answer; carried out later, within settle_s
    LATE = "delay past settle_s"  # outside what class D promises; must be detected
    DOUBLE = "double"  # a box on the way sends it twice; the second may land within settle_s
    THROTTLE = "429"
    UNREADABLE = "unreadable"  # a reading that fails or is cut short
    KILL = "worker killed"  # not the network's; counted with them
    STALL = "worker stalled"  # past its deadline, or its lease
    DOWN = "network down"


_WRITES = (
    Fault.NOT_SENT,
    Fault.DROP_BEFORE,
    Fault.DROP_AFTER,
    Fault.ERROR_AFTER,
    Fault.DELAY,
    Fault.DOUBLE,
    Fault.THROTTLE,
)
_READS = (Fault.UNREADABLE, Fault.THROTTLE)


def fault_of_write(chance: Chance, rate: float, *, exactness: Exactness, creates: bool) -> Fault:
    """Draw what happens to a write; only creations of class D come later than settle_s."""
    if chance() >= rate:
        return Fault.NONE
    may_be_late = creates and exactness is Exactness.READABLE
    kinds = (*_WRITES, Fault.LATE) if may_be_late else _WRITES
    return kinds[int(chance() * len(kinds))]


def fault_of_read(chance: Chance, rate: float) -> Fault:
    """Draw what happens to a read."""
    if chance() >= rate:
        return Fault.NONE
    return _READS[int(chance() * len(_READS))]
