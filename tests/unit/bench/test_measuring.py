"""A figure is shown and kept beside its bar and its goal, and a missed one with its reason."""

import json

import pytest

from bench import sizes
from bench.measuring import Bar, aim, hold, keep, kept, say_table

BAR, GOAL = Bar(0.3, is_least=True, unit="×"), Bar(0.5, is_least=True, unit="×")


@pytest.mark.parametrize(
    ("figure", "said"),
    [
        (0.6, "(bar at least 0.3×: met; goal at least 0.5×: met)"),
        (0.4, "(bar at least 0.3×: met; goal at least 0.5×: missed)"),
        (0.2, "(bar at least 0.3×: MISSED; goal at least 0.5×: missed)"),
    ],
)
def test_a_figure_is_shown_beside_its_bar_and_goal(figure, said, capsys):
    """Bar and goal are told apart, each met or missed."""
    hold("ratio", figure, BAR, goal=GOAL)

    assert f"  ratio: {figure:.2f}× {said}\n" == capsys.readouterr().out


@pytest.mark.parametrize(("figure", "is_met"), [(9, True), (10, True), (11, False)])
def test_a_figure_at_its_limit_keeps_to_the_bar(figure, is_met):
    """A bar of at most ten is met by ten."""
    assert is_met == Bar(10, is_least=False).is_met(figure)


def test_a_missed_bar_is_explained(capsys):
    """The lines that say why stand under the figure, and are kept with it."""
    hold("ratio", 0.2, BAR, explain=lambda: ["a slow function"])

    assert capsys.readouterr().out.endswith("\n      a slow function\n")
    assert [["a slow function"]] == [each["why"] for each in kept() if "why" in each]


def test_a_bar_that_is_met_is_not_explained():
    """Nobody profiles what is fast enough."""

    def explain():
        raise AssertionError

    hold("ratio", 0.4, BAR, explain=explain)

    assert [True] == [each["is_met"] for each in kept()]


def test_a_figure_is_kept_before_it_is_explained(results):
    """A profile that fails loses no figure."""

    def explain():
        raise OSError

    with pytest.raises(OSError):  # noqa: PT011  # any failure will do
        hold("ratio", 0.2, BAR, explain=explain)

    assert 0.2 == json.loads(results.read_text("utf-8"))["figure"]


def test_a_goal_without_a_bar_is_shown(capsys):
    """What has only a goal is met or missed by it."""
    aim("shown", 61.0, Bar(60, is_least=False, unit=" ms"))

    assert "  shown: 61.00 ms (goal at most 60 ms: missed)\n" == capsys.readouterr().out


def test_a_table_is_kept_as_it_is_printed(capsys):
    """The report has the cells that were on the screen."""
    say_table("Memory", ("", "press"), [("1,000 stories", "90 MB")])

    assert "                 press\n  1,000 stories  90 MB\n" == capsys.readouterr().out
    assert [[["", "press"], ["1,000 stories", "90 MB"]]] == [each["table"] for each in kept()]


def test_results_of_other_sizes_are_kept_apart(monkeypatch):
    """A tiny run does not answer for a large one."""
    keep("tiny", {"figure": 1.0})
    monkeypatch.setattr(sizes, "LARGE", sizes.LARGE + 1)
    keep("large", {"figure": 2.0})

    assert ["large"] == [each["what"] for each in kept()]


def test_a_line_cut_short_is_left_out(results):
    """A run killed while it kept a result loses that result alone."""
    keep("whole", {"figure": 1.0})
    with results.open("a", encoding="utf-8") as file:
        file.write('{"at": "2026-')

    assert ["whole"] == [each["what"] for each in kept()]
