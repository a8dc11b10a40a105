"""Pictures are held to the bar by time and by processor time."""

import pytest

from bench.measuring import kept
from bench.pictures import Taken, together, told

TAKEN = Taken(
    pictures=5, first_s=2.0, ready_s=10.0, cpu_s=10.0, peak_mb=300.0, bytes={"jpeg": 1_000}
)


@pytest.mark.parametrize(
    ("ready_s", "cpu_s", "met"),
    [(30.0, 30.0, [True, True]), (29.0, 30.0, [False, True]), (30.0, 29.0, [True, False])],
)
def test_three_times_as_fast_is_the_bar(ready_s: float, cpu_s: float, met: list[bool]):
    """Ours must be three times as fast, by the clock and by the processor."""
    told(TAKEN, TAKEN._replace(ready_s=ready_s, cpu_s=cpu_s))

    assert met == [each["is_met"] for each in kept() if "is_met" in each]


def test_batches_are_summed():
    """Times and bytes of batches add up; memory is that of the largest."""
    both = together([TAKEN, TAKEN._replace(peak_mb=500.0, bytes={"jpeg": 1, "avif": 2})])

    assert (
        Taken(
            pictures=10,
            first_s=4.0,
            ready_s=20.0,
            cpu_s=20.0,
            peak_mb=500.0,
            bytes={"jpeg": 1_001, "avif": 2},
        )
        == both
    )
