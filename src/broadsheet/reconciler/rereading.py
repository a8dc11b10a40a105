"""
Says when what has settled is read back once more, and how much of it at a time.

A network may carry out a request later than it says it does. What it doubled then, or brought
back, stands until somebody looks. So a placement at rest is read back a few times, further and
further apart, when there is nothing else to do; then no more, for each reading costs the network.
"""

from datetime import datetime, timedelta

# Seconds after nothing sent should land any more. Soon, because what is late is mostly minutes
# late; then hours and days, for a queue that was stuck. The numbers are ours.
READ_AGAIN_AFTER_S = (900, 4 * 3600, 86_400, 7 * 86_400)

# Settled placements of one account being read back at once. What could not be read yet counts,
# so a network that throttles us or is down gets no more than these requests until it answers.
READINGS_AT_ONCE = 5

TRIES = 6  # of one such reading; then it is left out, and no person is asked for it


def read_again_at(quiet_at: datetime | None, *, now: datetime) -> datetime | None:
    """Return when a placement that has settled is to be read back next; None if never."""
    if quiet_at is None:
        return None
    times = (quiet_at + timedelta(seconds=after_s) for after_s in READ_AGAIN_AFTER_S)
    return min((at for at in times if at > now), default=None)


def room_for_readings(being_read: int) -> int:
    """Return how many more placements of an account may be asked for, with so many being read."""
    return max(0, READINGS_AT_ONCE - being_read)
