"""The report shows the newest of each figure as Markdown, and computes nothing."""

import pytest

from bench import report
from bench.measuring import Bar, hold, kept, say_table

AT_MOST = Bar(1.3, is_least=False, unit="×")


def _lines():
    return list(report.rendered(list(kept())))


def test_a_paper_without_results_has_no_table():
    """Nothing is invented where nothing was measured."""
    assert ["No results of these sizes are kept."] == _lines()


@pytest.mark.parametrize(
    ("figure", "verdict"), [(1.25, "at most 1.3×: met"), (1.5, "at most 1.3×: **missed**")]
)
def test_the_newest_figure_stands_for_those_before(figure, verdict):
    """Each figure has one row, the last one measured, with its bar and verdict."""
    hold("growth", 9.0, AT_MOST)
    hold("growth", figure, AT_MOST)

    rows = [line for line in _lines() if line.startswith("| growth")]

    assert 1 == len(rows)
    assert rows[0].startswith(f"| growth | {figure:.2f}× | {verdict} |  | ")


def test_why_a_bar_was_missed_is_told_as_long_as_it_is():
    """The profile of a figure that meets its bar by now is left out."""
    hold("growth", 1.5, AT_MOST, explain=lambda: ["slow growth"])
    hold("strain", 1.5, AT_MOST, explain=lambda: ["slow strain"])
    hold("strain", 1.1, AT_MOST)

    lines = _lines()

    assert "    slow growth" in lines
    assert "    slow strain" not in lines


def test_tables_are_shown():
    """A table is one of Markdown, under its name."""
    say_table("Memory", ("", "press"), [("1,000 stories", "90 MB")])

    assert ["\n**Memory**\n", "|  | press |", "|---|---|", "| 1,000 stories | 90 MB |"] == _lines()[
        -4:
    ]
