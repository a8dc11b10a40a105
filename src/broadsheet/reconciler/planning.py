"""
Says when what would change is so much that a publisher is asked first.

Knows nothing about stories or networks: an object is a key and a fingerprint, or is
absent. What desired and live are is compared row by row where the rows are (the press's
ledger); how much of a difference is too much is decided here, and only here.
"""

from enum import Enum
from typing import Final, NewType

ObjectKey = NewType("ObjectKey", str)  # "post/<story>/first"; never reused
Fingerprint = NewType("Fingerprint", str)  # SHA-256 (hex) of what to publish


class Absent(Enum):
    """The stated wish that an object be nowhere, or the knowledge that it is."""

    ABSENT = "absent"


ABSENT: Final = Absent.ABSENT

# Above these a slip (a wrong setting, a bad import) is likelier than an intention, so a
# publisher is asked. Source: docs/promises.md; the numbers are ours.
MOST_POSTS_CHANGED_UNASKED = 20
LARGEST_SHARE_OF_PAGES_WITHDRAWN_UNASKED = 0.05
# A small paper takes down more than a twentieth with a single story: that is no accident.
FEW_PAGES = 20


def changes_too_many_posts(changed: int) -> bool:
    """Say whether so many posts would be withdrawn or rewritten that a publisher is asked."""
    return changed > MOST_POSTS_CHANGED_UNASKED


def withdraws_too_many_pages(withdrawn: int, *, live: int) -> bool:
    """Say whether so large a share of the live pages would go that a publisher is asked."""
    return withdrawn > max(FEW_PAGES, LARGEST_SHARE_OF_PAGES_WITHDRAWN_UNASKED * live)
