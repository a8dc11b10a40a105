"""axe-core looks at every kind of page, at phone and desktop width, light and dark."""

import tempfile
from collections.abc import Iterator
from pathlib import Path

from audit.outcomes import Finding, Outcome, counted
from audit.site import Site
from tests.servers.axe import violations
from tests.servers.browser import Screen, chromium

SCREENS = tuple(
    Screen(width, height, is_dark=is_dark)
    for width, height in ((390, 844), (1280, 900))
    for is_dark in (False, True)
)


def run(site: Site) -> Outcome:
    """Return the violations of WCAG 2.2 A and AA and of best practice."""
    with tempfile.TemporaryDirectory() as folder:
        return counted("violations", _found(site, Path(folder)))


def _found(site: Site, folder: Path) -> Iterator[Finding]:
    with chromium(folder) as browser:
        tab = browser.tab()
        for page in site.pages:
            for screen in SCREENS:
                tab.put_on(screen)
                tab.go(page.url)  # on its screen from the first: no color is on its way
                for line in violations(tab.page):
                    yield Finding(f"{page.kind} {_named(screen)}", line)


def _named(screen: Screen) -> str:
    return f"{screen.width} {'dark' if screen.is_dark else 'light'}"
