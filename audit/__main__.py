"""
Runs the audit: python -m audit [SUITE ...], all suites, in their order, without a name.

Starts the demo newspaper, or looks at one that runs (audit.site), finds a page of every
kind (audit.page_kinds), and asks other people's programs what they say of it. What each
suite found is kept in build/audit as JSON at once; the table of all figures comes last.
A bar that is missed, or a suite that could not run, makes the exit status 1.
"""

import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from typing import NamedTuple

import httpx
from playwright.sync_api import Error as PlaywrightError

from audit.outcomes import Outcome, findings_in_lines, kept, table
from audit.programs import ProgramFailed
from audit.site import Site, a_site
from audit.suites import (
    axe,
    cards,
    feeds,
    http,
    lighthouse,
    links,
    pages,
    readers,
    structured_data,
    vnu,
    weight,
)
from bench.measuring import machine, say
from tests.servers.browser import BrowserSaidNo
from tests.servers.processes import ServerMissing

# What keeps one suite from running, and must not keep the others.
CANNOT_RUN = (
    ServerMissing,
    ProgramFailed,
    subprocess.TimeoutExpired,
    httpx.HTTPError,
    PlaywrightError,
    BrowserSaidNo,
)


class Suite(NamedTuple):
    """One suite, and what it is about."""

    run: Callable[[Site], Outcome]
    what: str


SUITES: Mapping[str, Suite] = {
    "pages": Suite(pages.run, "a page of every kind"),
    "vnu": Suite(vnu.run, "HTML and CSS by the Nu Html Checker"),
    "structured-data": Suite(structured_data.run, "JSON-LD by extruct and Adobe's validator"),
    "feeds": Suite(feeds.run, "feeds by feedparser and schemas, sitemaps by XSDs"),
    "cards": Suite(cards.run, "what a link shows elsewhere, by two readers of cards"),
    "http": Suite(http.run, "how things are served, by REDbot and shcheck"),
    "readers": Suite(readers.run, "stories as other people's readers take them in"),
    "weight": Suite(weight.run, "bytes, requests and layout shift in Chromium"),
    "links": Suite(links.run, "links that lead nowhere, by linkinator"),
    "axe": Suite(axe.run, "what keeps people out, by axe-core"),
    "lighthouse": Suite(lighthouse.run, "Lighthouse, as a phone on a slow line"),
}


def main() -> None:
    """
    Run the suites asked for.

    Raises:
        SystemExit: 1 if a bar is missed; a message if there is no suite of that name.

    """
    wanted = [name for word in sys.argv[1:] for name in word.split(",")] or list(SUITES)
    unknown = [name for name in wanted if name not in SUITES]
    if unknown:
        message = f"there is no suite {unknown[0]!r}; there are {', '.join(SUITES)}"
        raise SystemExit(message)
    with a_site() as site:
        say(f"{site.url} ({machine()})")
        outcomes = {name: _run(name, site) for name in wanted}
    say()
    for line in table(outcomes):
        say(line)
    if not all(outcome.has_passed for outcome in outcomes.values()):
        raise SystemExit(1)


def _run(name: str, site: Site) -> Outcome:
    say(f"\n{name}: {SUITES[name].what}")
    began = time.monotonic()
    try:
        outcome = SUITES[name].run(site)
    except CANNOT_RUN as error:
        outcome = Outcome(not_run=f"{type(error).__name__}: {error}")
    took_s = time.monotonic() - began
    file = kept(name, outcome, took_s=took_s, folder=site.kept)
    for line in findings_in_lines(outcome):
        say(f"  {line}")
    say(f"  took {took_s:.0f} s; kept in {file.name}")
    return outcome


if __name__ == "__main__":
    main()
