"""
Compares what should be live with what is live, and says what to do.

Knows nothing about stories or networks: an object is a key and a fingerprint.
Never acts; the engine acts, and writes its intention to the ledger first.
"""

from collections.abc import Iterable, Mapping
from enum import Enum
from typing import Final, NamedTuple, NewType

ObjectKey = NewType("ObjectKey", str)  # "post/<story>/first"; never reused
Fingerprint = NewType("Fingerprint", str)  # SHA-256 (hex) of what to publish


class Absent(Enum):
    """The stated wish that an object be nowhere, or the knowledge that it is."""

    ABSENT = "absent"


ABSENT: Final = Absent.ABSENT

Objects = Mapping[ObjectKey, Fingerprint]
Wanted = Mapping[ObjectKey, Fingerprint | Absent]

# Above these a slip (a wrong setting, a bad import) is likelier than an intention, so a
# publisher is asked. Source: docs/promises.md; the numbers are ours.
MOST_POSTS_CHANGED_UNASKED = 20
LARGEST_SHARE_OF_PAGES_WITHDRAWN_UNASKED = 0.05


class Put(NamedTuple):
    """The step that makes an object show what this fingerprint stands for."""

    key: ObjectKey
    fingerprint: Fingerprint


class Withdraw(NamedTuple):
    """The step that removes an object."""

    key: ObjectKey


Step = Put | Withdraw


def plan(desired: Wanted, *, live: Objects) -> tuple[Step, ...]:
    """
    Return the steps that turn live into desired; none if they agree.

    Absence is stated (desired[key] is ABSENT), never inferred: a live key that
    desired does not mention is left alone, and orphans() reports it.
    Withdrawals come first: a retraction must not wait behind new posts.
    """
    gone = sorted(key for key, want in desired.items() if want is ABSENT and key in live)
    puts = sorted(
        Put(key, want)
        for key, want in desired.items()
        if not isinstance(want, Absent) and live.get(key) != want
    )

    return (*(Withdraw(key) for key in gone), *puts)


def orphans(desired: Wanted, *, live: Objects) -> tuple[ObjectKey, ...]:
    """Return the live keys nobody wants or disowns, sorted: a person must say which."""
    return tuple(sorted(key for key in live if key not in desired))


def changes_too_many_posts(steps: Iterable[Step], *, live: Objects) -> bool:
    """Say whether a plan would withdraw or rewrite so many posts that a publisher is asked."""
    changed = sum(1 for step in steps if step.key in live)

    return changed > MOST_POSTS_CHANGED_UNASKED


def withdraws_too_many_pages(steps: Iterable[Step], *, live: Objects) -> bool:
    """Say whether a plan would withdraw so large a share of the pages that a publisher is asked."""
    withdrawn = sum(1 for step in steps if isinstance(step, Withdraw))

    return withdrawn > LARGEST_SHARE_OF_PAGES_WITHDRAWN_UNASKED * len(live)
