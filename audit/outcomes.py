"""
Says what a suite found: figures beside their bars, and findings, each with its place.

A suite passes when it was run, it has a figure, and every figure keeps to its bar. One that
could not run (a program or an input is missing) has not passed: silence proves nothing.
"""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple
from urllib.parse import unquote

from bench.measuring import Bar, machine

SHOWN = 40  # findings of a suite that are printed; all are kept
LONGEST = 300  # characters of a finding that are printed

NONE = Bar(0, is_least=False)  # what must not be found at all


class Figure(NamedTuple):
    """One number, and the bar it is held to; None: it is only told."""

    what: str
    value: float
    bar: Bar | None = NONE

    @property
    def is_met(self) -> bool:
        """Return whether the figure keeps to its bar."""
        return self.bar is None or self.bar.is_met(self.value)


class Finding(NamedTuple):
    """What a program says of one place; a fault is counted, anything else is only told."""

    where: str
    says: str
    is_fault: bool = True
    detail: str = ""  # what is other at each place; printed for the first of alike findings


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What a suite found; not_run says why there is nothing."""

    figures: tuple[Figure, ...] = ()
    findings: tuple[Finding, ...] = ()
    not_run: str = ""

    @property
    def has_passed(self) -> bool:
        """Return whether the suite ran, and every bar was met."""
        return not self.not_run and bool(self.figures) and all(map(_is_met, self.figures))


def counted(what: str, findings: Iterable[Finding]) -> Outcome:
    """Return the outcome of a suite whose only figure is how many faults there are."""
    found = tuple(findings)
    return Outcome(
        figures=(Figure(what, sum(each.is_fault for each in found)),),
        findings=found,
    )


def kept(name: str, outcome: Outcome, *, took_s: float, folder: Path) -> Path:
    """Keep what a suite found as JSON; return the file."""
    file = folder / f"{name}.json"
    told = {
        "suite": name,
        "at": datetime.now(UTC).isoformat(timespec="seconds"),
        "machine": machine(),
        "took_s": round(took_s, 1),
        "has_passed": outcome.has_passed,
        **asdict(outcome),
        "figures": [_as_json(each) for each in outcome.figures],
        "findings": [each._asdict() for each in outcome.findings],
    }
    folder.mkdir(parents=True, exist_ok=True)
    file.write_text(json.dumps(told, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    return file


def findings_in_lines(outcome: Outcome) -> Iterator[str]:
    """Return the findings to print, faults first, alike ones once with how many there are."""
    alike: dict[tuple[str, bool], list[Finding]] = {}
    for each in sorted(outcome.findings, key=lambda found: not found.is_fault):
        alike.setdefault((each.says, each.is_fault), []).append(each)
    for found in list(alike.values())[:SHOWN]:
        first, others = found[0], len(found) - 1
        where = f"{unquote(first.where)}{f' and {others} more' if others else ''}"
        said = f"{first.says} {first.detail}".strip()
        yield f"{'' if first.is_fault else '(told) '}{where}: {said[:LONGEST]}"
    if len(alike) > SHOWN:
        yield f"and {len(alike) - SHOWN} more kinds"


def table(outcomes: Mapping[str, Outcome]) -> Iterator[str]:
    """Return the lines of the table of all suites and figures."""
    rows = [row for name, outcome in outcomes.items() for row in _rows(name, outcome)]
    widths = [max(len(row[place]) for row in rows) for place in range(3)]
    for name, what, value, judged in rows:
        first = f"{name:{widths[0]}}  {what:{widths[1]}}  {value:>{widths[2]}}"
        yield f"{first}  {judged}".rstrip()


def _rows(name: str, outcome: Outcome) -> Sequence[tuple[str, str, str, str]]:
    if outcome.not_run:
        return [(name, "not run", "", f"NOT RUN: {outcome.not_run}")]
    return [
        (
            name,
            each.what,
            f"{_number(each.value)}{each.bar.unit if each.bar else ''}",
            _judged(each),
        )
        for each in outcome.figures
    ] or [(name, "no figure", "", "MISSED")]


def _number(value: float) -> str:
    return f"{value:,.0f}" if value == int(value) else f"{value:,.3f}"


def _judged(figure: Figure) -> str:
    if figure.bar is None:
        return ""
    return f"bar {figure.bar}: {'met' if figure.is_met else 'MISSED'}"


def _as_json(figure: Figure) -> Mapping[str, object]:
    bar = None if figure.bar is None else str(figure.bar)
    return {"what": figure.what, "value": figure.value, "bar": bar, "is_met": figure.is_met}


def _is_met(figure: Figure) -> bool:
    return figure.is_met
