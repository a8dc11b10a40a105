"""A suite that cannot run keeps no other from running, and the audit has not passed then."""

from contextlib import contextmanager

import pytest

from audit import __main__ as audit
from audit.outcomes import Finding, counted
from audit.site import Site
from tests.servers.processes import ServerMissing


def run_with(suites, asked, tmp_path, monkeypatch) -> int | str | None:
    """Run the audit with suites of the test's own; return its exit status."""

    @contextmanager
    def no_newspaper():
        yield Site(url="http://127.0.0.1", rows={}, pages=(), kept=tmp_path)

    monkeypatch.setattr(
        audit, "SUITES", {name: audit.Suite(run, name) for name, run in suites.items()}
    )
    monkeypatch.setattr(audit, "a_site", no_newspaper)
    monkeypatch.setattr("sys.argv", ["audit", *asked])
    try:
        audit.main()
    except SystemExit as ended:
        return ended.code
    return 0


def sound(site):
    """Find nothing."""
    del site
    return counted("errors", [])


def broken(site):
    """Find something."""
    del site
    return counted("errors", [Finding("home", "no title")])


def missing(site):
    """Be unable to run."""
    del site
    message = "no java"
    raise ServerMissing(message)


@pytest.mark.parametrize(
    ("suites", "status"),
    [
        ({"a": sound, "b": sound}, 0),
        ({"a": broken, "b": sound}, 1),
        ({"a": missing, "b": sound}, 1),
    ],
)
def test_a_missed_bar_and_a_missing_program_are_the_exit_status(
    suites, status, tmp_path, monkeypatch, capsys
):
    """All suites run and are in the table, whatever the first one does."""
    assert status == run_with(suites, [], tmp_path, monkeypatch)
    assert "b  errors" in capsys.readouterr().out


def test_suites_are_chosen_by_name(tmp_path, monkeypatch):
    """By commas or spaces; a name that is none is told, and nothing runs."""
    suites = {"a": sound, "b": broken, "c": sound}

    assert 0 == run_with(suites, ["a,c"], tmp_path, monkeypatch)
    assert 0 == run_with(suites, ["a", "c"], tmp_path, monkeypatch)
    assert "there is no suite 'd'; there are a, b, c" == run_with(
        suites, ["d"], tmp_path, monkeypatch
    )
