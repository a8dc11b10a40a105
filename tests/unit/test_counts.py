"""What was tried is said at the end of a run."""

from collections import Counter
from types import SimpleNamespace

from tests.counts import COUNTED, FOLDERS, by_folder, counted, said


def a_report(when: str, *counts: tuple[str, str, int]) -> SimpleNamespace:
    """Return what pytest reports of one phase of a test that counted."""
    return SimpleNamespace(when=when, user_properties=[(COUNTED, list(each)) for each in counts])


def test_counts_of_all_tests_are_summed_once():
    """Every phase of a test reports the same counts; they are summed over tests, not phases."""
    seeds = ("seeds", "class A", 625)
    deaths = ("deaths", "publish", 7)
    reports = [a_report("call", seeds), a_report("teardown", seeds)]

    sums = counted([*reports, *reports, a_report("teardown", deaths), SimpleNamespace()])

    assert {"seeds": {"class A": 1250}, "deaths": {"publish": 7}} == sums
    assert ["deaths: 7 (publish 7)", "seeds: 1250 (class A 1250)"] == said(sums)


def test_files_are_told_by_their_folder():
    """Files count where they lie; nothing is said where there were none."""
    files = [str(folder / "some" / name) for folder in FOLDERS for name in ("a.txt", "b.txt")]

    assert {"inputs/some": 2, "tests/data/some": 2, "tests/golden/some": 2} == by_folder(files)
    assert [] == said({"files opened": Counter()})
