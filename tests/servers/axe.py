"""
Asks axe-core what keeps people from using a page: WCAG 2.2, levels A and AA.

axe runs in the page itself, as the browser shows it just now: what is folded away, and what
another color scheme shows, it does not see.
"""

import json
from pathlib import Path

from playwright.sync_api import Page

from tests.servers.processes import ServerMissing

_AXE = Path(__file__).parents[2] / "build" / "npm" / "node_modules" / "axe-core" / "axe.min.js"
_LEVELS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
_ASK = """options => axe.run(document, options).then(found => found.violations.flatMap(
  rule => rule.nodes.map(node => `${rule.id}: ${node.target.join(" ")}: ${
    node.failureSummary.replace(/\\s+/g, " ")}`)))"""


def violations(page: Page, *, without: tuple[str, ...] = ()) -> list[str]:
    """
    Return what axe finds wrong, a line for each place; without names rules that are not asked.

    Raises:
        ServerMissing: axe-core is not installed.

    """
    if not _AXE.exists():
        message = "axe-core is not installed; run scripts/install-test-servers"
        raise ServerMissing(message)
    page.evaluate(_AXE.read_text("utf-8") + "; undefined")
    options = {
        "runOnly": {"type": "tag", "values": _LEVELS},
        "rules": {rule: {"enabled": False} for rule in without},
        "resultTypes": ["violations"],
    }
    found = page.evaluate(f"options => ({_ASK})(JSON.parse(options))", json.dumps(options))
    return [str(line) for line in found]
