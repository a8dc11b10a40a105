"""
linkinator follows every link on the site; those that lead elsewhere are not asked.

Source: https://github.com/JustinBeckwith/linkinator, read 2026-11-28.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from audit.outcomes import Figure, Finding, Outcome
from audit.programs import ask_node
from audit.site import Site

_DESK = "/desk/"


def run(site: Site) -> Outcome:
    """Return the links that lead nowhere, and how many were followed."""
    question = {"url": f"{site.url}/", "skip": [f"^(?!{site.url}/)", f"^{site.url}{_DESK}"]}
    links: Sequence[Mapping[str, Any]] = ask_node("follow_links.mjs", question)
    broken = tuple(_broken(links))
    followed = sum(each["state"] == "OK" for each in links)
    return Outcome(
        figures=(Figure("broken links", len(broken)), Figure("links followed", followed, None)),
        findings=broken,
    )


def _broken(links: Sequence[Mapping[str, Any]]) -> Iterator[Finding]:
    for each in links:
        if each["state"] == "BROKEN":
            yield Finding(str(each.get("parent", "")), f"{each['url']} answers {each['status']}")
