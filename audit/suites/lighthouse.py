"""
Lighthouse looks at pages as a middling phone on a slow line would load them.

Its throttling is simulated, so that the figures say more of the page than of the machine. A
busy machine only ever takes from performance (a page without scripts that "blocks" met a machine
that does): where one run misses the bar the median of three counts, and where that does, of six.
Source: npm lighthouse 12, its own defaults (Moto G Power, slow 4G), read 2026-11-28.
"""

import json
import os
import statistics
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import httpx

from audit.outcomes import Figure, Finding, Outcome
from audit.page_kinds import UNINDEXED
from audit.programs import NPM, ProgramFailed, installed
from audit.programs import run as run_program
from audit.site import Shown, Site
from bench.measuring import Bar
from tests.servers.processes import program

FULL = Bar(100, is_least=True)
PERFORMANCE = Bar(98, is_least=True)
RUNS = int(os.environ.get("BROADSHEET_AUDIT_RUNS", "3"))  # of performance, where one misses
TIMED = ("home", "section", "story")  # kinds of page whose performance is held to the bar
_CATEGORIES = {"accessibility": FULL, "best-practices": FULL, "seo": FULL}
_FLAGS = "--headless=new --no-sandbox --disable-gpu --disable-background-networking"

Report = Mapping[str, Any]


def run(site: Site) -> Outcome:
    """Return the lowest score of each category, and the performance of each timed kind."""
    shown = [page for page in site.pages if page.status == httpx.codes.OK]  # it refuses others
    return judged({page.kind: _reports(page) for page in shown})


def _reports(page: Shown) -> Sequence[Report]:
    if page.kind not in TIMED:
        return [_asked(page)]
    reports = [_asked(page)]
    for runs in (RUNS, 2 * RUNS):
        if PERFORMANCE.is_met(_median(reports)):
            break
        reports += [_asked(page) for _ in range(runs - len(reports))]
    return reports


def judged(reports: Mapping[str, Sequence[Report]]) -> Outcome:
    """Return the figures of the reports of each kind of page."""
    lowest: dict[str, list[float]] = defaultdict(list)
    for of_kind in reports.values():
        for category in _CATEGORIES:
            lowest[category].append(_score(of_kind[0], category))
    timed = {kind: _median(reports[kind]) for kind in TIMED if kind in reports}
    figures = [
        *(Figure(name, min(scores), _CATEGORIES[name]) for name, scores in lowest.items()),
        *(Figure(f"performance of {kind}", score, PERFORMANCE) for kind, score in timed.items()),
    ]
    findings = [each for kind, of_kind in reports.items() for each in _findings(kind, of_kind[0])]
    return Outcome(figures=tuple(figures), findings=tuple(findings))


def _median(reports: Sequence[Report]) -> float:
    return statistics.median(_score(each, "performance") for each in reports)


def _asked(page: Shown) -> Report:
    """
    Return what Lighthouse reports of a page.

    Raises:
        ProgramFailed: it could not look at the page, twice. Once happens on a busy machine:
            a trace without a beginning, of which it says itself to run it again.

    """
    try:
        return _reported(page)
    except ProgramFailed:
        return _reported(page)


def _reported(page: Shown) -> Report:
    script = installed(NPM / "lighthouse" / "cli" / "index.js")
    chromium = program("chromium", package="chromium")
    said = run_program(
        [
            program("node", package="nodejs"),
            script,
            page.url,
            "--output=json",
            "--quiet",
            f"--only-categories={','.join([*_CATEGORIES, 'performance'])}",
            *(["--skip-audits=is-crawlable"] if page.kind in UNINDEXED else []),
            f"--chrome-flags={_FLAGS}",
        ],
        CHROME_PATH=str(chromium),
    )
    try:
        report: Report = json.loads(said.stdout)
    except ValueError as error:
        message = f"lighthouse ended ({said.returncode}): {said.stderr[-1500:]}"
        raise ProgramFailed(message) from error
    if report.get("runtimeError"):
        message = f"lighthouse of {page.url}: {report['runtimeError']['message']}"
        raise ProgramFailed(message)
    return report


def _score(report: Report, category: str) -> float:
    """Return a category's score; 0 if Lighthouse could not say."""
    return round(100 * (report["categories"][category]["score"] or 0))


def _findings(kind: str, report: Report) -> Iterator[Finding]:
    """Return each audit that takes something from a score; those of performance are only told."""
    for category, told in report["categories"].items():
        for ref in told["auditRefs"]:
            audit = report["audits"][ref["id"]]
            score = audit["score"]
            if ref["weight"] and score is not None and score < 1:
                detail = f"{audit.get('displayValue', '')} {_items(audit)}".strip()
                says = f"{category}: {audit['title']} ({ref['id']})"
                yield Finding(kind, says, category in _CATEGORIES, detail)


def _items(audit: Mapping[str, Any]) -> str:
    items = audit.get("details", {}).get("items", [])
    return json.dumps(items[:2], ensure_ascii=False)[:300] if items else ""
