"""
Asks axe-core what keeps people from using a page: WCAG 2.2, levels A and AA.

axe runs in the page itself, as the browser shows it just now: what is folded away, and what
another color scheme shows, it does not see.
"""

import json
from pathlib import Path

from playwright.sync_api import Page

from tests.servers.browser import Screen, Tab
from tests.servers.processes import ServerMissing

SCREENS = (Screen(390, 844), Screen(1280, 900), Screen(1280, 900, is_dark=True))
TABLET = Screen(820, 1180)

_AXE = Path(__file__).parents[2] / "build" / "npm" / "node_modules" / "axe-core" / "axe.min.js"
_LEVELS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
_SETTLED_MS = 150  # colors fade into those of another scheme
# What lies in a box that scrolls by itself can be reached; the page itself does not scroll
# sideways. Wagtail's map of a form, its header and its bar of acts wait beside the page.
# The desk scrolls smoothly, so that what a block just added set going would still be on its way.
_TO_THE_TOP = """for (const box of document.querySelectorAll("html, main, main *"))
  box.scrollTo({ top: 0, behavior: "instant" })"""
_TOO_WIDE = """(() => {
  const BESIDE = ".w-minimap, .w-slim-header, .form-side, .footer, footer";
  const room = document.documentElement.clientWidth;
  const scrolls = (each) => ["auto", "scroll"].includes(getComputedStyle(each).overflowX);
  const isReached = (each) => {
    for (let box = each.parentElement; box && !box.matches("main, body"); box = box.parentElement)
      if (scrolls(box) || getComputedStyle(box).clipPath !== "none") return true;
    return false;
  };
  return [...document.querySelectorAll("main *")]
    .filter((each) => {
      const place = each.getBoundingClientRect();
      const isOut = place.width > 1 && place.right > room + 1 && each.checkVisibility();
      return isOut && !each.closest(BESIDE) && !isReached(each);
    })
    .slice(0, 5)
    .map((each) => `wider than the screen: ${each.tagName}.${each.getAttribute("class")}`);
})()"""
# A message that still fades in has not yet the colors it will be read in.
_STANDS_STILL = """Promise.race([
  new Promise(resolve => setTimeout(resolve, 3000)),
  Promise.all(document.getAnimations().map(each => each.finished.catch(() => null))),
]).then(() => true)"""
_ASK = """options => axe.run(document, options).then(found => found.violations.flatMap(
  rule => rule.nodes.map(node => `${rule.id}: ${node.target.join(" ")}: ${
    node.failureSummary.replace(/\\s+/g, " ")}`)))"""


def on_every_screen(tab: Tab) -> list[str]:
    """
    Return what keeps people from using the page that is open: on a phone, a desk, in the dark.

    A tablet differs only in how much fits beside the menu.
    """
    found = set()
    for screen in (*SCREENS, TABLET):
        tab.put_on(screen)
        tab.page.wait_for_timeout(_SETTLED_MS)
        tab.run(_TO_THE_TOP)
        found.update(f"{screen.width}: {line}" for line in tab.run(_TOO_WIDE))
        if screen is not TABLET:
            found.update(violations(tab.page))
    return sorted(found)


def violations(page: Page) -> list[str]:
    """
    Return what axe finds wrong, a line for each place.

    Raises:
        ServerMissing: axe-core is not installed.

    """
    if not _AXE.exists():
        message = "axe-core is not installed; run scripts/install-test-servers"
        raise ServerMissing(message)
    page.evaluate(_AXE.read_text("utf-8") + "; undefined")
    page.evaluate(_STANDS_STILL)
    options = {
        "runOnly": {"type": "tag", "values": _LEVELS},
        "resultTypes": ["violations"],
    }
    found = page.evaluate(f"options => ({_ASK})(JSON.parse(options))", json.dumps(options))
    return [str(line) for line in found]
