"""What a page weighs, asks for and moves, as Chromium meets it without a cache."""

import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from playwright.sync_api import Response

from audit.outcomes import Figure, Finding, Outcome
from audit.site import Shown, Site
from bench.measuring import Bar
from tests.servers.browser import Browser, Screen, Tab, chromium

STORY_BYTES = Bar(100_000, is_least=False, unit=" B")  # HTML, CSS and JS, before gzip
SCREENS = (Screen(390, 844), Screen(1280, 900))
KINDS = ("home", "story", "story-with-pictures", "story-rtl", "story-live", "story-gallery")
STORIES = KINDS[1:]
_WEIGHED = ("document", "stylesheet", "script")
_STOOD_STILL_MS = 500
# Web vitals count a shift unless a person's act came just before it; nobody acts here.
_WATCH_SHIFTS = """(() => {
  window.shifted = 0;
  new PerformanceObserver(list => {
    for (const entry of list.getEntries()) window.shifted += entry.value;
  }).observe({ type: "layout-shift", buffered: true });
})()"""
_TO_THE_END = """async () => {
  for (let top = 0; top < document.documentElement.scrollHeight; top += innerHeight) {
    scrollTo(0, top);
    await new Promise(seen => requestAnimationFrame(() => setTimeout(seen, 60)));
  }
}"""


class Met(NamedTuple):
    """What one visit of a page on one screen was like."""

    kind: str
    screen: Screen
    text_bytes: int
    requests: int
    foreign: tuple[str, ...]  # addresses that were asked of others
    shifted: float


def run(site: Site) -> Outcome:
    """Return the heaviest story, the most requests, the largest shift, and who else was asked."""
    with tempfile.TemporaryDirectory() as folder, chromium(Path(folder)) as browser:
        pages = site.of_kind(*KINDS)
        met = [visit(browser, page, screen, site.url) for page in pages for screen in SCREENS]
    return judged(met)


def judged(met: Sequence[Met]) -> Outcome:
    """Return the figures of some visits, the worst of each."""
    stories = [each for each in met if each.kind in STORIES]
    return Outcome(
        figures=(
            Figure(
                "HTML, CSS, JS of a story", max(each.text_bytes for each in stories), STORY_BYTES
            ),
            Figure("requests of a story", max(each.requests for each in stories), None),
            Figure("layout shift", max(each.shifted for each in met)),
            Figure("requests to others", sum(len(each.foreign) for each in met)),
        ),
        findings=tuple(_findings(met)),
    )


def visit(browser: Browser, page: Shown, screen: Screen, site_url: str) -> Met:
    """Return what a first visit is like, read to the end."""
    person = browser.person()
    try:
        tab = Tab(person.new_page())
        answers: list[Response] = []
        asked: list[str] = []
        tab.page.on("response", lambda answer: answers.append(answer))  # noqa: PLW0108  # it marks what it is given
        tab.page.on("request", lambda request: asked.append(request.url))
        tab.page.add_init_script(_WATCH_SHIFTS)
        tab.put_on(screen)
        tab.go(page.url)
        tab.page.wait_for_timeout(_STOOD_STILL_MS)  # what is out of sight shifts nothing
        tab.page.evaluate(_TO_THE_END)
        tab.page.wait_for_timeout(_STOOD_STILL_MS)
        weighed = [each for each in answers if each.request.resource_type in _WEIGHED]
        return Met(
            page.kind,
            screen,
            sum(len(each.body()) for each in weighed),
            len(asked),
            tuple(url for url in asked if not url.startswith((f"{site_url}/", "data:"))),
            float(tab.run("window.shifted")),
        )
    finally:
        person.close()


def _findings(met: Sequence[Met]) -> Iterator[Finding]:
    for each in met:
        where = f"{each.kind} at {each.screen.width}"
        is_heavy = each.kind in STORIES and not STORY_BYTES.is_met(each.text_bytes)
        yield Finding(where, f"{each.text_bytes:,} B in {each.requests} requests", is_heavy)
        if each.shifted:
            yield Finding(where, f"the layout shifts by {each.shifted:.4f}")
        for url in each.foreign:
            yield Finding(where, f"asks {url}")
