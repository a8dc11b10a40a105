"""
linkinator follows every link on the site; those that lead elsewhere are not asked.

The note of a retraction leads to the story's tombstone, whose 410 is an answer, not a fault.

Source: https://github.com/JustinBeckwith/linkinator, read 2026-11-28.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

import httpx

from audit.outcomes import Figure, Finding, Outcome
from audit.programs import ask_node
from audit.site import Site

_DESK = "/desk/"


def run(site: Site) -> Outcome:
    """Return the links that lead nowhere, and how many were followed."""
    question = {"url": f"{site.url}/", "skip": [f"^(?!{site.url}/)", f"^{site.url}{_DESK}"]}
    links: Sequence[Mapping[str, Any]] = ask_node("follow_links.mjs", question)
    retracted = {
        f"{site.url}{each['address']}"
        for each in site.rows["stories"]
        if each["state"] == "retracted"
    }
    found = tuple(_broken(links, tombstones=retracted))
    followed = sum(each["state"] == "OK" for each in links)
    return Outcome(
        figures=(
            Figure("broken links", sum(each.is_fault for each in found)),
            Figure("links followed", followed, None),
        ),
        findings=found,
    )


def _broken(
    links: Sequence[Mapping[str, Any]], *, tombstones: Collection[str]
) -> Iterator[Finding]:
    for each in links:
        if each["state"] == "BROKEN":
            is_tombstone = each["status"] == httpx.codes.GONE and each["url"] in tombstones
            says = f"{each['url']} answers {each['status']}"
            yield Finding(str(each.get("parent", "")), says, not is_tombstone)
