"""
Says at the end of a run how much was tried: a count in a passing test would be seen by nobody.

Tests count through the `count` fixture; input files are seen as they are opened. Both reach
the terminal from whichever process of pytest-xdist ran the test.
"""

import os
import sys
import textwrap
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import pytest

COUNTED = "counted"
FOLDERS = {
    Path(os.environ["BROADSHEET_INPUTS"]): "inputs",
    Path(__file__).parent / "data": "tests/data",
    Path(__file__).parent / "golden": "tests/golden",
}
Count = Callable[[str, str, int], None]

_WATCHED = tuple(f"{folder}/" for folder in FOLDERS)
_opened: set[str] = set()


def note_used(*files: Path) -> None:
    """Note files that a library in C opens, which no hook sees."""
    _opened.update(map(str, files))


def _note_opened(event: str, arguments: tuple[Any, ...]) -> None:
    """Note an input file that is opened; audit hooks see every file this process opens."""
    if event == "open" and isinstance(arguments[0], str | os.PathLike):
        path = os.fspath(arguments[0])
        if isinstance(path, str) and path.startswith(_WATCHED):
            _opened.add(path)


sys.addaudithook(_note_opened)


@pytest.fixture
def count(record_property: Callable[[str, object], None]) -> Count:
    """Give a function that counts for the end of the run: of what, under which name, how many."""
    return lambda what, name, number: record_property(COUNTED, [what, name, number])


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Hand the files this worker opened to the process that prints."""
    workeroutput = getattr(session.config, "workeroutput", None)
    if workeroutput is not None:
        workeroutput["opened"] = sorted(_opened)


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any) -> None:
    """Take over the files a worker opened; one that crashed hands over nothing."""
    _opened.update(getattr(node, "workeroutput", {}).get("opened", ()))


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """Print what was counted, and what files were used from which folder."""
    reports = [report for some in terminalreporter.stats.values() for report in some]
    lines = [*said(counted(reports)), *said({"files opened": by_folder(_opened)})]
    if lines:
        terminalreporter.section("counts")
        for line in lines:
            terminalreporter.write_line(line)


def counted(reports: Iterable[Any]) -> dict[str, Counter[str]]:
    """Return what tests counted, by what it is and by name; other reports have no counts."""
    sums: dict[str, Counter[str]] = defaultdict(Counter)
    for report in reports:
        if getattr(report, "when", "") == "teardown":  # which knows what came before
            for key, value in report.user_properties:
                if key == COUNTED:
                    what, name, number = value
                    sums[what][name] += number
    return sums


def by_folder(files: Iterable[str]) -> Counter[str]:
    """Return how many files were opened in each folder, named as people know it."""
    return Counter(
        str(Path(name) / Path(file).parent.relative_to(root))
        for file in files
        for root, name in FOLDERS.items()
        if Path(file).is_relative_to(root)
    )


def said(sums: dict[str, Counter[str]]) -> list[str]:
    """Return lines that say each sum, and what it is made of."""
    return [
        line
        for what, names in sorted(sums.items())
        if names
        for line in textwrap.wrap(
            f"{what}: {names.total()} ("
            + ", ".join(f"{name} {number}" for name, number in sorted(names.items()))
            + ")",
            width=100,
            subsequent_indent="  ",
        )
    ]
