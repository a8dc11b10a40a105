"""Every way of publishing is held to every bar, in both archives."""

import pytest

from bench import sizes
from bench.latency import IDLE, LOADED, WAYS, Row, hold_way
from bench.measuring import kept

LEVEL = {"all": 50.0, "first": 40.0, "bare": 10.0}


def _hold(way, **rows):
    """Hold one way whose figures are level, but for those of the rows named small or large."""
    samples = {
        Row(size, way, condition): [LEVEL | rows.get(f"{name}_{word}", {})]
        for name, size in (("small", sizes.SMALL), ("large", sizes.LARGE))
        for word, condition in (("idle", IDLE), ("loaded", LOADED))
    }
    hold_way(samples, way, explain=lambda *row: [str(row)])
    return list(kept())


def _missed(results):
    return {
        each["what"].removeprefix(f"{way}, ")
        for each in results
        for way in WAYS
        if each["what"].startswith(way)
        and not (each.get("is_met", True) and each.get("is_goal_met", True))
    }


@pytest.mark.parametrize("way", WAYS)
def test_a_way_that_is_level_meets_all_bars(way):
    """Growth once; load, bare write and goal in both archives: seven figures, all met."""
    results = _hold(way)

    assert 7 == len(results)
    assert set() == _missed(results)


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize(
    ("rows", "missed"),
    [
        ({"large_idle": {"all": 66.0}}, "idle: 100,000 stories against 1,000"),
        ({"small_loaded": {"all": 76.0}}, "1,000 stories: read at full speed against idle"),
        ({"large_loaded": {"all": 76.0}}, "100,000 stories: read at full speed against idle"),
        (
            {"small_idle": {"bare": 4.9}},
            "1,000 stories, idle: against a bare write and rename of the same bytes",
        ),
        (
            {"large_idle": {"first": 60.1}},
            "100,000 stories, idle: page, home, section and feeds show it",
        ),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_way_that_misses_one_bar_misses_that_alone(way, rows, missed, monkeypatch):
    """Each bar and the goal look at their own figure."""
    monkeypatch.setattr(sizes, "SMALL", 1_000)
    monkeypatch.setattr(sizes, "LARGE", 100_000)

    assert {missed} == _missed(_hold(way, **rows))
