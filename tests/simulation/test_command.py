"""`broadsheet simulate`, as an operator meets it."""

from click.testing import CliRunner

from broadsheet.config.main import cli


def test_one_line_for_each_class():
    """Each class gets a line with what was tried, what went wrong on the way, and at the end."""
    result = CliRunner().invoke(cli, ["simulate", "--class", "B..D", "--seeds", "3"])

    assert result.exit_code == 0
    lines = result.output.splitlines()
    assert ["class B: 3 seeds", "class C: 3 seeds", "class D: 3 seeds"] == [
        line.partition(",")[0] for line in lines
    ]
    assert all("0 violations; faults: " in line for line in lines)


def test_trace_tells_what_happened():
    """With a trace, one seed is told step by step."""
    result = CliRunner().invoke(cli, ["simulate", "--class", "D", "--seed", "7", "--trace"])

    assert "editor   posts post/story-0/first" in result.output
    assert "before begin_attempt" in result.output


def test_unknown_class_is_refused_in_words():
    """A class that does not exist is answered with those that do."""
    result = CliRunner().invoke(cli, ["simulate", "--class", "F"])

    assert result.exit_code == 2
    assert "say one of A, B, C, D, E" in result.output
