"""
Says how long to wait after a failure: data, and one function over it.

Throttling is not a failure: the network names the time, and nothing is counted.
"""

import hashlib

# Seconds after the first, second, third ... failure in a row; the last one repeats. Short at
# first, because most failures are a dropped connection; an hour at most, so that a network
# that returns is used within the hour. The numbers are ours.
DELAYS_S = (5, 15, 60, 300, 900, 1800, 3600)

# About a day of trying: after that the news is old, and a person decides.
FAILURES_BEFORE_A_PERSON = 30

JITTER = 0.2  # share of the delay; keeps rows that failed together from returning together


def delay_s(failures: int, *, key: str) -> float:
    """
    Return the seconds to wait after this many failures in a row (at least one).

    The jitter comes from the key's hash, so the same failure always waits equally long.
    """
    delay = DELAYS_S[min(failures, len(DELAYS_S)) - 1]
    digest = hashlib.sha256(f"{key} {failures}".encode()).digest()
    spread = int.from_bytes(digest[:4], "big") / 2**32  # [0, 1)

    return delay * (1 + JITTER * (2 * spread - 1))
