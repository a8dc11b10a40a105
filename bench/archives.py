"""Makes the two archives that other benches work on, and keeps them: python -m bench archives."""

from bench import papers, sizes
from bench.measuring import say

OBJECTS_A_SECOND = 200  # for the estimate alone: derived, rendered, compressed and written
BRINGING_UP_S = 10.0  # an archive that is there: what fell due since is done


def estimate_s() -> float:
    """Return about how long this takes: long once, short as long as the archives are kept."""
    both = (sizes.SMALL, sizes.LARGE)
    return sum(
        BRINGING_UP_S if papers.is_made(count) else 10 + count / OBJECTS_A_SECOND for count in both
    )


def main() -> None:
    """Make them, the smaller first."""
    for count in (sizes.SMALL, sizes.LARGE):
        say(f"  {count:,} stories: {papers.archive(count).root}")
