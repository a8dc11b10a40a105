"""What a suite found is judged by its bars, kept, and shown without repeating itself."""

import json

from audit.outcomes import Figure, Finding, Outcome, counted, findings_in_lines, kept, table
from bench.measuring import Bar


def test_a_suite_without_a_fault_has_passed():
    """What is only told does not count."""
    outcome = counted("errors", [Finding("home.html:3", "trailing slash", is_fault=False)])

    assert outcome.has_passed
    assert (Figure("errors", 0),) == outcome.figures


def test_a_missed_bar_and_silence_are_not_passed():
    """One fault, a suite that did not run and one without a figure have not passed."""
    outcomes = [counted("errors", [Finding("a", "b")]), Outcome(not_run="no java"), Outcome()]

    assert [False, False, False] == [each.has_passed for each in outcomes]


def test_the_table_shows_each_figure_beside_its_bar():
    """Met, missed and not run are told apart."""
    figures = (Figure("mean F1", 0.5, Bar(0.98, is_least=True)), Figure("pages", 12, None))
    outcomes = {"readers": Outcome(figures=figures), "vnu": Outcome(not_run="no java")}

    assert [
        "readers  mean F1  0.500  bar at least 0.98: MISSED",
        "readers  pages       12",
        "vnu      not run         NOT RUN: no java",
    ] == list(table(outcomes))


def test_alike_findings_stand_once_faults_first():
    """The same words at three places are one line."""
    told = Finding("home", "a warning", is_fault=False)
    same = [Finding(place, "no alt") for place in ("a", "b", "c")]

    assert ["a and 2 more: no alt", "(told) home: a warning"] == list(
        findings_in_lines(Outcome(findings=(told, *same)))
    )


def test_everything_found_is_kept(tmp_path):
    """The file holds every finding with its place, and whether the suite passed."""
    file = kept("vnu", counted("errors", [Finding("a", "b")]), took_s=1.23, folder=tmp_path)

    told = json.loads(file.read_text("utf-8"))
    assert [{"where": "a", "says": "b", "is_fault": True, "detail": ""}] == told["findings"]
    assert (False, 1.2) == (told["has_passed"], told["took_s"])
