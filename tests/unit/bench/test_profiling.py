"""A profile says where time went in words that are the same on every machine."""

import cProfile
import pstats
from pathlib import Path

from bench import profiling


def _busy():
    return sorted(range(100), key=lambda each: -each)


def test_a_profile_names_functions_without_their_folders():
    """A function is named by its file under the sources, its line and its name."""
    profile = cProfile.Profile()
    profile.runcall(_busy)

    lines = profiling.lines(pstats.Stats(profile), of=1)

    assert lines[0].startswith("profile: ")
    assert any(line.endswith(" _busy") for line in lines)
    assert not [line for line in lines if "src/" in line or "0x" in line]


def test_a_profile_is_short():
    """However much ran, the functions that took most are listed, and no others."""
    profile = cProfile.Profile()
    profile.runcall(lambda: list(Path(__file__).parents[2].rglob("*.py")))

    assert profiling.LINES + 1 >= len(profiling.lines(pstats.Stats(profile), of=1))
